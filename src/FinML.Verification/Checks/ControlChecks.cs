using FinML.Data;
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
        new("controls.trials.copies", "effective number of 200 trials, 25 of each of 8 bets",
            "planted: correlation .9 within a bet, 0 between", 8, 0, _ => Clusters(200, 8, 0.9)),
        new("controls.trials.independent", "effective number of 200 independent trials",
            "planted: correlation 0", 200, 0, _ => Clusters(200, 200, 0)),
        .. new[]
        {
            (LeakKind.LookAheadByABar, "look-ahead", "a position earns the bar that it was decided on"),
            (LeakKind.ScalerLeak, "scaler", "a scaler is fitted on all rows"),
            (LeakKind.Survivorship, "survivorship", "an asset that died is left out"),
            (LeakKind.LabelOverlap, "label-overlap", "folds are not purged by the labels' spans"),
            (LeakKind.Backfill, "backfill", "gaps are filled from the next value"),
        }.Select(leak => new ReferenceCheck($"controls.leaks.{leak.Item2}",
            $"leaks found where {leak.Item3}; 0 unless {leak.Item1} is among them",
            "positive control: one leak is planted", 1, 0, _ => Caught(leak.Item1))),
    ];

    private static double Clusters(int trials, int bets, double correlation)
    {
        const int Days = 500;
        DateTime[] times = [.. Enumerable.Range(0, Days).Select(day => DateTime.UnixEpoch.AddDays(day))];
        double[][] common =
            [.. Enumerable.Range(0, bets).Select(bet => Draws.Normals(new RandomStream(1, (ulong)bet), Days))];
        return TrialClusters.Of([.. Enumerable.Range(0, trials).Select(trial =>
        {
            double[] own = Draws.Normals(new RandomStream(2, (ulong)trial), Days);
            return TrialReturns.Of(times, [.. own.Zip(common[trial % bets],
                (x, y) => Math.Sqrt(1 - correlation) * x + Math.Sqrt(correlation) * y)]);
        })]).Count;
    }

    /// <summary>How many leaks are found; 0 where the one that was planted is not among them.</summary>
    private static double Caught(LeakKind planted)
    {
        LeakKind[] found = [.. LeakControls.Run(PlantedLeak.Create(planted)).Where(f => f.Found).Select(f => f.Leak)];
        return found.Contains(planted) ? found.Length : 0;
    }
}
