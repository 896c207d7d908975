namespace FinML.Statistics.Tests;

/// <summary>Aggregates, profiles and intervals; make_run_scores.py made the numbers by rliable's definitions.</summary>
public class RunScoresTests
{
    private static readonly double[,] MatrixX = Matrix(5, (7, 3, 0), 101, 50);
    private static readonly double[,] MatrixY = Matrix(4, (11, 5, 1), 97, 60);
    private static readonly RunScores X = RunScores.OfMatrix("x", ScoreOrientation.HigherIsBetter, MatrixX);
    private static readonly RunScores Y = RunScores.OfMatrix("y", ScoreOrientation.HigherIsBetter, MatrixY);

    // rliable's tests/rliable/metrics_test.py.
    [Fact]
    public void Aggregates_AreThoseOfRliablesTests()
    {
        RunScores x = Scores("x", new double[,] { { 1, 2 }, { 2, 2 }, { 1, 1 }, { 2, 1 } });
        RunScores y = Scores("y", new double[,] { { 1, 1 }, { 2, 2 }, { 3, 3 } });
        foreach (AggregateMetric metric in new[]
        {
            AggregateMetric.InterquartileMean, AggregateMetric.Mean, AggregateMetric.Median,
        })
        {
            Assert.Equal(1.5, metric.Of(x), 1e-14);
            Assert.Equal(2, metric.Of(y), 1e-14);
        }

        Assert.Equal(1 / 3.0, ImprovementProbability.Of(x, y).Average.Estimate, 1e-14);
        Assert.Equal(2 / 3.0, ImprovementProbability.Of(y, x).Average.Estimate, 1e-14);
        Assert.Equal(.5, ImprovementProbability.Of(x, x).Average.Estimate, 1e-14);
    }

    [Fact]
    public void Aggregates_AreSciPys()
    {
        Fixture.Near(.7568421052631579, AggregateMetric.InterquartileMean.Of(X), 1e-13);
        Fixture.Near(.816, AggregateMetric.Mean.Of(X), 1e-13);
        Fixture.Near(.828, AggregateMetric.Median.Of(X), 1e-13);
        Fixture.Near(.3582857142857142, AggregateMetric.OptimalityGap().Of(X), 1e-13);
        ImprovementProbability better = ImprovementProbability.Of(X, Y);
        Fixture.Near(.5214285714285715, better.Average.Estimate, 1e-13);
        Assert.Equal(better.ByTask.Average(), better.Average.Estimate, 1e-14);
        Assert.False(AggregateMetric.OptimalityGap().HigherIsBetter);
    }

    [Fact]
    public void Profiles_AreNumPys()
    {
        PerformanceProfile runs = PerformanceProfile.Of(X, [.5, 1, 1.5]);
        Assert.Equal([.6, .4, .11428571428571428], runs.Shares);
        PerformanceProfile tasks = PerformanceProfile.Of(X, [.8, 1, 1.2], ProfileKind.TaskAverages);
        Assert.Equal([.5714285714285714, .42857142857142855, 0], tasks.Shares);
        for (int t = 0; t < 3; t++)
            Assert.True(runs.Lower[t] <= runs.Shares[t] && runs.Shares[t] <= runs.Upper[t]);
        Assert.Equal([1.0], PerformanceProfile.Of(X, [-1]).Shares);
        Assert.Equal([0.0], PerformanceProfile.Of(X, [9]).Upper);
    }

    // The bootstrap variance of a mean has a closed form: of runs, sum var_t / n / T^2; of tasks and runs, that of the
    // tasks' means and of the runs within. 20,000 replicates have an error of 0.5 per cent.
    [Fact]
    public void StandardErrors_AreTheClosedForms()
    {
        var options = new BootstrapOptions { Replicates = 20_000, Seed = 1 };
        double[] means = [.. X.Scores.Select(runs => runs.Average())];
        double within = X.Scores.Select(runs => Moments.Of(runs.ToArray()).Variance(0) / 5).Average();
        BootstrapInterval runs = StratifiedBootstrap.Interval(X, AggregateMetric.Mean, options: options);
        Fixture.Near(Math.Sqrt(within / 7), runs.StandardError, .02);
        BootstrapInterval tasks = StratifiedBootstrap.Interval(X, AggregateMetric.Mean, true, options);
        Fixture.Near(Math.Sqrt((within + Moments.Of(means).Variance(0)) / 7), tasks.StandardError, .02);
        Assert.Equal("stratified bootstrap of tasks and runs", tasks.Scheme);
        Assert.True(runs.Lower < runs.Estimate && runs.Estimate < runs.Upper);
    }

    // The counts of the sorted list against the resample written out.
    [Fact]
    public void InterquartileMean_OfAResampleIsThatOfItsRuns()
    {
        var sample = new ScoreSample(X);
        var draws = new IndexDraws(3);
        draws.Start(0);
        for (int r = 0; r < 50; r++)
        {
            sample.Draw(draws, tasks: r % 2 == 0);
            double[] all = [.. sample.Sorted.SelectMany((v, i) => Enumerable.Repeat(v, sample.Times[i]))];
            int cut = (int)(.25 * all.Length);
            Fixture.Near(all[cut..^cut].Average(), AggregateMetric.InterquartileMean.Evaluate(sample), 1e-13);
            Assert.Equal(all.Average(), AggregateMetric.Mean.Evaluate(sample), 1e-13);
            Assert.Equal(35, sample.Total);
        }
    }

    /// <summary>
    /// A fault of rliable (library.py at 3ccd9f4): StratifiedBootstrap takes a random_state, but update_indices draws
    /// from numpy.random.choice, so that equal seeds give different intervals. Here the seed decides, whatever was
    /// drawn before and on however many threads.
    /// </summary>
    [Fact]
    public void Seed_DecidesTheInterval_UnlikeRliable()
    {
        var options = new BootstrapOptions { Replicates = 999, Seed = 42, MaxThreads = 1 };
        BootstrapInterval one = StratifiedBootstrap.Interval(X, AggregateMetric.InterquartileMean, options: options);
        StratifiedBootstrap.Interval(Y, AggregateMetric.Median, true);
        Assert.Equal(one, StratifiedBootstrap.Interval(
            X, AggregateMetric.InterquartileMean, options: options with { MaxThreads = 2 }));
        Assert.NotEqual(one.StandardError, StratifiedBootstrap.Interval(
            X, AggregateMetric.InterquartileMean, options: options with { Seed = 43 }).StandardError);
        Assert.Equal(
            ImprovementProbability.Of(X, Y, options: options).Average,
            ImprovementProbability.Of(X, Y, options: options with { MaxThreads = 2 }).Average);
        PerformanceProfile profile = PerformanceProfile.Of(X, [.3, .9], options: options);
        PerformanceProfile again = PerformanceProfile.Of(X, [.3, .9], options: options with { MaxThreads = 2 });
        Assert.Equal((profile.Lower[0], profile.Upper[1]), (again.Lower[0], again.Upper[1]));
        Assert.Equal(.11008145136304506, one.StandardError, 1e-12);
    }

    // Losses point the other way once, at the door: the probability of improvement and normalised scores agree.
    [Fact]
    public void Losses_AreTurned()
    {
        RunScores lossX = RunScores.OfMatrix("x", ScoreOrientation.LowerIsBetter, MatrixX);
        RunScores lossY = RunScores.OfMatrix("y", ScoreOrientation.LowerIsBetter, MatrixY);
        Assert.Equal(
            ImprovementProbability.Of(Y, X).Average.Estimate, ImprovementProbability.Of(lossX, lossY).Average.Estimate,
            1e-14);
        Assert.Equal(-AggregateMetric.Mean.Of(X), AggregateMetric.Mean.Of(lossX), 1e-14);
        double[] zeros = new double[7], twos = [.. Enumerable.Repeat(2.0, 7)];
        Assert.Equal(AggregateMetric.Mean.Of(X) / 2, AggregateMetric.Mean.Of(X.Normalised(zeros, twos)), 1e-14);
        Assert.Equal(1 - AggregateMetric.Mean.Of(X) / 2, AggregateMetric.Mean.Of(lossX.Normalised(twos, zeros)), 1e-14);
        Assert.True(lossX.WereLosses);
    }

    // 300 studies of 20 runs on 4 tasks: four binomial errors and the loss of short samples.
    [Fact]
    public void Coverage_IsNearNominal()
    {
        int covered = 0;
        for (ulong i = 0; i < 300; i++)
        {
            double[] z = Fixture.Normals(80, 100 + i);
            RunScores scores = RunScores.Of("a", ScoreOrientation.HigherIsBetter, [.. Enumerable.Range(0, 4).Select(t =>
                ($"{t}", z[(20 * t)..(20 * t + 20)].Select(v => v + t).ToArray()))]);
            covered += StratifiedBootstrap.Interval(
                scores, AggregateMetric.Mean, options: new() { Replicates = 199, Seed = i, MaxThreads = 1 })
                .Contains(1.5) ? 1 : 0;
        }

        Assert.InRange(covered / 300.0, .875, .99);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        const ScoreOrientation Higher = ScoreOrientation.HigherIsBetter;
        Fixture.Says<ArgumentException>(() => RunScores.Of("ppo", Higher), "ppo has 0 tasks");
        Fixture.Says<ArgumentException>(
            () => RunScores.Of("ppo", Higher, ("a", [1])), "The scores of ppo on a has 1 value;");
        Fixture.Says<ArgumentException>(
            () => RunScores.Of("ppo", Higher, ("a", [1, double.NaN])), "The scores of ppo on a is NaN at index 1");
        Fixture.Says<ArgumentException>(
            () => RunScores.Of("ppo", Higher, ("a", [1, 2]), ("a", [1, 2])), "the task 'a' 2 times");
        Fixture.Says<ArgumentException>(
            () => RunScores.Of("ppo", (ScoreOrientation)4, ("a", [1, 2])), "orientation is 4");
        Fixture.Says<ArgumentException>(
            () => RunScores.OfMatrix("ppo", Higher, new double[3, 2], ["a"]), "1 names for 2 tasks");
        Fixture.Says<ArgumentException>(() => X.Normalised([1], [2]), "1 and 1 references for 7 tasks");
        Fixture.Says<ArgumentException>(
            () => RunScores.Of("ppo", Higher, ("a", [1, 2])).Normalised([2], [1]), "are 2 and 1", "must be higher");
        Fixture.Says<ArgumentException>(
            () => ImprovementProbability.Of(X, RunScores.Of("ppo", Higher, ("a", [1, 2]))), "must be the same");
        var bca = new BootstrapOptions { Method = BootstrapMethod.Bca };
        Fixture.Says<ArgumentException>(
            () => StratifiedBootstrap.Interval(X, AggregateMetric.Mean, options: bca), "Method is Bca");
        Fixture.Says<ArgumentException>(() => PerformanceProfile.Of(X, [1, 1]), "thresholds is 1 at index 1", "rise");
        Fixture.Says<ArgumentException>(() => PerformanceProfile.Of(X, [1], (ProfileKind)3), "kind is 3");
        Fixture.Says<ArgumentException>(() => AggregateMetric.OptimalityGap(double.NaN), "gamma is NaN");
    }

    private static RunScores Scores(string name, double[,] matrix) =>
        RunScores.OfMatrix(name, ScoreOrientation.HigherIsBetter, matrix);

    /// <summary>(runs, 7): (a i^2 + b i + c) mod m / d.</summary>
    private static double[,] Matrix(int runs, (int A, int B, int C) p, int m, double d)
    {
        var matrix = new double[runs, 7];
        for (int i = 0; i < 7 * runs; i++)
            matrix[i / 7, i % 7] = (p.A * i * i + p.B * i + p.C) % m / d;
        return matrix;
    }
}
