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
        new("controls.leaks.clean", "leaks found in a clean pipeline", "null control: nothing is planted", 0, 0,
            _ => LeakControls.Run(PlantedLeak.Create(null)).Count(finding => finding.Found)),
        .. new[]
        {
            (LeakKind.LookAheadByABar, "look-ahead", "a position earns the bar that it was decided on"),
            (LeakKind.ScalerLeak, "scaler", "a scaler is fitted on all rows"),
            (LeakKind.Survivorship, "survivorship", "an asset that died is left out"),
            (LeakKind.LabelOverlap, "label-overlap", "folds are not purged by the labels' spans"),
            (LeakKind.Backfill, "backfill", "gaps are filled from the next value"),
        }.Select(leak => new ReferenceCheck($"controls.leaks.{leak.Item2}",
            $"leaks found where {leak.Item3}, 0 unless it is called {leak.Item1}",
            "positive control: one leak is planted", 1, 0, _ => Caught(leak.Item1))),
    ];

    /// <summary>How many leaks are found; 0 where the one that was planted is not among them.</summary>
    private static double Caught(LeakKind planted)
    {
        LeakKind[] found = [.. LeakControls.Run(PlantedLeak.Create(planted)).Where(f => f.Found).Select(f => f.Leak)];
        return found.Contains(planted) ? found.Length : 0;
    }
}
