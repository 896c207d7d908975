using FinML.Evaluation;

namespace FinML.Verification;

/// <summary>The chain from features to statistics, held to what it must find and what it must not.</summary>
internal static class ControlChecks
{
    private const int Orders = 3;

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("controls.leak", "Sharpe ratio a year, before costs, of an agent that sees tomorrow's return",
            "positive control: a chain that cannot find a planted edge says nothing", 5, 0,
            context => PipelineControls.LeakedSharpe(context.Catalog.Load("sp500"), context.Progress),
            Comparison.AtLeast),
        new("controls.shuffled", $"smallest p-value on {Orders} random orders of the days, after Bonferroni",
            "null control: in days of random order there is nothing to find", 0.05, 0,
            context => PipelineControls.SmallestPValueOnShuffledDays(
                context.Catalog.Load("sp500"), Orders, context.Progress),
            Comparison.AtLeast),
    ];
}
