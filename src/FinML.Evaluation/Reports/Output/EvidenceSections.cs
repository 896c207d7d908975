using FinML.Figures;

namespace FinML.Evaluation;

/// <summary>A report in reading order. What is not known is said, not left out in silence.</summary>
public static class EvidenceSections
{
    /// <summary>The parts, first to last.</summary>
    public static IReadOnlyList<ReportSection> Of(EvidenceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        ReportSection[] all =
        [
            Make("What was earned", MarketLead(report), [("equity", EvidenceFigures.Equity(report))],
                [EvidenceTables.Summary(report)]),
            Make("Baselines", [], [], [EvidenceTables.Baselines(report)]),
            Make("The choice among those tried", [], [], [EvidenceTables.Selection(report)]),
            Make("Paths of the cross-validation", PathLead(report), [("paths", EvidenceFigures.Paths(report))], []),
            Make("Costs and delay", CostLead(report), [("costs", EvidenceFigures.CostCurve(report))],
                [EvidenceTables.Costs(report), EvidenceTables.Delays(report)], beside: true),
            Make("Exposure and trades", TradeLead(report), [], [EvidenceTables.Trading(report)]),
            Make("Over time", RollingLead(report), [("rolling", EvidenceFigures.Rolling(report))], []),
            Make("Drawdowns and crises", CrisisLead(report), [],
                [EvidenceTables.Drawdowns(report), EvidenceTables.Crises(report)]),
            Make("By the state of the market", RegimeLead(report), [("regimes", EvidenceFigures.Regimes(report))],
                [EvidenceTables.Regimes(report)]),
            Make("Months and years", [], [("months", EvidenceFigures.Months(report))],
                [EvidenceTables.Years(report)], beside: true),
            Make("Distribution and tails", [], [("distribution", EvidenceFigures.Distribution(report))],
                [EvidenceTables.Distribution(report), EvidenceTables.Extremes(report)], beside: true),
        ];
        ReportSection[] shown = [.. all.Where(s => s.Figures.Count + s.Tables.Count > 0)];
        string[] missing =
        [
            .. all.Where(s => s.Figures.Count + s.Tables.Count == 0 && s.Lead.Count > 0)
                .Select(s => $"{s.Title}: {string.Join(' ', s.Lead)}"),
        ];
        return missing.Length == 0 ? shown : [.. shown, new ReportSection("What is not known", missing, [], [])];
    }

    /// <summary>The figures with the names of their files.</summary>
    public static IReadOnlyList<(string File, Figure Figure)> Figures(EvidenceReport report) =>
        [.. Of(report).SelectMany(section => section.Figures)];

    /// <summary>Period, frequency and trials in one line.</summary>
    internal static string Span(EvidenceReport report)
    {
        EvidenceInput input = report.Input;
        string dates = input.Dated ? Say.Of($"{report.Start:yyyy-MM-dd} to {input.Times[^1]:yyyy-MM-dd}, ") : "";
        string benchmark = input.Benchmark is { } b ? $"; benchmark: {b.Name}" : "; no benchmark";
        return Say.Of(
            $"{dates}{input.NetReturns.Count:N0} returns, {report.Options.PeriodsPerYear:0.##} a year; "
            + $"{input.Trials.Number:0.#} trial{(input.Trials.Number == 1 ? "" : "s")}{benchmark}");
    }

    private static ReportSection Make(
        string title,
        IReadOnlyList<string> lead,
        (string File, Figure? Figure)[] figures,
        Table?[] tables,
        bool beside = false) => new(
            title,
            lead,
            [.. figures.Where(f => f.Figure is not null).Select(f => (f.File, f.Figure!))],
            [.. tables.Where(t => t is not null).Select(t => t!)],
            beside);

    private static string[] MarketLead(EvidenceReport report) => report.Market is { } m
        ? [Say.Of(
            $"On {report.Input.Benchmark!.Name}: alpha {m.AlphaPerYear:0.0%} a year (standard error "
            + $"{m.AlphaError:0.0%} by Newey and West, p = {m.AlphaPValue:0.000}), beta {m.Beta:0.00} "
            + $"({m.BetaError:0.00}), correlation {m.Correlation:0.00}, information ratio "
            + $"{EvidenceTables.Ratio(m.InformationRatio)}.")]
        : [];

    private static string[] PathLead(EvidenceReport report) => report.Paths is { } p
        ? [Say.Of(
            $"{p.Sharpe.Count} paths: mean Sharpe ratio {p.Mean:0.00} with standard deviation "
            + $"{p.StandardDeviation:0.00}; 5, 50 and 95 per cent lie at {p.Quantiles[0]:0.00}, {p.Quantiles[1]:0.00} "
            + $"and {p.Quantiles[2]:0.00}; {p.ShareBelowZero:0%} of them lose; the deepest drawdown is "
            + $"{p.WorstDrawdown:0%}.")]
        : ["a combinatorial purged cross-validation gives the distribution that one walk through history "
            + "does not."];

    private static string[] CostLead(EvidenceReport report)
    {
        CostCurve costs = report.Costs;
        string how = costs.Kind switch
        {
            CostCurveKind.Rerun => "The backtester ran the same decisions again under each multiple of the costs.",
            CostCurveKind.Recorded => "Returns before costs less multiples of the recorded costs; the backtest was not "
                + "run again, so that positions are those of the recorded costs.",
            _ => "Only returns are known and not what was traded, so that costs are a constant part of equity a year "
                + "on top of those that the returns already bear.",
        };
        string unit = costs.Kind == CostCurveKind.PerYear ? "of equity a year" : "times the costs";
        string even = costs switch
        {
            { LosesWithoutCosts: true } => "It earns no more than cash at any of them.",
            { BreakEven: { } level } when costs.Kind == CostCurveKind.PerYear =>
                Say.Of($"The mean return is gone at {level:0.0%} {unit}."),
            { BreakEven: { } level } => Say.Of($"The mean return is gone at {level:0.0} {unit}."),
            _ when costs.Kind == CostCurveKind.PerYear =>
                Say.Of($"Something is left at {costs.Points[^1].Level:0%} {unit}."),
            _ => Say.Of($"Something is left at {costs.Points[^1].Level:0.#} {unit}."),
        };
        return report.Delays is null
            ? [how, even, "A delay of a bar cannot be tried: that takes targets and prices to run again."]
            : [how, even];
    }

    private static string[] TradeLead(EvidenceReport report) => report.Exposure is null
        ? ["positions and fills are needed for exposure, turnover, hit rate, payoff and holding time."]
        : [];

    private static string[] RollingLead(EvidenceReport report) => report.Rolling is { } rolling
        ? [Say.Of(
            $"The Sharpe ratio is below 0 in {rolling.ShareBelowZero:0%} of the windows. They overlap: "
            + $"only {report.Input.NetReturns.Count / rolling.Window} of them are independent.")]
        : ["the record has fewer periods than two windows."];

    private static string[] CrisisLead(EvidenceReport report) => report.Crises.Count == 0
        ? ["The record covers none of the named crises from beginning to end."]
        : [];

    private static string[] RegimeLead(EvidenceReport report) => report.Regimes is null
        ? ["the record is too short to know a state of the market at the time."]
        : [];
}
