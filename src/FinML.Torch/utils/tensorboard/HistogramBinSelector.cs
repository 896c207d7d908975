namespace FinML.Torch.Utils.tensorboard.Enums;

/// <summary>How a histogram's buckets are chosen. All but the last make buckets of equal width between the smallest and
/// the largest value; n is the number of values, s their standard deviation.</summary>
public enum HistogramBinSelector : byte
{
    /// <summary>1 + log2 n + log2(1 + |skewness| / its standard error) buckets (Doane 1976).</summary>
    Doane = 0,

    /// <summary>2 n^(1/3) buckets.</summary>
    Rice,

    /// <summary>Width (24 sqrt(pi) / n)^(1/3) s (Scott 1979).</summary>
    Scott,

    /// <summary>sqrt(n) buckets.</summary>
    Sqrt,

    /// <summary>The number of buckets with the least cross-validated squared error (Stone 1984).</summary>
    Stone,

    /// <summary>1 + log2 n buckets (Sturges 1926).</summary>
    Sturges,

    /// <summary>TensorBoard's own: from 1e-12 to 1e20 in steps of a tenth, the same below zero.</summary>
    Tensorflow,
}
