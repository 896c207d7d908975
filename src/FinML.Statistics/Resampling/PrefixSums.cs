namespace FinML.Statistics;

/// <summary>
/// Running sums of the centred values and of their squares over the series laid twice end to end: the sums over a block
/// that wraps are two differences, whatever its length. Centring first keeps the digits that the differences need.
/// </summary>
internal sealed class PrefixSums
{
    private readonly double[] _sums; // (2 n + 1, [sum, sum of squares])

    internal PrefixSums(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        Count = values.Length;
        Centre = moments.Mean;
        Variance = moments.Variance(0);
        _sums = new double[2 * (2 * Count + 1)];
        double sum = 0, squares = 0;
        for (int i = 0; i < 2 * Count; i++)
        {
            double d = values[i < Count ? i : i - Count] - Centre;
            sum += d;
            squares += d * d;
            _sums[2 * i + 2] = sum;
            _sums[2 * i + 3] = squares;
        }
    }

    internal int Count { get; }

    internal double Centre { get; }

    /// <summary>Of the data, divisor n.</summary>
    internal double Variance { get; }

    /// <summary>The two sums over a resample.</summary>
    internal (double Sum, double SumSquares) Over(BootstrapWorkspace workspace)
    {
        double sum = 0, squares = 0;
        double[] sums = _sums;
        for (int block = 0; block < workspace.Blocks; block++)
        {
            int start = 2 * workspace.Starts[block];
            int end = start + 2 * workspace.Lengths[block];
            sum += sums[end] - sums[start];
            squares += sums[end + 1] - sums[start + 1];
        }

        return (sum, squares);
    }
}
