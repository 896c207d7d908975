using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>What the evidence supports: a kind, one sentence, and the numbers that it stands on.</summary>
/// <param name="Kind">For programs.</param>
/// <param name="Sentence">For readers.</param>
/// <param name="Reasons">A sentence for each thing that was weighed.</param>
public sealed record EvidenceVerdict(VerdictKind Kind, string Sentence, IReadOnlyList<string> Reasons)
{
    /// <summary>Weighs the parts of a report, refusals first.</summary>
    internal static EvidenceVerdict Of(
        EvidenceInput input,
        BacktestReportOptions options,
        IReadOnlyList<DataCheck> checks,
        SharpeEvidence? sharpe,
        IReadOnlyList<BaselineRow> baselines,
        SelectionTests? selection)
    {
        SharpeComparison? test = input.Benchmark is null ? null : baselines[0].Difference;
        bool unusable = sharpe is null || checks.Any(check => check.Level == CheckLevel.Fatal);
        List<string> reasons = unusable ? [] : Weigh(input, options, sharpe!, baselines, selection);
        (VerdictKind kind, string sentence) = Judge(input, options, checks, sharpe, test, baselines, selection);
        return new EvidenceVerdict(kind, sentence, reasons);
    }

    private static (VerdictKind Kind, string Sentence) Judge(
        EvidenceInput input,
        BacktestReportOptions options,
        IReadOnlyList<DataCheck> checks,
        SharpeEvidence? sharpe,
        SharpeComparison? test,
        IReadOnlyList<BaselineRow> baselines,
        SelectionTests? selection)
    {
        string span = input.Dated ? Say.Of($" ({input.Times[0]:yyyy-MM} to {input.Times[^1]:yyyy-MM})") : "";
        int n = input.NetReturns.Count;
        if (checks.FirstOrDefault(check => check.Level == CheckLevel.Fatal) is { } fatal)
            return (VerdictKind.NoVerdict, $"No verdict: {Lower(fatal.Sentence)}");
        if (sharpe is null)
        {
            var usual = input.NetReturns.GroupBy(value => value).MaxBy(group => group.Count())!;
            return (VerdictKind.NoVerdict, Say.Of(
                $"No verdict: {usual.Count()} of the {n} returns of {input.Name} are {usual.Key:0.######}: too few "
                + $"differ "
                + $"for a Sharpe ratio that could be judged."));
        }

        if (n < options.MinimumReturns)
            return (VerdictKind.InsufficientData, Say.Of(
                $"Insufficient data: {n} returns{span} are too few to judge {input.Name}; {options.MinimumReturns} "
                + $"are needed."));
        double trials = sharpe.Deflated.Trials;
        if (sharpe.Years < sharpe.MinimumBacktestYears)
            return (VerdictKind.InsufficientData, Say.Of(
                $"Insufficient data: {sharpe.Years:0.0} years{span} are too short for {trials:0} trials; in less "
                + $"than {sharpe.MinimumBacktestYears:0.0} years the best of so many worthless ones is expected to "
                + $"show a Sharpe ratio of {options.TargetSharpe:0.##}."));
        if (sharpe.MinimumTrackRecord is { } needed && n < needed)
            return (VerdictKind.InsufficientData, Say.Of(
                $"Insufficient data: a Sharpe ratio of {sharpe.Annual.Estimate:0.00} differs from 0 only after "
                + $"{needed / options.PeriodsPerYear:0.0} years, and {input.Name} has {sharpe.Years:0.0}{span}."));

        string own = Say.Of(
            $"{input.Name} earned a Sharpe ratio of {sharpe.Annual.Estimate:0.00} [{sharpe.Annual.Lower:0.00}, "
            + $"{sharpe.Annual.Upper:0.00}] a year{span}");
        bool different = test is { } t && t.PValue < options.SignificanceLevel;
        if (different && test!.Difference < 0)
            return (VerdictKind.Worse, Say.Of(
                $"{own}; that is {-test.Difference:0.00} below {input.Benchmark!.Name} (p = {test.PValue:0.000}): "
                + $"the evidence says that it is worse."));
        if (sharpe.Annual.Estimate <= 0)
            return (VerdictKind.NoEvidence, $"{own}: it earned no more than cash, so there is nothing to explain.");
        if (sharpe.Deflated.Probability <= options.DeflatedConfidence)
            return (VerdictKind.BestOfMany, Say.Of(
                $"{own}; its deflated Sharpe ratio over {Count(trials, "trial")} is "
                + $"{sharpe.Deflated.Probability:0.00}, not above {options.DeflatedConfidence:0.00}: the best of "
                + $"so many tries is expected to look as good by luck."));
        if (selection?.Overfitting is { Probability: > 0.5 } overfit)
            return (VerdictKind.BestOfMany, Say.Of(
                $"{own}; but the best of the {selection.Count} strategies in one half of the time is below their "
                + $"median in the other with probability {overfit.Probability:0.00}: the choice among them says "
                + $"nothing."));
        if (test is not null && !different)
            return (VerdictKind.NotBetter, Say.Of(
                $"{own}, {Above(test.Difference)} {input.Benchmark!.Name} with p = {test.PValue:0.000}: it made "
                + $"money, but there is no evidence that it beats {input.Benchmark.Name}."));
        string against = test is null
            ?
                "that it earns more than cash; without a benchmark nothing says that this is more than the market's "
                + "own return"
            : Say.Of($"that it beats {input.Benchmark!.Name} (by {test.Difference:0.00}, p = {test.PValue:0.000})");
        string luck = Say.Of(
            $"its deflated Sharpe ratio over {Count(trials, "trial")} is {sharpe.Deflated.Probability:0.00}");
        if (sharpe.T < options.DiscoveryT)
            return (VerdictKind.Suggestive, Say.Of(
                $"{own} and {luck}: suggestive {against}; with t = {sharpe.T:0.0}, below {options.DiscoveryT:0.#}, "
                + $"it is no discovery."));
        return (VerdictKind.Supported, $"{own} and {luck}: the evidence supports {against}.");
    }

    private static List<string> Weigh(
        EvidenceInput input,
        BacktestReportOptions options,
        SharpeEvidence sharpe,
        IReadOnlyList<BaselineRow> baselines,
        SelectionTests? selection)
    {
        List<string> reasons = [];
        double trials = sharpe.Deflated.Trials;
        string length = sharpe.MinimumTrackRecord is { } needed
            ? Say.Of(
                $"{sharpe.Years:0.0} years stand against {needed / options.PeriodsPerYear:0.0} that a Sharpe ratio "
                + $"of {sharpe.Annual.Estimate:0.00} needs to differ from 0")
            : Say.Of($"a Sharpe ratio of {sharpe.Annual.Estimate:0.00} is not above 0 after any number of years");
        reasons.Add(Say.Of(
            $"Length: {length} (minimum track record), and {sharpe.MinimumBacktestYears:0.0} that "
            + $"{Count(trials, "trial")} need (minimum backtest)."));
        reasons.Add(Say.Of(
            $"Luck: the true Sharpe ratio is above 0 with probability {sharpe.Probabilistic.Probability:0.000} "
            + $"(PSR) and above {sharpe.Deflated.ExpectedMaximumSharpe * Math.Sqrt(options.PeriodsPerYear):0.00}, "
            + $"what the best of {Count(trials, "trial")} shows by luck, with {sharpe.Deflated.Probability:0.000} "
            + $"(DSR); t = {sharpe.T:0.0}."));
        reasons.Add($"Trials: {input.Trials.Source}");
        if (sharpe.Correlated)
        {
            string instead = sharpe.AnnualByLo is { } lo
                ? Say.Of(
                    $"with the first {sharpe.EtaLags} of them the yearly ratio is {lo:0.00} (Lo's eta) instead of "
                    + $"{sharpe.Annual.Estimate:0.00} (root of time)")
                : "their sum is so far below 0 that no yearly ratio can be made of them";
            reasons.Add(Say.Of(
                $"Autocorrelation: the returns are not serially independent (Ljung-Box p "
                + $"{Small(sharpe.Ratio.LjungBox.PValue)}); {instead}."));
        }

        string[] lost = [.. baselines.Where(b => b.Sharpe > sharpe.Annual.Estimate).Select(b => b.Name)];
        if (baselines.Count > 0)
            reasons.Add(lost.Length == 0
                ?
                    $"Baselines: its Sharpe ratio is above that of "
                    + $"{(baselines.Count == 1 ? "the only one" : $"all {baselines.Count}")}."
                : $"Baselines: it lost to {lost.Length} of {baselines.Count}: {string.Join(", ", lost)}.");
        else
            reasons.Add("Baselines: none was given; a strategy that holds the market looks like skill without one.");
        if (selection is { Superiority: { } best })
            reasons.Add(Say.Of(
                $"Choice among {selection.Count}: by mean returns the best, {best.Best}, against {selection.Against} "
                + $"has "
                + $"p = {best.PValue:0.000} (Hansen's SPA); "
                + $"{selection.Stepwise!.Superior(options.SignificanceLevel).Count} of them beat it by StepM."));
        if (selection?.Overfitting is { } overfitting)
            reasons.Add(Say.Of(
                $"Overfitting: the best in one half of the time is below the median in the other with probability "
                + $"{overfitting.Probability:0.00} (PBO, {overfitting.Splits} splits)."));
        double discarded = trials - Math.Max(1, input.Strategies.Count);
        if (discarded > 0)
            reasons.Add(Say.Of(
                $"Discarded: {Count(discarded, "trial")} that {(discarded == 1 ? "is" : "are")} not shown here."));
        return reasons;
    }

    private static string Count(double number, string what) =>
        Say.Of($"{number:0.#} {what}{(number == 1 ? "" : "s")}");

    private static string Above(double difference) =>
        Say.Of($"{Math.Abs(difference):0.00} {(difference < 0 ? "below" : "above")}");

    private static string Small(double p) => p < 0.001 ? "below 0.001" : Say.Of($"= {p:0.000}");

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
