namespace FinML.Data;

/// <summary>
/// Meta-labels: where a first model chose a side, 1 if a position on that side between the barriers earned more than it
/// cost and 0 if not; what a second model learns, which decides whether and how much to bet. M. Lopez de Prado,
/// Advances in Financial Machine Learning (2018), section 3.6.
/// </summary>
public static class MetaLabels
{
    /// <summary>The labels 0 and 1, NaN where there is no side or no outcome.</summary>
    /// <param name="panel">The prices.</param>
    /// <param name="asset">The asset that is traded.</param>
    /// <param name="sides">For each row what the first model said at its close: +1, -1 or 0.</param>
    /// <param name="barriers">When the positions end; profit and loss are those of the side taken.</param>
    /// <param name="cost">What entering and leaving costs together, as a fraction of the price. 0 or more.</param>
    /// <exception cref="ArgumentException">A side, the cost or an option is outside its range.</exception>
    public static LabelSet Label(Panel panel, string asset, ReadOnlySpan<int> sides, TripleBarrier barriers,
        double cost = 0)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(barriers);
        if (!(cost >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(cost), cost, "The cost must be 0 or more.");
        }

        if (sides.Length != panel.Length)
        {
            throw new ArgumentException($"There are {sides.Length} sides for {panel.Length} rows.", nameof(sides));
        }

        return TripleBarrier.ToLabels(panel, barriers.Outcomes(panel, asset, sides),
            outcome => outcome.Return > cost ? 1 : 0);
    }
}
