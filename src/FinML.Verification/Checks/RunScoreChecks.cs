using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Results of reinforcement learning, held to rliable, and the planning of runs, held to R.</summary>
internal static class RunScoreChecks
{
    private const string Rliable = "rliable, tests/rliable/metrics_test.py";
    private const string R = "R 4.2.2, power.t.test(strict = TRUE)";

    private static readonly RunScores X = RunScores.OfMatrix(
        "x", ScoreOrientation.HigherIsBetter, new double[,] { { 1, 2 }, { 2, 2 }, { 1, 1 }, { 2, 1 } });

    private static readonly RunScores Y = RunScores.OfMatrix(
        "y", ScoreOrientation.HigherIsBetter, new double[,] { { 1, 1 }, { 2, 2 }, { 3, 3 } });

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.rl.iqm", "interquartile mean of 4 runs on 2 tasks", Rliable, 1.5, 1e-14,
            _ => AggregateMetric.InterquartileMean.Of(X)),
        new("statistics.rl.iqm-three-runs", "interquartile mean of 3 runs on 2 tasks", Rliable, 2, 1e-14,
            _ => AggregateMetric.InterquartileMean.Of(Y)),
        new("statistics.rl.median", "median of the tasks' means, 4 runs", Rliable, 1.5, 1e-14,
            _ => AggregateMetric.Median.Of(X)),
        new("statistics.rl.median-three-runs", "median of the tasks' means, 3 runs", Rliable, 2, 1e-14,
            _ => AggregateMetric.Median.Of(Y)),
        new("statistics.rl.mean", "mean, 4 runs", Rliable, 1.5, 1e-14, _ => AggregateMetric.Mean.Of(X)),
        new("statistics.rl.mean-three-runs", "mean, 3 runs", Rliable, 2, 1e-14, _ => AggregateMetric.Mean.Of(Y)),
        new("statistics.rl.improvement", "probability that x improves on y", Rliable, 1 / 3.0, 1e-14,
            _ => ImprovementProbability.Of(X, Y).Average.Estimate),
        new("statistics.rl.optimality-gap", "optimality gap of x at 2", "the definition: 2 - mean min(x, 2)", 0.5,
            1e-14, _ => AggregateMetric.OptimalityGap(2).Of(X)),
        new("statistics.rl.seed", "difference of two intervals with one seed (rliable's differ)",
            "rliable's StratifiedBootstrap draws from NumPy's global generator", 0, 0, _ => SeedDifference()),
        new("statistics.rl.bootstrap-error", "standard error of a mean by the bootstrap over its closed form",
            "sqrt(sum of tasks' var / n) / tasks: 1 but for 20,000 resamples' chance", 1, 0.02, _ => ErrorRatio()),
        new("statistics.rl.welch", "p of Welch's test on sleep", "R 4.2.2, t.test(extra ~ group, sleep)",
            0.0793941401873582, 1e-12, _ => WelchTest.Of(
                [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2],
                [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4]).PValue),
        new("statistics.rl.noncentral-t", "P(T <= 2) at 10 degrees of freedom, noncentrality 1", "R 4.2.2, pt",
            0.807611562530311, 1e-10, _ => NoncentralT.Cdf(2, 10, 1)),
        new("statistics.rl.power", "power of 10 runs for one standard deviation", R, 0.562006646586232, 1e-10,
            _ => WelchPower.Of(1, 1, 1, 10, 10).Power),
        new("statistics.rl.power-one-sided", "power of 5 runs for 1.5 standard deviations, one-sided", R,
            0.698488533371632, 1e-10, _ => WelchPower.Of(1.5, 1, 1, 5, 5, alternative: Alternative.Greater).Power),
        new("statistics.rl.seeds-half", "runs for half a standard deviation at power .8", R, 64, 0,
            _ => SeedPlan.For(0.5, 1, 1).Runs),
        new("statistics.rl.seeds-one-eight", "runs for one standard deviation at power .8", R, 17, 0,
            _ => SeedPlan.For(1, 1, 1).Runs),
        new("statistics.rl.seeds-one", "runs for one standard deviation at power .9", R, 23, 0,
            _ => SeedPlan.For(1, 1, 1, 0.9).Runs),
        new("statistics.rl.seeds-three", "runs for three standard deviations at power .8", R, 4, 0,
            _ => SeedPlan.For(3, 1, 1).Runs),
    ];

    private static double SeedDifference()
    {
        var options = new BootstrapOptions { Replicates = 999, Seed = 42 };
        BootstrapInterval first = StratifiedBootstrap.Interval(X, AggregateMetric.InterquartileMean, options: options);
        StratifiedBootstrap.Interval(Y, AggregateMetric.Mean); // what is drawn in between has no part in it
        BootstrapInterval second = StratifiedBootstrap.Interval(X, AggregateMetric.InterquartileMean, options: options);
        return Math.Abs(first.Lower - second.Lower) + Math.Abs(first.StandardError - second.StandardError);
    }

    private static double ErrorRatio()
    {
        BootstrapInterval interval = StratifiedBootstrap.Interval(
            X, AggregateMetric.Mean, options: new() { Replicates = 20_000, Seed = 1 });
        double variance = X.Scores.Sum(runs => Moments.Of([.. runs]).Variance(0) / runs.Count);
        return interval.StandardError / (Math.Sqrt(variance) / X.Tasks.Count);
    }
}
