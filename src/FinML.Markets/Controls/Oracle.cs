using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// A POSITIVE CONTROL, not a strategy: it reads the future. It holds the sign of the return that its decision is about
/// to earn, from the next open to the one after. A pipeline in which this does not win by a wide margin is broken.
/// </summary>
public sealed class Oracle : IStrategy
{
    private readonly double[] opens; // (bars), the whole future of the panel
    private readonly int delay;

    /// <param name="panel">The panel it cheats on; it answers views of this panel from row 0 only.</param>
    /// <param name="asset">The asset.</param>
    /// <param name="iKnowThatThisLooksAhead">Has to be true, so that no one uses it by accident.</param>
    /// <param name="delay">Rows by which the knowledge comes too late: with 1 or more it is useless on random
    /// returns.</param>
    /// <exception cref="ArgumentException">The flag is not true.</exception>
    public Oracle(Panel panel, string asset, bool iKnowThatThisLooksAhead, int delay = 0)
    {
        ArgumentNullException.ThrowIfNull(panel);
        if (!iKnowThatThisLooksAhead)
        {
            throw new ArgumentException(
                "The oracle reads the future and is a positive control only: say iKnowThatThisLooksAhead: true.",
                nameof(iKnowThatThisLooksAhead));
        }

        Require.InRange(delay, 0, 1_000_000, nameof(delay));
        opens = panel.Column(asset, "open").ToArray();
        this.delay = delay;
    }

    /// <inheritdoc/>
    public string Name => delay == 0 ? "LOOK-AHEAD_oracle" : $"LOOK-AHEAD_oracle_{delay}_late";

    /// <inheritdoc/>
    public int WarmUp => delay;

    /// <inheritdoc/>
    public double Decide(in PointInTimeView view, int asset, double previousTarget)
    {
        int t = view.Length - 1 - delay; // the row whose decision it knows
        return t + 2 < opens.Length ? Math.Sign(opens[t + 2] - opens[t + 1]) : 0;
    }
}
