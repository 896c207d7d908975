namespace FinML.Statistics;

/// <summary>Market model r = alpha + beta * benchmark + e by least squares, on the returns as they are given.</summary>
public sealed record BenchmarkRegression
{
    /// <summary>Intercept per period, as a fraction.</summary>
    public required double AlphaPerPeriod { get; init; }

    /// <summary>Intercept times periods per year.</summary>
    public required double AlphaPerYear { get; init; }

    /// <summary>Slope on the benchmark.</summary>
    public required double Beta { get; init; }

    /// <summary>Correlation with the benchmark.</summary>
    public required double Correlation { get; init; }

    /// <summary>
    /// (mean of active return) / (standard deviation of active return, ddof 1) * sqrt(periods per year); null where the
    /// active return is constant (a strategy that is its benchmark).
    /// </summary>
    public required double? InformationRatio { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Count { get; init; }

    /// <summary>
    /// Regresses <paramref name="series"/> on <paramref name="benchmark"/>; three or more aligned pairs.
    /// </summary>
    /// <exception cref="ArgumentException">Not aligned, too short, or a constant series or benchmark.</exception>
    public static BenchmarkRegression Fit(ReturnSeries series, ReturnSeries benchmark)
    {
        ArgumentNullException.ThrowIfNull(series);
        series.RequireAligned(benchmark, nameof(benchmark));
        series.RequireCount(3, "The regression on a benchmark");
        Guard.NotConstant(series.Values, nameof(series));
        Guard.NotConstant(benchmark.Values, nameof(benchmark));

        ReadOnlySpan<double> y = series.Values, x = benchmark.Values;
        double meanY = Moments.Of(y).Mean, meanX = Moments.Of(x).Mean;
        double sxx = 0, sxy = 0, syy = 0;
        var active = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            sxx += dx * dx;
            sxy += dx * dy;
            syy += dy * dy;
            active[i] = y[i] - x[i];
        }

        double beta = sxy / sxx, alpha = meanY - beta * meanX;
        Moments moments = Moments.Of(active);
        return new BenchmarkRegression
        {
            AlphaPerPeriod = alpha,
            AlphaPerYear = alpha * series.PeriodsPerYear,
            Beta = beta,
            Correlation = sxy / Math.Sqrt(sxx * syy),
            InformationRatio = moments.IsConstant
                ? null
                : moments.Mean / moments.StandardDeviation() * Math.Sqrt(series.PeriodsPerYear),
            Count = y.Length,
        };
    }
}
