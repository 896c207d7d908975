using FinML.Data;

namespace FinML.Markets;

/// <summary>The weights of <see cref="MinimumVarianceWeights"/> on the covariance of the last rows, decided every so
/// many rows. An asset that did not move over the lookback, or has a gap in it, gets none.</summary>
public sealed class MinimumVariance : IPortfolioStrategy
{
    private readonly CovarianceRule rule;
    private readonly bool longOnly;

    /// <param name="lookback">Returns that the covariance is of; 2 to 1,000,000, and more than there are
    /// assets.</param>
    /// <param name="every">Rows between two decisions; 1 to 1,000,000.</param>
    /// <param name="longOnly">Whether no weight may be negative.</param>
    /// <param name="field">The price.</param>
    public MinimumVariance(int lookback = 252, int every = 21, bool longOnly = true, string field = "close")
    {
        this.longOnly = longOnly;
        rule = new CovarianceRule(lookback, every, field, (covariance, assets) =>
            assets < lookback
                ? MinimumVarianceWeights.Solve(covariance, assets, longOnly)
                : throw new ArgumentException(
                    $"The covariance of {assets} assets needs more than {assets} returns; the lookback is "
                    + $"{lookback}."));
    }

    /// <inheritdoc/>
    public string Name => $"minimum_variance_{rule.Lookback}_{rule.Every}{(longOnly ? "" : "_long_short")}";

    /// <inheritdoc/>
    public int WarmUp => rule.Lookback;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets) =>
        rule.Decide(view, previous, targets);
}
