namespace FinML.Statistics;

/// <summary>
/// Whether returns look like what they are said to be. A series of yearly returns that is sampled daily, of percentages
/// that are read as fractions, or of stale prices has a fine Sharpe ratio and means nothing; its scale and its first
/// autocorrelation give it away.
/// </summary>
public sealed record FrequencyDiagnosis
{
    /// <summary>Volatility a year beyond which returns are not believed: a levered single stock has less, yearly
    /// returns that are claimed to be daily have more.</summary>
    public const double HighestVolatility = 1.5;

    /// <summary>Volatility a year below which a unit is lost: cash has more.</summary>
    public const double LowestVolatility = 0.002;

    /// <summary>First autocorrelation beyond which returns overlap: sums of h periods that are reported every period
    /// have 1 - 1 / h.</summary>
    public const double HighestAutocorrelation = 0.75;

    private const double HighestRepeats = 0.1;

    /// <summary>Standard deviation times sqrt(the periods per year that were claimed).</summary>
    public required double AnnualVolatility { get; init; }

    /// <summary>First autocorrelation.</summary>
    public required double FirstAutocorrelation { get; init; }

    /// <summary>Share of returns that are the one before to the last digit, and not 0.</summary>
    public required double RepeatedShare { get; init; }

    /// <summary>What is wrong, one sentence each; empty where nothing is.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>True where nothing was found.</summary>
    public bool Plausible => Findings.Count == 0;

    /// <summary>Looks at ten or more returns that vary.</summary>
    public static FrequencyDiagnosis Of(ReturnSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        series.RequireCount(10, "The look at a frequency");
        Guard.NotConstant(series.Values, nameof(series));
        double volatility = Annualised.Volatility(series), rho = Autocorrelation.At(series.Values, 1);
        int repeats = 0;
        for (int t = 1; t < series.Count; t++)
            repeats += series.Values[t] == series.Values[t - 1] && series.Values[t] != 0 ? 1 : 0;
        double repeated = repeats / (double)(series.Count - 1);

        var findings = new List<string>();
        string scale = FormattableString.Invariant(
            $"{series.PeriodsPerYear:0.##} periods a year make the volatility {volatility:0.####} a year: are these");
        if (volatility > HighestVolatility)
            findings.Add(scale + " returns over longer periods, or percentages?");
        if (volatility < LowestVolatility)
            findings.Add(scale + " returns over shorter periods, or a riskless rate?");
        if (rho > HighestAutocorrelation)
            findings.Add(FormattableString.Invariant(
                $"The first autocorrelation is {rho:0.###}, that of returns over about {1 / (1 - rho):0} overlapping") +
                " periods: are these rolling returns, or levels?");
        if (repeated > HighestRepeats)
            findings.Add(FormattableString.Invariant(
                $"{repeated:P0} of the returns repeat the one before to the last digit: are rows duplicated?"));
        return new FrequencyDiagnosis
        {
            AnnualVolatility = volatility,
            FirstAutocorrelation = rho,
            RepeatedShare = repeated,
            Findings = findings,
        };
    }
}
