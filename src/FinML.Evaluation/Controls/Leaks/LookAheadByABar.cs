using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// The position that earns the return of bar t may depend on bars up to t - 1 only. Every value from some bar on is
/// changed, and the positions up to and including that bar must stay the same to the bit.
/// </summary>
public static class LookAheadByABar
{
    /// <summary>Checks what a pipeline holds.</summary>
    /// <param name="prices">The bars.</param>
    /// <param name="held">From bars to the weight that earns the return of each of them, one a row.</param>
    /// <param name="options">Where and how the future is changed.</param>
    public static LeakFinding Check(Panel prices, Func<Panel, double[]> held, CausalityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(held);
        CausalityReport report = CausalityAudit.Run(prices, Known, options);
        if (report.NotDeterministic.Count > 0)
            throw new InvalidOperationException(
                "The positions differ between two runs on the same bars; nothing can be said of a look-ahead.");
        if (report.Violations.Count == 0)
            return new LeakFinding(LeakKind.LookAheadByABar, false,
                report.Insensitive.Count > 0
                    ? "no change of the bars changes a position: the pipeline does not read them."
                    : $"{report.ValuesCompared} positions stayed the same in {report.Runs} changed futures.");
        CausalityViolation first = report.Violations[0];
        int bars = first.Cutoff - report.Violations.Where(v => v.Cutoff == first.Cutoff).Min(v => v.Row) + 1;
        return new LeakFinding(LeakKind.LookAheadByABar, true,
            $"the position that earns the return of row {first.Cutoff + 1} changes with row {first.Cutoff + 1} itself: "
            + $"it sees {bars} bar{(bars == 1 ? "" : "s")} ahead; a decision at the close of t may earn t + 1 at the "
            + "earliest.");

        // held[t + 1] is decided at t: the series that an audit can hold to "known at t".
        IReadOnlyList<NamedSeries> Known(Panel panel)
        {
            double[] weights = held(panel);
            if (weights.Length != panel.Length)
                throw new ArgumentException(
                    $"There are {weights.Length} positions for {panel.Length} bars; there must be one for each.",
                    nameof(held));
            return [new NamedSeries("position", [.. weights.Skip(1), 0])];
        }
    }
}
