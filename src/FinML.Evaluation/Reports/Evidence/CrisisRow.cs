using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>What a strategy did in a named crisis that its record covers from beginning to end.</summary>
/// <param name="Crisis">Which.</param>
/// <param name="Periods">Returns in it.</param>
/// <param name="Return">Over the whole of it, as a fraction.</param>
/// <param name="Drawdown">The deepest fall within it, a positive fraction.</param>
/// <param name="BenchmarkReturn">The benchmark's return over it; null without one.</param>
public sealed record CrisisRow(Crisis Crisis, int Periods, double Return, double Drawdown, double? BenchmarkReturn)
{
    /// <summary>The crises that the dates cover, in order of time.</summary>
    internal static IReadOnlyList<CrisisRow> Of(EvidenceInput input, DateTime start)
    {
        List<CrisisRow> rows = [];
        foreach (Crisis crisis in input.Dated ? Crises.All : [])
        {
            DateOnly first = DateOnly.FromDateTime(start), last = DateOnly.FromDateTime(input.Times[^1]);
            if (first > crisis.From || last < crisis.To)
                continue;
            int[] inside =
            [
                .. Enumerable.Range(0, input.Times.Count).Where(t =>
                    DateOnly.FromDateTime(input.Times[t]) > crisis.From
                    && DateOnly.FromDateTime(input.Times[t]) <= crisis.To),
            ];
            // A month that reaches into the crisis says little of it: at least two periods, or one of a single day.
            if (inside.Length < (crisis.To.DayNumber - crisis.From.DayNumber > 3 ? 2 : 1))
                continue;
            var own = ReturnSeries.Simple([.. inside.Select(t => input.NetReturns[t])], 1);
            double? market = input.Benchmark is { } benchmark
                ? inside.Aggregate(1.0, (wealth, t) => wealth * (1 + benchmark.Values[t])) - 1
                : null;
            rows.Add(new CrisisRow(
                crisis, inside.Length, own.Wealth()[^1] - 1, Deepest(own), market));
        }

        return rows;
    }

    private static double Deepest(ReturnSeries series) => Statistics.Drawdown.Maximum(series).Depth;
}
