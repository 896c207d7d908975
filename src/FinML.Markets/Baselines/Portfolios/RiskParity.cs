using FinML.Data;

namespace FinML.Markets;

/// <summary>The weights of <see cref="EqualRiskContribution"/> on the covariance of the last rows, decided every so
/// many rows. An asset that did not move over the lookback, or has a gap in it, gets none.</summary>
public sealed class RiskParity : IPortfolioStrategy
{
    private readonly CovarianceRule rule;

    /// <param name="lookback">Returns that the covariance is of; 2 to 1,000,000.</param>
    /// <param name="every">Rows between two decisions; 1 to 1,000,000.</param>
    /// <param name="field">The price.</param>
    public RiskParity(int lookback = 252, int every = 21, string field = "close") =>
        rule = new CovarianceRule(lookback, every, field, EqualRiskContribution.Solve);

    /// <inheritdoc/>
    public string Name => $"risk_parity_{rule.Lookback}_{rule.Every}";

    /// <inheritdoc/>
    public int WarmUp => rule.Lookback;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets) =>
        rule.Decide(view, previous, targets);
}
