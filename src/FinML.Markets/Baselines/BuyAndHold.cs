using FinML.Data;

namespace FinML.Markets;

/// <summary>Fully invested from the first decision to the end: the benchmark that most strategies lose to.</summary>
public sealed class BuyAndHold : IStrategy
{
    /// <inheritdoc/>
    public string Name => "buy_and_hold";

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public double Decide(in PointInTimeView view, int asset, double previousTarget) => 1;
}
