using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// The same weight for every asset that has a price: 1/N, which DeMiguel, Garlappi and Uppal, "Optimal versus naive
/// diversification", Review of Financial Studies 22 (2009), found hard to beat. With
/// <c>RebalanceBand = 0</c> it is traded back at every open.
/// </summary>
public sealed class EqualWeight : IPortfolioStrategy
{
    private readonly string field;

    /// <param name="field">The price that an asset needs to be held.</param>
    public EqualWeight(string field = "close")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        this.field = field;
    }

    /// <inheritdoc/>
    public string Name => "equal_weight";

    /// <inheritdoc/>
    public int WarmUp => 0;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        int[] assets = Universe.Of(view, field);
        foreach (int asset in assets)
            targets[asset] = 1.0 / assets.Length;
    }
}
