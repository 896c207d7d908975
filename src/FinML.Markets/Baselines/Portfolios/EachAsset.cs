using FinML.Data;

namespace FinML.Markets;

/// <summary>One rule for one asset, on every asset of a panel with an equal share of the equity: the target of asset i
/// is its own target / N, with N the assets that have a price.</summary>
public sealed class EachAsset : IPortfolioStrategy
{
    private readonly IStrategy strategy;
    private readonly string field;

    /// <param name="strategy">The rule.</param>
    /// <param name="field">The price that an asset needs, on the rows of the rule's warm-up too.</param>
    public EachAsset(IStrategy strategy, string field = "close")
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (this.strategy, this.field) = (strategy, field);
    }

    /// <inheritdoc/>
    public string Name => "each_" + strategy.Name;

    /// <inheritdoc/>
    public int WarmUp => strategy.WarmUp;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        int held = 0; // assets with a share, one row before
        for (int asset = 0; asset < previous.Length; asset++)
            held += view.Length > 1 && view.Value(asset, field, 1) > 0 ? 1 : 0;
        int[] assets = Universe.Of(view, field, strategy.WarmUp + 1);
        int priced = Universe.Of(view, field).Length;
        foreach (int asset in assets)
            targets[asset] = strategy.Decide(view, asset, previous[asset] * Math.Max(1, held)) / priced;
    }
}
