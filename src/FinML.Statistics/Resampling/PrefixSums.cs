using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        // Both sums of a row side by side in one vector.
        ReadOnlySpan<Vector128<double>> sums = MemoryMarshal.Cast<double, Vector128<double>>(_sums);
        ReadOnlySpan<int> starts = workspace.Starts.AsSpan(0, workspace.Blocks);
        ReadOnlySpan<int> lengths = workspace.Lengths.AsSpan(0, workspace.Blocks);
        Vector128<double> total = Vector128<double>.Zero;
        for (int block = 0; block < starts.Length; block++)
            total += sums[starts[block] + lengths[block]] - sums[starts[block]];
        return (total[0], total[1]);
    }
}
