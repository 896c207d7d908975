namespace FinML.Statistics;

/// <summary>
/// A Sharpe ratio with what is needed to judge it: (mean - riskless rate) / standard deviation per period, its standard
/// errors, and the moments they come from.
/// </summary>
public sealed record SharpeRatio
{
    /// <summary>The ratio per period: the form that every inference in this folder takes.</summary>
    public required double PerPeriod { get; init; }

    /// <summary>
    /// Per period times sqrt(periods per year). Right for serially uncorrelated returns: see <see cref="LjungBox"/>,
    /// and <see cref="LoAnnualisation"/> for the others.
    /// </summary>
    public double Annualised => PerPeriod * Math.Sqrt(PeriodsPerYear);

    /// <summary>
    /// Standard error per period by Mertens (2002), which allows for skewness and fat tails:
    /// <see cref="SharpeStandardError.Mertens"/>.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>
    /// Standard error per period by Lo (2002) for normal returns: <see cref="SharpeStandardError.LoNormal"/>.
    /// </summary>
    public required double StandardErrorNormal { get; init; }

    /// <summary>Number of returns.</summary>
    public required int Count { get; init; }

    /// <summary>Periods in a year.</summary>
    public required double PeriodsPerYear { get; init; }

    /// <summary>Skewness of the returns (moment ratio, divisor n).</summary>
    public required double Skewness { get; init; }

    /// <summary>Kurtosis of the returns (moment ratio, 3 for normal).</summary>
    public required RawKurtosis Kurtosis { get; init; }

    /// <summary>The riskless rate per period that was subtracted.</summary>
    public required double RiskFreePerPeriod { get; init; }

    /// <summary>The divisor of the variance was n - ddof.</summary>
    public required int Ddof { get; init; }

    /// <summary>
    /// Test that the first min(10, n / 5) autocorrelations are zero. A small p-value says that <see cref="Annualised"/>
    /// and both standard errors rest on an assumption that the data do not support.
    /// </summary>
    public required LjungBox LjungBox { get; init; }

    /// <summary>Sharpe ratio of <paramref name="series"/>, which has ten or more returns that vary.</summary>
    /// <exception cref="ArgumentException">Fewer than ten returns, or constant ones.</exception>
    public static SharpeRatio Of(ReturnSeries series, SharpeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new SharpeOptions();
        options.Validate();
        series.RequireCount(10, "A Sharpe ratio");
        Guard.NotConstant(series.Values, nameof(series));

        Moments moments = Moments.Of(series.Values);
        double ratio = (moments.Mean - options.RiskFreePerPeriod) / moments.StandardDeviation(options.Ddof);
        return new SharpeRatio
        {
            PerPeriod = ratio,
            StandardError = SharpeStandardError.Mertens(ratio, moments.Count, moments.Skewness, moments.Kurtosis),
            StandardErrorNormal = SharpeStandardError.LoNormal(ratio, moments.Count),
            Count = moments.Count,
            PeriodsPerYear = series.PeriodsPerYear,
            Skewness = moments.Skewness,
            Kurtosis = moments.Kurtosis,
            RiskFreePerPeriod = options.RiskFreePerPeriod,
            Ddof = options.Ddof,
            LjungBox = LjungBox.Test(series.Values, Math.Min(10, series.Count / 5)),
        };
    }
}
