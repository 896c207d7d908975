using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>What the choice of one strategy among several that were tried is worth.</summary>
public sealed record SelectionTests
{
    private const int MostForConfidenceSet = 200;

    /// <summary>Strategies whose returns are known.</summary>
    public required int Count { get; init; }

    /// <summary>What they are compared with: the benchmark, or cash.</summary>
    public required string Against { get; init; }

    /// <summary>Probability that the best in one half of the time is below the median in the other; null where the
    /// record is too short to be cut.</summary>
    public required BacktestOverfitting? Overfitting { get; init; }

    /// <summary>Hansen's test that the best of them beats the benchmark; null where none differs from it.</summary>
    public required SuperiorPredictiveAbility? Superiority { get; init; }

    /// <summary>Romano and Wolf's p-value of each; null where none differs from the benchmark.</summary>
    public required StepwiseTest? Stepwise { get; init; }

    /// <summary>The names that hold the best with the confidence of the report; null for more than 200 strategies.
    /// </summary>
    public required IReadOnlyList<string>? ConfidenceSet { get; init; }

    /// <summary>Null for fewer than two strategies.</summary>
    internal static SelectionTests? Of(EvidenceInput input, BacktestReportOptions options)
    {
        if (input.Strategies.Count < 2)
            return null;
        var performance = ModelPerformance.OfReturns(
            [.. input.Strategies.Select(s => s.Name)], [.. input.Strategies.Select(s => s.Values.ToArray())]);
        int n = performance.Count, segments = Math.Min(16, n / 10 / 2 * 2);
        double[] benchmark = input.Benchmark?.Values.ToArray()
            ?? [.. Enumerable.Repeat(options.RiskFreePerPeriod, n)];
        var relative = BootstrapMeans.Of(performance.Against(benchmark), options: options.Bootstrap);
        bool differs = input.Strategies.Any(s => Differs(s.Values, benchmark));
        return new SelectionTests
        {
            Count = input.Strategies.Count,
            Against = input.Benchmark?.Name ?? "cash",
            Overfitting = segments >= 2 ? BacktestOverfitting.Of(performance, segments) : null,
            Superiority = differs ? SuperiorPredictiveAbility.Of(relative) : null,
            Stepwise = differs ? StepwiseTest.Of(relative) : null,
            ConfidenceSet = input.Strategies.Count <= MostForConfidenceSet
                ? ModelConfidenceSet.Of(BootstrapMeans.Of(performance, options: options.Bootstrap))
                    .Included(options.SignificanceLevel)
                : null,
        };
    }

    private static bool Differs(IReadOnlyList<double> values, double[] benchmark)
    {
        double first = values[0] - benchmark[0];
        for (int t = 1; t < benchmark.Length; t++)
        {
            if (Math.Abs(values[t] - benchmark[t] - first) > 1e-12)
                return true;
        }

        return false;
    }
}
