using FinML.Torch.Kernels;

namespace FinML.Torch;

public static partial class torch
{
    /// <summary>Threads that share a large kernel. At first: the environment's FINML_THREADS, else OMP_NUM_THREADS,
    /// else one for each physical core.</summary>
    public static int get_num_threads() => Threads.Count;

    /// <summary>Sets how many threads share a large kernel, for the whole process. The results have the same bits for
    /// any number.</summary>
    /// <param name="num">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public static void set_num_threads(int num)
    {
        if (num < 1)
            throw new ArgumentOutOfRangeException(nameof(num), num, $"set_num_threads: at least 1, got {num}.");
        Threads.Count = num;
    }
}
