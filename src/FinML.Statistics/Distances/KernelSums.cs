namespace FinML.Statistics;

/// <summary>
/// Sums of the Gaussian kernel over the distinct pairs of every two blocks. The discrepancy of any split of the blocks
/// needs the sum within one side alone; the others follow from it and the row sums.
/// </summary>
internal sealed class KernelSums
{
    private readonly double[] _sums;  // (units, units), symmetric
    private readonly double[] _rows;  // (units)
    private readonly int[] _sizes;    // (units)
    private readonly double _total;
    private readonly int _count;

    private KernelSums(double[] sums, int[] sizes)
    {
        Units = sizes.Length;
        _sums = sums;
        _sizes = sizes;
        _rows = new double[Units];
        for (int a = 0; a < Units; a++)
        {
            for (int b = 0; b < Units; b++)
                _rows[a] += sums[a * Units + b];
            _total += _rows[a];
            _count += sizes[a];
        }
    }

    internal int Units { get; }

    /// <param name="points">Of both samples.</param>
    /// <param name="starts">(units + 1): where each block begins, and the end.</param>
    /// <param name="bandwidth">h.</param>
    /// <param name="maxThreads">0 for one per processor.</param>
    internal static KernelSums Of(PointSet points, int[] starts, double bandwidth, int maxThreads)
    {
        int units = starts.Length - 1;
        var sums = new double[units * units];
        double factor = -0.5 / (bandwidth * bandwidth);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = maxThreads == 0 ? -1 : maxThreads };
        Parallel.For(0, units, parallel, a =>
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0;
                for (int i = starts[a]; i < starts[a + 1]; i++)
                {
                    for (int j = starts[b]; j < starts[b + 1]; j++)
                    {
                        if (i != j)
                            sum += Math.Exp(factor * PointSet.SquaredDistance(points[i], points[j]));
                    }
                }

                sums[a * units + b] = sums[b * units + a] = sum;
            }
        });
        return new KernelSums(sums, [.. Enumerable.Range(0, units).Select(a => starts[a + 1] - starts[a])]);
    }

    /// <summary>Squared, of the blocks in <paramref name="first"/> against all the others.</summary>
    internal double Discrepancy(ReadOnlySpan<int> first, bool biased)
    {
        double pairs = 0, diagonal = 0, rows = 0, m = 0;
        for (int k = 0; k < first.Length; k++)
        {
            int a = first[k];
            m += _sizes[a];
            rows += _rows[a];
            diagonal += _sums[a * Units + a];
            ReadOnlySpan<double> row = _sums.AsSpan(a * Units, Units);
            for (int l = 0; l < k; l++)
                pairs += row[first[l]];
        }

        double within = 2 * pairs + diagonal, between = rows - within, other = _total - rows - between;
        double n = _count - m;
        return biased
            ? (within + m) / (m * m) + (other + n) / (n * n) - 2 * between / (m * n) // k(x, x) = 1
            : within / (m * (m - 1)) + other / (n * (n - 1)) - 2 * between / (m * n);
    }
}
