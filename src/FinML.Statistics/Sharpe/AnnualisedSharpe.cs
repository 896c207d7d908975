namespace FinML.Statistics;

/// <summary>
/// A Sharpe ratio per year with the rule that it was made by. Times sqrt(q) is right for returns without
/// autocorrelation only; where the Ljung-Box test rejects that, the square root is refused and eta(q) of Lo (2002)
/// takes its place (<see cref="LoAnnualisation.OfYear"/>); where the autocorrelations leave no positive variance of the
/// yearly return, there is no number.
/// </summary>
public sealed record AnnualisedSharpe
{
    /// <summary>Per year; null where it is refused.</summary>
    public required double? Value { get; init; }

    /// <summary>Standard error per year: the one per period (Mertens) times the same factor; null where it is refused.
    /// </summary>
    public required double? StandardError { get; init; }

    /// <summary>How it was made.</summary>
    public required AnnualisationRule Rule { get; init; }

    /// <summary>What the square root would have said: not to be quoted where the rule is another.</summary>
    public required double SquareRootValue { get; init; }

    /// <summary>In one sentence, why the square root was not taken; null where it was.</summary>
    public required string? Warning { get; init; }

    /// <summary>The ratio per period, with its conventions and the Ljung-Box test.</summary>
    public required SharpeRatio PerPeriod { get; init; }

    /// <summary>Level at which the test rejects.</summary>
    public required double Significance { get; init; }

    /// <summary>Annualises.</summary>
    /// <param name="series">Ten or more returns that vary.</param>
    /// <param name="options">Riskless rate and ddof.</param>
    /// <param name="significance">Level of the Ljung-Box test, between 0 and 1.</param>
    public static AnnualisedSharpe Of(ReturnSeries series, SharpeOptions? options = null, double significance = 0.05)
    {
        Guard.Between(significance, 0, 1, nameof(significance));
        SharpeRatio ratio = SharpeRatio.Of(series, options);
        double root = Math.Sqrt(series.PeriodsPerYear);
        if (ratio.LjungBox.PValue > significance)
            return Make(AnnualisationRule.SquareRoot, root, null);

        string rejected = FormattableString.Invariant(
            $"The returns are autocorrelated (Ljung-Box p {ratio.LjungBox.PValue:0.##e0}, {ratio.LjungBox.Lags} lags)");
        (double? eta, int lags) = LoAnnualisation.OfYear(series);
        return eta is null
            ? Make(AnnualisationRule.Refused, null,
                rejected + ", so that sqrt(q) does not hold, and leave no positive variance of the yearly return.")
            : Make(AnnualisationRule.Autocorrelations, eta,
                rejected + $"; sqrt(q) is refused and Lo's eta(q) from {lags} of them taken.");

        AnnualisedSharpe Make(AnnualisationRule rule, double? factor, string? warning) => new()
        {
            Value = ratio.PerPeriod * factor,
            StandardError = ratio.StandardError * factor,
            Rule = rule,
            SquareRootValue = ratio.PerPeriod * root,
            Warning = warning,
            PerPeriod = ratio,
            Significance = significance,
        };
    }
}
