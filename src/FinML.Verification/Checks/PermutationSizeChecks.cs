using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Nightly: size and power of permutation tests, of tests by distances, and of what compares runs.</summary>
internal static class PermutationSizeChecks
{
    private const int PlannedRuns = 17; // SeedPlan.For(1, 1, 1)

    private static readonly PermutationOptions Drawn = new() { ExactLimit = 0, Permutations = 199, MaxThreads = 1 };

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        Simulation.Size("statistics.size.permutation.two-sample", "means of 10 and 15 normals, 199 drawn", 10_000,
            random => PermutationTest.TwoSample(
                Draws.Normals(random, 10), Draws.Normals(random, 15), options: Seeded(random)).PValue),
        Simulation.Size("statistics.size.permutation.stopped",
            "the same at the fifth extreme draw of up to 1,999, where p = h / l is never nominal to the last digit",
            10_000, random => PermutationTest.TwoSample(
                Draws.Normals(random, 10), Draws.Normals(random, 15),
                options: Seeded(random) with { StopAfter = 5, Permutations = 1_999 }).PValue, distortion: 0.003),
        Simulation.Size("statistics.size.permutation.signs", "mean of 20 cubes of normals, exact", 4_000,
            random => PermutationTest.SignFlip(
                Array.ConvertAll(Draws.Normals(random, 20), z => z * z * z)).PValue),
        Simulation.Size("statistics.size.permutation.correlation", "30 independent pairs of exponentials", 10_000,
            random => PermutationTest.Correlation(
                Exponentials(random, 30), Exponentials(random, 30), options: Seeded(random)).PValue),
        Simulation.Size("statistics.size.permutation.blocks",
            "two independent AR(.8) of 500 in blocks of 25: what crosses the seams is lost, which costs up to .01",
            4_000, random => PermutationTest.Correlation(
                Draws.Autoregression(random, 500, 0.8), Draws.Autoregression(random, 500, 0.8),
                options: Seeded(random) with { BlockLength = 25 }).PValue, distortion: 0.01),
        Simulation.Size("statistics.size.permutation.shifts",
            "two independent AR(.9) of 500, circular shifts: few independent ones among the 500, up to .005", 4_000,
            random => PermutationTest.CircularShift(
                Draws.Autoregression(random, 500, 0.9), Draws.Autoregression(random, 500, 0.9)).PValue,
            distortion: 0.005),
        Simulation.Power("statistics.power.permutation.two-sample", "a shift of 1.2 of 15 normals against 15", 2_000,
            random => PermutationTest.TwoSample(
                Shifted(random, 15, 1.2), Draws.Normals(random, 15), options: Seeded(random)).PValue, atLeast: 0.8),
        Simulation.Power("statistics.power.permutation.shifts", "AR(.7) of 300 with correlation .5", 1_000,
            random =>
            {
                double[] x = Draws.Autoregression(random, 300, 0.7), e = Draws.Autoregression(random, 300, 0.7);
                return PermutationTest.CircularShift(x, Mix(x, e, 0.5)).PValue;
            }, atLeast: 0.95),
        Simulation.Size("statistics.size.distances.ks-one",
            "Kolmogorov-Smirnov, 50 normals against their distribution", 10_000,
            random => KolmogorovSmirnov.OneSample(Draws.Normals(random, 50), StandardNormal.Cdf).PValue),
        Simulation.Size("statistics.size.distances.ks-two",
            "Kolmogorov-Smirnov, 60 and 45 normals, at the largest level below .05 that its steps have", 10_000,
            random => KolmogorovSmirnov.TwoSample(Draws.Normals(random, 60), Draws.Normals(random, 45)).PValue,
            level: 0.043655), // R: stats:::psmirnov
        Simulation.Size("statistics.size.distances.mmd", "MMD, 25 and 30 normals, 199 drawn", 4_000,
            random => MaximumMeanDiscrepancy.Compare(
                Draws.Normals(random, 25), Draws.Normals(random, 30), options: Seeded(random)).Test.PValue),
        Simulation.Size("statistics.size.distances.mmd-blocks",
            "MMD, two AR(.7) of 200 in blocks of 20: what crosses the seams is lost, which costs up to .03", 1_000,
            random => MaximumMeanDiscrepancy.Compare(
                Draws.Autoregression(random, 200, 0.7), Draws.Autoregression(random, 200, 0.7),
                options: Seeded(random) with { BlockLength = 20 }).Test.PValue, distortion: 0.03),
        Simulation.Power("statistics.power.distances.ks-two", "twice the spread, 100 and 100 normals", 2_000,
            random => KolmogorovSmirnov.TwoSample(
                Draws.Normals(random, 100), Array.ConvertAll(Draws.Normals(random, 100), z => 2 * z)).PValue,
            atLeast: 0.7),
        Simulation.Power("statistics.power.distances.mmd", "twice the spread, 60 and 60 normals", 1_000,
            random => MaximumMeanDiscrepancy.Compare(
                Draws.Normals(random, 60), Array.ConvertAll(Draws.Normals(random, 60), z => 2 * z),
                options: Seeded(random)).Test.PValue, atLeast: 0.8),
        Simulation.Size("statistics.size.rl.welch", "Welch's test, 5 runs with standard deviation 1, 10 with 3", 10_000,
            random => WelchTest.Of(
                Draws.Normals(random, 5), Array.ConvertAll(Draws.Normals(random, 10), z => 3 * z)).PValue,
            distortion: 0.003),
        Simulation.Power("statistics.power.rl.seeds",
            $"Welch's test with the {PlannedRuns} runs planned for one standard deviation at .8", 10_000,
            random => WelchTest.Of(
                Shifted(random, PlannedRuns, 1), Draws.Normals(random, PlannedRuns)).PValue, atLeast: 0.8),
        Simulation.Coverage("statistics.coverage.rl.iqm",
            "interquartile mean of 10 runs on 10 tasks, stratified bootstrap of runs: too short by up to .02", 2_000,
            random => StratifiedBootstrap.Interval(
                RunScores.Of("a", ScoreOrientation.HigherIsBetter, [.. Enumerable.Range(0, 10).Select(
                    t => ($"{t}", Draws.Normals(random, 10)))]),
                AggregateMetric.InterquartileMean,
                options: new() { Replicates = 499, Seed = random.NextUInt64(), MaxThreads = 1 }).Contains(0),
            distortion: 0.02),
    ];

    private static PermutationOptions Seeded(RandomStream random) => Drawn with { Seed = random.NextUInt64() };

    private static double[] Shifted(RandomStream random, int count, double shift) =>
        Array.ConvertAll(Draws.Normals(random, count), z => z + shift);

    private static double[] Exponentials(RandomStream random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => -Math.Log(1 - random.NextDouble()))];

    private static double[] Mix(double[] x, double[] e, double rho) =>
        [.. x.Zip(e, (a, b) => rho * a + Math.Sqrt(1 - rho * rho) * b)];
}
