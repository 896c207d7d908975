using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// A POSITIVE CONTROL, not a strategy: it reads the future. It holds the one asset that will rise most from the next
/// open to the one after. A pipeline in which this does not win by a wide margin is broken.
/// </summary>
public sealed class PortfolioOracle : IPortfolioStrategy
{
    private readonly double[][] opens; // (assets) of (bars), the whole future of the panel
    private readonly int delay;

    /// <param name="panel">The panel it cheats on; it answers views of this panel from row 0 only.</param>
    /// <param name="iKnowThatThisLooksAhead">Has to be true, so that no one uses it by accident.</param>
    /// <param name="delay">Rows by which the knowledge comes too late: with 1 or more it is useless on random
    /// returns.</param>
    /// <param name="openField">The price traded at.</param>
    /// <exception cref="ArgumentException">The flag is not true.</exception>
    public PortfolioOracle(Panel panel, bool iKnowThatThisLooksAhead, int delay = 0, string openField = "open")
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (!iKnowThatThisLooksAhead)
        {
            throw new ArgumentException(
                "The oracle reads the future and is a positive control only: say iKnowThatThisLooksAhead: true.",
                nameof(iKnowThatThisLooksAhead));
        }

        Require.InRange(delay, 0, 1_000_000, nameof(delay));
        opens = [.. panel.Assets.Select(asset => panel.Column(asset, openField).ToArray())];
        this.delay = delay;
    }

    /// <inheritdoc/>
    public string Name => delay == 0 ? "LOOK-AHEAD_portfolio_oracle" : $"LOOK-AHEAD_portfolio_oracle_{delay}_late";

    /// <inheritdoc/>
    public int WarmUp => delay;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        int t = view.Length - 1 - delay, best = -1; // the row whose decision it knows
        double most = 1;
        for (int asset = 0; asset < opens.Length && t + 2 < opens[asset].Length; asset++)
        {
            double growth = opens[asset][t + 2] / opens[asset][t + 1];
            if (growth > most)
                (most, best) = (growth, asset);
        }

        if (best >= 0)
            targets[best] = 1;
    }
}
