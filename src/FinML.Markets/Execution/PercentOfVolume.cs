namespace FinML.Markets.Execution;

/// <summary>
/// A constant share of what is traded: after the others are known to have traded V lots, r V / (1 - r) should be done,
/// the share r of all. It reads past volume only, so that it always lags by a slice, and may end unfilled.
/// </summary>
public sealed class PercentOfVolume : IExecutionAlgorithm
{
    private readonly double rate;

    /// <param name="rate">r; above 0 to 0.9.</param>
    public PercentOfVolume(double rate = 0.1)
    {
        Require.InRange(rate, 1e-9, 0.9, nameof(rate));
        this.rate = rate;
    }

    /// <inheritdoc/>
    public string Name => $"pov_{rate}";

    /// <inheritdoc/>
    public double Target(ParentOrder parent, in ExecutionProgress progress)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return Math.Min(parent.Quantity, progress.MarketVolume * rate / (1 - rate));
    }
}
