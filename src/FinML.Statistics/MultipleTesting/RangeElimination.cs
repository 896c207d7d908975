using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// The elimination by T_R: t_ij = (loss_i - loss_j) / se_ij, se_ij from the resamples. The model with the largest t_ij
/// against some other goes; the test of a set holds max_ij |t_ij| to its bootstrap distribution.
/// </summary>
internal static class RangeElimination
{
    private const int ChunkSize = 128; // replicates: those of a thousand models stay in the cache

    /// <summary>The models in the order of their elimination, with the p-value of the test before each.</summary>
    internal static (int[] Order, double[] PValues) Run(double[] losses, BootstrapMeans performance)
    {
        int k = losses.Length;
        double[,] scale = ReplicateProducts.Matrix(performance.Centred, differences: true, performance.MaxThreads);
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
                scale[i, j] = scale[i, j] > 0 ? 1 / Math.Sqrt(scale[i, j]) : 0; // two models that are one: no test
        }

        (int[] order, double[] statistics) = Order(losses, scale);
        int[] extreme = Count(order, statistics, scale, performance);
        return (order, [.. extreme.Select(e => (e + 1.0) / (performance.Replicates + 1.0))]);
    }

    /// <summary>The order, and the statistic of the set before each elimination (0 for the last model).</summary>
    private static (int[] Order, double[] Statistics) Order(double[] losses, double[,] scale)
    {
        int k = losses.Length;
        var left = new List<int>(Enumerable.Range(0, k));
        var worst = new int[k]; // by model: the opponent against which it looks worst
        foreach (int i in left)
            worst[i] = Opponent(i);
        var order = new int[k];
        var statistics = new double[k];
        for (int step = 0; step < k - 1; step++)
        {
            int goes = left[0];
            foreach (int i in left)
            {
                if (T(i, worst[i]) > T(goes, worst[goes]))
                    goes = i;
            }

            order[step] = goes;
            statistics[step] = T(goes, worst[goes]);
            left.Remove(goes);
            foreach (int i in left)
            {
                if (worst[i] == goes)
                    worst[i] = Opponent(i);
            }
        }

        order[k - 1] = left[0];
        return (order, statistics);

        double T(int i, int j) => (losses[i] - losses[j]) * scale[i, j];

        int Opponent(int i)
        {
            int found = -1;
            foreach (int j in left)
            {
                if (j != i && (found < 0 || T(i, j) > T(i, found)))
                    found = j;
            }

            return found < 0 ? i : found;
        }
    }

    /// <summary>By step: in how many replicates the maximum over the set reaches the statistic.</summary>
    private static int[] Count(int[] order, double[] statistics, double[,] scale, BootstrapMeans performance)
    {
        int k = order.Length, replicates = performance.Replicates;
        var extreme = new int[k];
        extreme[k - 1] = replicates; // the last model is never eliminated: p = 1
        int chunks = (replicates + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, BootstrapMeans.Threads(performance.MaxThreads), chunk =>
        {
            int first = chunk * ChunkSize, length = Math.Min(ChunkSize, replicates - first);
            Span<double> maxima = stackalloc double[ChunkSize];
            maxima.Clear();
            for (int step = k - 2; step >= 0; step--)
            {
                ReadOnlySpan<double> own = performance.Centred[order[step]].AsSpan(first, length);
                for (int later = step + 1; later < k; later++)
                {
                    Raise(
                        maxima[..length], own, performance.Centred[order[later]].AsSpan(first, length),
                        scale[order[step], order[later]]);
                }

                int count = 0;
                foreach (double maximum in maxima[..length])
                    count += maximum >= statistics[step] ? 1 : 0;
                Interlocked.Add(ref extreme[step], count);
            }
        });
        return extreme;
    }

    /// <summary>maxima = max(maxima, |a - b| scale).</summary>
    private static void Raise(Span<double> maxima, ReadOnlySpan<double> a, ReadOnlySpan<double> b, double scale)
    {
        int width = Vector512<double>.Count, i = 0;
        Vector512<double> scales = Vector512.Create(scale);
        for (; i + width <= maxima.Length; i += width)
        {
            Vector512<double> t = Vector512.Abs(Vector512.Create(a[i..]) - Vector512.Create(b[i..])) * scales;
            Vector512.Max(Vector512.Create<double>(maxima[i..]), t).CopyTo(maxima[i..]);
        }

        for (; i < maxima.Length; i++)
            maxima[i] = Math.Max(maxima[i], Math.Abs(a[i] - b[i]) * scale);
    }
}
