using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Buys what fell against the others and sells what rose, in proportion to the rank of the return over the lookback:
/// w_i ~ (N + 1) / 2 - rank_i, scaled to Σ |w| = 1 and Σ w = 0. Lehmann, "Fads, martingales, and market efficiency",
/// Quarterly Journal of Economics 105 (1990), with ranks for returns.
/// </summary>
public sealed class ShortTermReversal : IPortfolioStrategy
{
    private readonly int lookback;
    private readonly string field;

    /// <param name="lookback">Rows that the return is of; 1 to 1,000,000.</param>
    /// <param name="field">The price.</param>
    public ShortTermReversal(int lookback = 1, string field = "close")
    {
        Require.InRange(lookback, 1, 1_000_000, nameof(lookback));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        (this.lookback, this.field) = (lookback, field);
    }

    /// <inheritdoc/>
    public string Name => $"short_term_reversal_{lookback}";

    /// <inheritdoc/>
    public int WarmUp => lookback;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        int[] assets = Universe.Of(view, field, lookback + 1);
        if (assets.Length < 2)
            return;
        double[] changes = new double[assets.Length];
        for (int i = 0; i < assets.Length; i++)
            changes[i] = view.Value(assets[i], field) / view.Value(assets[i], field, lookback);
        int[] order = [.. Enumerable.Range(0, assets.Length)];
        Array.Sort(order, (a, b) => changes[a] != changes[b] ? changes[a].CompareTo(changes[b]) : a.CompareTo(b));
        double middle = (assets.Length - 1) / 2.0, sum = 0;
        for (int rank = 0; rank < order.Length; rank++)
            sum += Math.Abs(middle - rank);
        for (int rank = 0; rank < order.Length; rank++)
            targets[assets[order[rank]]] = (middle - rank) / sum;
    }
}
