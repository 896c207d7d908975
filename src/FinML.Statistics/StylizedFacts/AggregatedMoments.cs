namespace FinML.Statistics;

/// <summary>
/// Skewness and kurtosis of returns over longer and longer horizons, r_t + ... + r_{t+h-1} for every t (overlapping
/// sums): aggregational Gaussianity is the excess kurtosis going to 0. For independent returns it falls like 1 / h.
/// </summary>
public sealed class AggregatedMoments
{
    private readonly WindowMeans _means;
    private readonly int[] _horizons;

    private AggregatedMoments(WindowMeans means, int[] horizons) => (_means, _horizons) = (means, horizons);

    /// <summary>h.</summary>
    public IReadOnlyList<int> Horizons => _horizons;

    /// <summary>Computes the moments.</summary>
    /// <param name="returns">Logarithmic, so that they add up; finite, not constant.</param>
    /// <param name="horizons">One or more, each 1 or more and at most half of the number of returns.</param>
    /// <param name="scheme">Blocks, long beside the longest horizon.</param>
    /// <param name="options">Number of replicates, level and seed.</param>
    public static AggregatedMoments Of(ReadOnlySpan<double> returns, IEnumerable<int> horizons, BlockBootstrap scheme,
        BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(horizons);
        Guard.Series(returns, 4, nameof(returns));
        Guard.NotConstant(returns, nameof(returns));
        int[] spans = [.. horizons];
        if (spans.Length == 0)
            throw new ArgumentException("There are 0 horizons; at least 1 is needed.", nameof(horizons));
        foreach (int h in spans)
            Guard.InRange(h, 1, returns.Length / 2, nameof(horizons));

        int windows = returns.Length - spans.Max() + 1;
        var columns = new List<double[]>(4 * spans.Length);
        foreach (int h in spans)
        {
            double[] sums = Standardised(OverlappingSums(returns, h, windows));
            columns.AddRange([
                sums, Array.ConvertAll(sums, s => s * s), Array.ConvertAll(sums, s => s * s * s),
                Array.ConvertAll(sums, s => s * s * s * s)]);
        }

        return new AggregatedMoments(WindowMeans.Of(columns, scheme, options), spans);
    }

    /// <summary>Sums over non-overlapping spans of h values; what is left over at the end is dropped.</summary>
    public static double[] Sums(ReadOnlySpan<double> returns, int horizon)
    {
        Guard.Series(returns, 1, nameof(returns));
        Guard.InRange(horizon, 1, returns.Length, nameof(horizon));
        var sums = new double[returns.Length / horizon];
        for (int i = 0; i < sums.Length; i++)
        {
            for (int j = 0; j < horizon; j++)
                sums[i] += returns[i * horizon + j];
        }

        return sums;
    }

    /// <summary>Fourth standardised moment less 3, at each horizon.</summary>
    public BootstrapInterval[] ExcessKurtosis() => [.. _horizons.Select((h, i) =>
        _means.Interval($"excess kurtosis over {h}", means =>
        {
            double a = means[4 * i], b = means[4 * i + 1], c = means[4 * i + 2], d = means[4 * i + 3];
            double variance = b - a * a;
            return (d - 4 * a * c + 6 * a * a * b - 3 * a * a * a * a) / (variance * variance) - 3;
        }))];

    /// <summary>Third standardised moment, at each horizon.</summary>
    public BootstrapInterval[] Skewness() => [.. _horizons.Select((h, i) =>
        _means.Interval($"skewness over {h}", means =>
        {
            double a = means[4 * i], b = means[4 * i + 1], c = means[4 * i + 2];
            return (c - 3 * a * b + 2 * a * a * a) / Math.Pow(b - a * a, 1.5);
        }))];

    /// <summary>The first <paramref name="windows"/> sums of h values that follow each other.</summary>
    internal static double[] OverlappingSums(ReadOnlySpan<double> values, int horizon, int windows)
    {
        var sums = new double[windows];
        for (int t = 0; t < windows; t++)
        {
            double sum = 0;
            for (int j = 0; j < horizon; j++)
                sum += values[t + j];
            sums[t] = sum;
        }

        return sums;
    }

    private static double[] Standardised(double[] values)
    {
        Moments moments = Moments.Of(values);
        double scale = 1 / moments.StandardDeviation(0);
        return Array.ConvertAll(values, value => (value - moments.Mean) * scale);
    }
}
