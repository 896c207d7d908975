using System.Globalization;

namespace FinML.Evaluation;

/// <summary>One sentence that says what the evidence supports, made from the numbers and from nothing else.</summary>
public static class Verdict
{
    /// <summary>
    /// The verdict on one strategy of a report: whether it beats the benchmark with significance, and whether its
    /// Sharpe ratio survives the number of trials. Both are needed for a claim.
    /// </summary>
    public static string Of(BacktestReport report, string strategy)
    {
        ArgumentNullException.ThrowIfNull(report);
        var row = report[strategy];
        string benchmark = report.Benchmark.Name;
        string span = $"{row.Backtest.DecisionTimes[0]:yyyy-MM} to {row.Backtest.Times[^1]:yyyy-MM}";
        if (row.Backtest.Length < report.Options.MinimumReturns)
            return $"Insufficient data: {row.Backtest.Length} returns ({span}) are too few to rank {strategy}; "
                + $"{report.Options.MinimumReturns} are needed.";
        if (row is not { NetSharpe: { } net, AgainstBenchmark: { } comparison, Deflated: { } deflated }
            || report.Benchmark.NetSharpe is not { } standard)
            return $"No verdict: {strategy} or {benchmark} never traded, so that there is no Sharpe ratio to judge.";

        bool different = comparison.PValue < report.Options.SignificanceLevel;
        bool survives = deflated.Probability > report.Options.DeflatedConfidence;
        string sharpe = Text($"After costs, {strategy} earned a Sharpe ratio of {net.Estimate:0.00} ")
            + Text($"[{net.Lower:0.00}, {net.Upper:0.00}] against {standard.Estimate:0.00} for {benchmark} ({span})");
        string test = Text($"the difference {comparison.Difference:+0.00;-0.00} ")
            + Text($"[{comparison.Lower:0.00}, {comparison.Upper:0.00}] ")
            + (different ? "is significant" : "is not significant")
            + Text($" (p = {comparison.PValue:0.000})");
        string luck = Text($"its deflated Sharpe ratio over {report.Trials} trials is {deflated.Probability:0.00}, ")
            + (survives ? "above " : "not above ")
            + Text($"{report.Options.DeflatedConfidence:0.00}");
        string conclusion = (different, comparison.Difference > 0, survives) switch
        {
            (true, true, true) => $"the evidence supports that it beats {benchmark}",
            (true, true, false) => $"it beat {benchmark}, but no more than the best of so many trials would by luck",
            (true, false, _) => $"the evidence says that it is worse than {benchmark}",
            (false, _, true) => $"it made money, but there is no evidence that it beats {benchmark}",
            _ => $"there is no evidence of skill and none that it beats {benchmark}",
        };
        return $"{sharpe}; {test}, and {luck}: {conclusion}.";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
