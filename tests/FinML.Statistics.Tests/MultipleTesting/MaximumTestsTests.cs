namespace FinML.Statistics.Tests;

/// <summary>The tests on a maximum over models, held to plain versions of them in R on the same resamples
/// (make_multiple_testing.R), to closed forms and to their level.</summary>
public sealed class MaximumTestsTests
{
    private static readonly Dictionary<string, double> Golden = ReadGolden();

    private static readonly string[] Names = ["DAX", "SMI", "CAC", "FTSE"];

    private static double[][] LogReturns
    {
        get
        {
            double[][] prices = [.. Names.Select(n => Fixture.Column("eu_indices_daily_1991_1998.csv.gz", n))];
            return [.. prices.Select(p => p.Skip(1).Zip(p, (b, a) => Math.Log(b) - Math.Log(a)).ToArray())];
        }
    }

    [Fact]
    public void RealityCheck_HasTheCriticalValueOfTheReplayedDraws()
    {
        BootstrapMeans four = Replay(ModelPerformance.OfReturns(Names, LogReturns));
        Fixture.Near(4.742184464e-4, RealityCheck.CriticalMean(four), 1e-9);
        BootstrapMeans three = AgainstFtse();
        RealityCheck test = RealityCheck.Of(three);
        Assert.Equal("SMI", test.Best);
        Fixture.Near(3.859145787e-4, three.Means[1], 1e-9);
        Assert.Equal(Golden["reality.p"], test.PValue, 1e-12);
    }

    [Fact]
    public void Spa_AgreesWithThePaperAndWithArchsForm()
    {
        SuperiorPredictiveAbility paper = SuperiorPredictiveAbility.Of(AgainstFtse());
        Fixture.Near(Golden["spa.statistic"], paper.Statistic);
        for (int k = 0; k < 3; k++)
            Fixture.Near(Golden[$"kernel{k + 1}"], paper.Variances[k], 1e-9);
        Assert.Equal(Golden["spa.lower"], paper.LowerPValue, 1e-12);
        Assert.Equal(Golden["spa.consistent"], paper.PValue, 1e-12);
        Assert.Equal(Golden["spa.upper"], paper.UpperPValue, 1e-12);
        SuperiorPredictiveAbility arch = SuperiorPredictiveAbility.Of(AgainstFtse(), SpaForm.Unstudentised);
        Assert.Equal(Golden["spa.arch.consistent"], arch.PValue, 1e-12);
        Assert.Equal(Golden["spa.arch.upper"], arch.UpperPValue, 1e-12);
        Assert.Equal(RealityCheck.Of(AgainstFtse()).PValue, arch.UpperPValue); // the same recentring
    }

    [Fact]
    public void KernelVariances_AgreeWithArchsFormula()
    {
        var performance = ModelPerformance.OfReturns(Names, LogReturns);
        SuperiorPredictiveAbility spa = SuperiorPredictiveAbility.Of(Replay(performance));
        double[] expected = [9.90135059e-5, 8.434738577e-5, 1.14608097e-4, 6.490648609e-5];
        for (int k = 0; k < 4; k++)
            Fixture.Near(expected[k], spa.Variances[k], 1e-8);
    }

    [Fact]
    public void Spa_IsNotMovedByAHopelessModel_WhereTheRealityCheckIs()
    {
        double[][] noise = [.. Enumerable.Range(0, 5).Select(i => Fixture.Normals(500, (ulong)i + 1))];
        double[] good = [.. noise[0].Select(x => x + .15)];
        double[] hopeless = [.. noise[1].Select(x => 12 * x - 9)];
        double[] zero = new double[500];
        BootstrapMeans Means(params double[][] series) => BootstrapMeans.Of(
            ModelPerformance.OfReturns([.. series.Select((_, i) => $"m{i}")], series).Against(zero),
            new StationaryBootstrap(1), new BootstrapOptions { Replicates = 1999, Seed = 4 });
        double alone = SuperiorPredictiveAbility.Of(Means(good)).PValue;
        SuperiorPredictiveAbility both = SuperiorPredictiveAbility.Of(Means(good, hopeless));
        Assert.InRange(alone, 0, .03);
        Assert.Equal(1, both.LeftOut);
        Assert.InRange(both.PValue, 0, .03);
        Assert.InRange(RealityCheck.Of(Means(good, hopeless)).PValue, .2, 1);
        Assert.InRange(both.LowerPValue, 0, both.PValue);
        Assert.InRange(both.PValue, both.LowerPValue, both.UpperPValue);
    }

    [Fact]
    public void StepM_AgreesWithR_AndFindsThePlantedModels()
    {
        StepwiseTest three = StepwiseTest.Of(AgainstFtse());
        for (int k = 0; k < 3; k++)
            Assert.Equal(Golden[$"stepm{k + 1}"], three.Models[k].PValue, 1e-12);
        Assert.Equal(["SMI"], three.Superior());

        double[][] models = [.. Enumerable.Range(0, 30).Select(
            i => Fixture.Normals(800, (ulong)i + 20).Select(x => x + (i < 3 ? .25 : 0)).ToArray())];
        BootstrapMeans means = BootstrapMeans.Of(
            ModelPerformance.OfReturns([.. models.Select((_, i) => $"m{i}")], models),
            new StationaryBootstrap(2), new BootstrapOptions { Replicates = 999, Seed = 8 });
        Assert.Equal(["m0", "m1", "m2"], StepwiseTest.Of(means).Superior());
    }

    /// <summary>Over 400 families of ten worthless models StepM makes a false claim in about one of twenty.</summary>
    [Fact]
    public void StepM_KeepsItsLevel()
    {
        int families = 0;
        for (int family = 0; family < 400; family++)
        {
            double[][] models = [.. Enumerable.Range(family * 10, 10).Select(i => Fixture.Normals(120, (ulong)i))];
            BootstrapMeans means = BootstrapMeans.Of(
                ModelPerformance.OfReturns([.. models.Select((_, i) => $"m{i}")], models),
                new StationaryBootstrap(1), new BootstrapOptions { Replicates = 199, Seed = (ulong)family });
            families += StepwiseTest.Of(means).Superior().Count > 0 ? 1 : 0;
        }

        Assert.InRange(families / 400.0, .05 - 3 * .0109, .05 + 3 * .0109 + .01); // 3 standard errors, and n = 120
    }

    [Theory]
    [InlineData(ConfidenceSetStatistic.Range, "mcs.range")]
    [InlineData(ConfidenceSetStatistic.Maximum, "mcs.maximum")]
    public void ModelConfidenceSet_AgreesWithThePlainElimination(ConfidenceSetStatistic statistic, string name)
    {
        var set = ModelConfidenceSet.Of(Replay(Eight(), 1858), statistic);
        for (int step = 0; step < 7; step++)
        {
            string key = $"{name}.{step + 1}.model{set.Models[step].Model[1..]}";
            Assert.True(Golden.ContainsKey(key), key);
            Assert.Equal(Golden[key], set.Models[step].PValue, 1e-12);
        }

        Assert.Equal(1, set.Models[7].PValue);
        Assert.Contains(set.Models[7].Model, set.Included());
    }

    [Fact]
    public void ModelConfidenceSet_DropsThePlantedLosersAndTakesLossesToo()
    {
        double[][] losses = [.. Enumerable.Range(0, 12).Select(
            i => Fixture.Normals(600, (ulong)i + 70).Select(x => x + (i < 4 ? 0 : .5 + .1 * i)).ToArray())];
        string[] names = [.. losses.Select((_, i) => $"m{i}")];
        foreach (ConfidenceSetStatistic statistic in Enum.GetValues<ConfidenceSetStatistic>())
        {
            var options = new BootstrapOptions { Replicates = 999, Seed = 3 };
            var set = ModelConfidenceSet.Of(
                BootstrapMeans.Of(ModelPerformance.OfLosses(names, losses), new StationaryBootstrap(3), options),
                statistic);
            Assert.Equal(["m0", "m1", "m2", "m3"], set.Included().Order());
            var negated = ModelPerformance.OfReturns(names, [.. losses.Select(l => l.Select(x => -x).ToArray())]);
            var same = ModelConfidenceSet.Of(
                BootstrapMeans.Of(negated, new StationaryBootstrap(3), options), statistic);
            Assert.Equal(set.Models, same.Models);
        }
    }

    [Fact]
    public void BootstrapMeans_AreTheMeansOfTheResamples_ForAnyNumberOfThreads()
    {
        double[][] models = [.. Enumerable.Range(0, 19).Select(i => Fixture.Autoregression(150, .3, (ulong)i))];
        var performance = ModelPerformance.OfReturns([.. models.Select((_, i) => $"m{i}")], models);
        var scheme = new StationaryBootstrap(7);
        var options = new BootstrapOptions { Replicates = 600, Seed = 12, MaxThreads = 1 };
        BootstrapMeans one = BootstrapMeans.Of(performance, scheme, options);
        BootstrapMeans three = BootstrapMeans.Of(performance, scheme, options with { MaxThreads = 3 });
        for (int model = 0; model < models.Length; model++)
        {
            Assert.Equal(one.Centred[model], three.Centred[model]);
            double[] plain = scheme.Replicates(models[model], SampleStatistic.Mean, options);
            for (int b = 0; b < 600; b += 37)
                Assert.Equal(plain[b] - models[model].Average(), one.Centred[model][b], 1e-13);
        }
    }

    [Fact]
    public void Pbo_AgreesWithR()
    {
        BacktestOverfitting pbo = BacktestOverfitting.Of(Eight(), 8);
        Assert.Equal(70, pbo.Splits);
        Fixture.Near(Golden["cscv.pbo"], pbo.Probability, 1e-12);
        Assert.Equal(Golden["cscv.loss"], pbo.ProbabilityOfLoss);
        Fixture.Near(Golden["cscv.slope"], pbo.DegradationSlope, 1e-9);
        Fixture.Near(Golden["cscv.logits"], pbo.Logits.Sum(), 1e-9);
    }

    [Fact]
    public void Pbo_IsAboutOneHalfForNoise_AndSmallForSkill()
    {
        double total = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            double[][] noise =
                [.. Enumerable.Range(900 + trial * 25, 25).Select(i => Fixture.Normals(400, (ulong)i))];
            total += BacktestOverfitting.Of(Named(noise), 10).Probability / 20;
        }

        Assert.InRange(total, .38, .62); // the standard error over 20 trials is about .05
        double[][] skill = [.. Enumerable.Range(0, 25).Select(
            i => Fixture.Normals(400, (ulong)(5000 + i)).Select(x => x + (i == 7 ? .4 : 0)).ToArray())];
        Assert.InRange(BacktestOverfitting.Of(Named(skill), 10).Probability, 0, .01);
    }

    [Fact]
    public void MaxT_AgreesWithMulttestOnGolub()
    {
        int[] groups = [.. Fixture.Column("golub.csv", "class").Select(c => (int)c)];
        double[][] genes = [.. Enumerable.Range(1, 100).Select(g => Fixture.Column("golub.csv", $"g{g}"))];
        const int permutations = 10_000;
        MaxT test = MaxT.TwoSample(genes, groups, permutations, seed: 6);
        int[] rows = [96, 68, 66, 23, 56, 11]; // multtest: mt.maxT(golub[1:100, ], golub.cl, B = 10000)
        double[] published = [.0007, .0033, .0101, .0146, .0262, .0398];
        Fixture.Near(-5.873073896, test.Statistics[95]);
        Fixture.Near(5.179460749, test.Statistics[67]);
        Fixture.Near(-4.674042095, test.Statistics[65]);
        for (int i = 0; i < rows.Length; i++)
        {
            double p = published[i], error = Math.Sqrt(2 * p * (1 - p) / permutations); // both sides are simulated
            Assert.InRange(test.Adjusted[rows[i] - 1], p - 4 * error, p + 4 * error);
        }
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        double[] a = [1, 2, 3, 5], b = [2, 1, 4, 3];
        Fixture.Says<ArgumentException>(() => ModelPerformance.OfReturns(["a"], [a, b]), "1 names for 2");
        Fixture.Says<ArgumentException>(() => ModelPerformance.OfReturns(["a", "a"], [a, b]), "'a'", "twice");
        Fixture.Says<ArgumentException>(() => ModelPerformance.OfReturns(["a", "b"], [a, [1, 2]]), "'b'", "2", "4");
        Fixture.Says<ArgumentException>(() => ModelPerformance.OfLosses(["a"], [[1, double.NaN]]), "NaN", "index 1");
        ModelPerformance two = ModelPerformance.OfReturns(["a", "b"], [a, b]);
        Fixture.Says<ArgumentException>(() => two.Against([1]), "1 values", "4");
        Fixture.Says<ArgumentException>(
            () => BootstrapMeans.Of(two, new StationaryBootstrap(9)), "block length is 9", "4 values");
        Fixture.Says<ArgumentException>(
            () => ModelConfidenceSet.Of(BootstrapMeans.Of(Named([a]), new StationaryBootstrap(2))),
            "1 model", "at least 2");
        Fixture.Says<ArgumentException>(
            () => SuperiorPredictiveAbility.Of(BootstrapMeans.Of(Named([a]).Against(a), new StationaryBootstrap(2))),
            "differs from the benchmark");
        Fixture.Says<ArgumentException>(() => BacktestOverfitting.Of(two, 3), "even");
        Fixture.Says<ArgumentException>(() => BacktestOverfitting.Of(two, 4), "4 periods", "at least 2");
        Fixture.Says<ArgumentException>(() => MaxT.TwoSample([a], [0, 1, 1, 2]), "2 at index 3");
        Fixture.Says<ArgumentException>(() => MaxT.TwoSample([a], [0, 1, 1, 1]), "1 subjects in group 0");
        Fixture.Says<ArgumentException>(
            () => RealityCheck.CriticalMean(BootstrapMeans.Of(two, new StationaryBootstrap(2)), 1e-6),
            "0.0001 or more");
    }

    private static ModelPerformance Named(double[][] series) =>
        ModelPerformance.OfReturns([.. series.Select((_, i) => $"m{i}")], series);

    /// <summary>The four series, and yesterday's sign times each; named x1 .. x8.</summary>
    private static ModelPerformance Eight()
    {
        double[][] r = LogReturns;
        double[][] x =
        [
            .. r.Select(s => s[1..]),
            .. r.Select(s => s.Skip(1).Zip(s, (today, yesterday) => Math.Sign(yesterday) * today).ToArray()),
        ];
        return ModelPerformance.OfReturns([.. Enumerable.Range(1, 8).Select(i => $"x{i}")], x);
    }

    private static BootstrapMeans AgainstFtse() =>
        Replay(ModelPerformance.OfReturns(Names[..3], LogReturns[..3]).Against(LogReturns[3]));

    /// <summary>Circular blocks of ten with the starts of the golden file's generator, drawn for 1,859 days and folded
    /// into fewer where there are fewer.</summary>
    private static BootstrapMeans Replay(ModelPerformance performance, int count = 1859)
    {
        const int block = 10, blocks = 186, days = 1859, replicates = 999;
        var starts = new int[replicates, blocks];
        uint state = 1;
        for (int r = 0; r < replicates; r++)
        {
            for (int b = 0; b < blocks; b++)
            {
                state = (1103515245 * state + 12345) & 0x7fffffff;
                starts[r, b] = (int)((ulong)state * days >> 31);
            }
        }

        return BootstrapMeans.Of(
            performance, new CircularBlockBootstrap(block), new BootstrapOptions { Replicates = replicates },
            (workspace, r) =>
            {
                workspace.Blocks = 0;
                for (int t = 0; t < count; t++) // day by day, as the folding may cut a block in two
                {
                    int day = (starts[r, t / block] + t % block) % days;
                    workspace.Starts[workspace.Blocks] = day >= count ? day - count : day;
                    workspace.Lengths[workspace.Blocks++] = 1;
                }
            });
    }

    private static Dictionary<string, double> ReadGolden() => File
        .ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", "multiple_testing.csv")).Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(
            cells => cells[0], cells => double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture));
}
