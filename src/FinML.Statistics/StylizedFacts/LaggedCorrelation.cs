namespace FinML.Statistics;

/// <summary>
/// Correlations of one series with another at several lags, corr(x_t, y_{t+k}) = (1/n) sum_t (x_t - mean x)(y_{t+k} -
/// mean y) / (s_x s_y), as R's ccf has them (deviations from the means of all values, divisor n), with intervals that
/// hold under dependence of any weak kind. With y = x it is the autocorrelation; with x the return and y its square it
/// is the leverage function of J.-P. Bouchaud, A. Matacz and M. Potters (2001).
/// </summary>
public sealed class LaggedCorrelation
{
    private readonly WindowMeans _means;
    private readonly int[] _lags;

    private LaggedCorrelation(WindowMeans means, int[] lags, int count)
    {
        (_means, _lags, Count) = (means, lags, count);
        Values = Correlations([.. means.Means]);
    }

    /// <summary>k; above 0 where the second series comes later.</summary>
    public IReadOnlyList<int> Lags => _lags;

    /// <summary>The correlation at each lag.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>The correlations of x with y, k steps later.</summary>
    /// <param name="x">Finite, not constant.</param>
    /// <param name="y">As many, aligned.</param>
    /// <param name="lags">One or more, each above -n and below n; below 0 where y comes earlier.</param>
    /// <param name="scheme">Blocks, long beside the dependence.</param>
    /// <param name="options">Number of replicates, level and seed.</param>
    public static LaggedCorrelation Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, IEnumerable<int> lags,
        BlockBootstrap scheme, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(lags);
        Guard.Series(x, 3, nameof(x));
        Guard.Series(y, 3, nameof(y));
        Guard.SameLength(x, y, nameof(x), nameof(y));
        Guard.NotConstant(x, nameof(x));
        Guard.NotConstant(y, nameof(y));
        int[] at = [.. lags];
        if (at.Length == 0)
            throw new ArgumentException("There are 0 lags; at least 1 is needed.", nameof(lags));
        foreach (int lag in at)
            Guard.InRange(lag, 1 - x.Length, x.Length - 1, nameof(lags));

        double[] dx = Standardised(x), dy = Standardised(y);
        var columns = new List<double[]>
            { dx, dy, Array.ConvertAll(dx, d => d * d), Array.ConvertAll(dy, d => d * d) };
        columns.AddRange(at.Select(lag => Products(dx, dy, lag)));
        return new LaggedCorrelation(WindowMeans.Of(columns, scheme, options), at, x.Length);
    }

    /// <summary>The autocorrelations of a series.</summary>
    /// <param name="values">Finite, not constant.</param>
    /// <param name="lags">One or more, each above -n and below n.</param>
    /// <param name="scheme">Blocks, long beside the dependence.</param>
    /// <param name="options">Number of replicates, level and seed.</param>
    public static LaggedCorrelation Auto(ReadOnlySpan<double> values, IEnumerable<int> lags, BlockBootstrap scheme,
        BootstrapOptions? options = null) => Of(values, values, lags, scheme, options);

    /// <summary>The interval of the correlation at a lag that was asked for.</summary>
    public BootstrapInterval At(int lag)
    {
        int index = Array.IndexOf(_lags, lag);
        if (index < 0)
            throw new ArgumentException(
                $"The lag {lag} is not among the {_lags.Length} computed, {_lags.Min()} to {_lags.Max()}.",
                nameof(lag));
        return _means.Interval($"correlation at lag {lag}", means => Correlation(means, index));
    }

    /// <summary>The intervals at all lags, each for itself.</summary>
    public BootstrapInterval[] Intervals() => [.. _lags.Select(At)];

    /// <summary>The interval of a function of the correlations, such as their mean or the exponent of their
    /// decay.</summary>
    /// <param name="name">What the result is labelled with.</param>
    /// <param name="function">Of the correlations, in the order of the lags.</param>
    public BootstrapInterval Interval(string name, SeriesFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return _means.Interval(name, means => function(Correlations(means)));
    }

    private double[] Correlations(ReadOnlySpan<double> means)
    {
        var values = new double[_lags.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Correlation(means, i);
        return values;
    }

    private static double Correlation(ReadOnlySpan<double> means, int index) =>
        (means[4 + index] - means[0] * means[1])
        / Math.Sqrt((means[2] - means[0] * means[0]) * (means[3] - means[1] * means[1]));

    /// <summary>Deviations from the mean in units of the standard deviation, which keeps sums of squares of small
    /// numbers exact.</summary>
    private static double[] Standardised(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        double scale = 1 / moments.StandardDeviation(0);
        return Array.ConvertAll(values.ToArray(), value => (value - moments.Mean) * scale);
    }

    /// <summary>x_t y_{t+k}; 0 where t + k is outside, as the divisor n asks for.</summary>
    private static double[] Products(double[] x, double[] y, int lag)
    {
        var products = new double[x.Length];
        for (int t = Math.Max(0, -lag); t < Math.Min(x.Length, x.Length - lag); t++)
            products[t] = x[t] * y[t + lag];
        return products;
    }
}
