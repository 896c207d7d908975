namespace FinML.Data.Tests.Labels;

public sealed class ForwardReturnConformance : LabelConformance
{
    protected override LabelSet Label(Panel panel) => new ForwardReturn { Horizon = 4 }.Label(panel, "A");
}

public sealed class TripleBarrierConformance : LabelConformance
{
    protected override LabelSet Label(Panel panel) =>
        new TripleBarrier { Horizon = 8, Profit = 2, Loss = 2 }.Label(panel, "A");
}

public sealed class TrendScanConformance : LabelConformance
{
    protected override LabelSet Label(Panel panel) => new TrendScan { LongestHorizon = 12 }.Label(panel, "A");
}

public sealed class MetaLabelsConformance : LabelConformance
{
    protected override LabelSet Label(Panel panel) => MetaLabels.Label(panel, "A",
        [.. Enumerable.Range(0, panel.Length).Select(t => t % 3 == 0 ? -1 : 1)], new TripleBarrier { Horizon = 6 });
}
