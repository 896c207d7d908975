namespace FinML.Torch;

/// <summary>Initial weights from a generator of the caller's.</summary>
public static class SeededInit
{
    /// <summary>A (semi-)orthogonal matrix times <paramref name="gain"/> (Saxe, McClelland, Ganguli, 2014).</summary>
    /// <param name="tensor">At least two-dimensional; the sizes after the first count as columns.</param>
    /// <param name="gain">The factor on every singular value.</param>
    /// <param name="generator">Where the normal numbers behind it come from.</param>
    public static torch.Tensor orthogonal_(torch.Tensor tensor, double gain, torch.Generator generator) =>
        torch.nn.init.orthogonal_(tensor, gain, generator);
}
