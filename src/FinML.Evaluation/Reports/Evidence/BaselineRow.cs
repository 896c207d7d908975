using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>A rule that was fixed beforehand, and the strategy against it.</summary>
/// <param name="Name">Of the rule; the benchmark is the first.</param>
/// <param name="Performance">The rule's own figures.</param>
/// <param name="Sharpe">The rule's, a year; null where its returns are constant.</param>
/// <param name="Difference">The strategy's Sharpe ratio less the rule's, tested on paired resamples; null where one of
/// the two is constant or both are the same.</param>
/// <param name="AdjustedPValue">The p-value of the difference, by Holm over all rules.</param>
public sealed record BaselineRow(
    string Name,
    PerformanceSummary Performance,
    double? Sharpe,
    SharpeComparison? Difference,
    double? AdjustedPValue)
{
    /// <summary>The benchmark, the baselines that came with the returns, and two that a benchmark or a choice
    /// implies.</summary>
    internal static IReadOnlyList<BaselineRow> Of(EvidenceInput input, BacktestReportOptions options)
    {
        List<NamedReturns> rules = [.. input.Baselines];
        if (input.Benchmark is { } benchmark)
            rules.Insert(0, benchmark);
        if (input.Benchmark is { } market && VolatilityMatched(input, market, options) is { } matched)
            rules.Add(matched);
        if (input.Strategies.Count >= 2)
        {
            rules.Add(new NamedReturns(
                $"equal weight of the {input.Strategies.Count} strategies",
                [
                    .. Enumerable.Range(0, input.NetReturns.Count)
                        .Select(t => input.Strategies.Average(s => s.Values[t])),
                ]));
        }

        SharpeComparison?[] tests =
            [.. rules.Select(rule => SharpeInference.Compare(input.NetReturns, rule.Values, options))];
        int[] tested = [.. Enumerable.Range(0, tests.Length).Where(i => tests[i] is not null)];
        double?[] adjusted = new double?[tests.Length];
        if (tested.Length > 0)
        {
            IReadOnlyList<double> holm =
                PValueAdjustment.Holm([.. tested.Select(i => tests[i]!.PValue)]).Adjusted;
            for (int i = 0; i < tested.Length; i++)
                adjusted[tested[i]] = holm[i];
        }

        return
        [
            .. rules.Select((rule, i) => new BaselineRow(
                rule.Name,
                SharpeInference.Summary(rule.Values, options),
                SharpeInference.Annualised(rule.Values.ToArray(), options),
                tests[i],
                adjusted[i])),
        ];
    }

    /// <summary>
    /// The benchmark held at the strategy's own risk: its weight in a period is the ratio of the two trailing
    /// volatilities that were known when the period began, at most 3; before costs. Null for a record too short.
    /// </summary>
    private static NamedReturns? VolatilityMatched(
        EvidenceInput input, NamedReturns market, BacktestReportOptions options)
    {
        int window = Math.Max(12, (int)Math.Round(options.PeriodsPerYear / 4)), n = input.NetReturns.Count;
        if (n < 3 * window)
            return null;
        double[] own = [.. input.NetReturns], theirs = [.. market.Values], matched = [.. market.Values];
        double[] risk = TrailingWindows.Deviation(own, window), theirRisk = TrailingWindows.Deviation(theirs, window);
        for (int t = window; t < n; t++)
        {
            double weight = theirRisk[t] > 0 ? Math.Min(3, risk[t] / theirRisk[t]) : 1;
            matched[t] = Math.Max(-1, options.RiskFreePerPeriod + weight * (theirs[t] - options.RiskFreePerPeriod));
        }

        return new NamedReturns($"{market.Name} at the strategy's volatility", matched);
    }
}
