namespace FinML.Statistics.Tests;

public class JzsTTestTests
{
    private static readonly double[] SleepFirst = [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2];
    private static readonly double[] SleepSecond = [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    // Rouder et al. (2009) print 1.56 and 1.02 for the first two; R, integrate at 1e-13.
    [Theory]
    [InlineData(2.03, 80, 1, 1.55744684407)]
    [InlineData(2.24, 80, 1, 1.02429933485)]
    [InlineData(0, 10, 1, 4.30429109492)]
    [InlineData(5, 100, 1, 1 / 4932.54112942)]
    [InlineData(2.03, 80, .70710678118654752, 1 / .861185125274)]
    [InlineData(3.5, 20, .70710678118654752, 1 / 17.1846157196)]
    public void OneSample_AgreesWithRouderEtAl(double t, int count, double scale, double null0) =>
        Fixture.Near(null0, JzsTTest.OfStatistic(t, count, new EffectSizePrior(scale)).BayesFactor.OfNull, 1e-10);

    [Theory]
    [InlineData("jzs.t2.03.n80.r1", 2.03, 80, 1)]
    [InlineData("jzs.t-8.n12.r.7071", -8, 12, .70710678118654752)]
    [InlineData("jzs.t0.5.n2.r2", .5, 2, 2)]
    [InlineData("jzs.t1.n100000", 1, 100_000, .70710678118654752)]
    [InlineData("jzs.t30.n1000", 30, 1000, .70710678118654752)]
    public void OneSample_AgreesWithR(string name, double t, int count, double scale)
    {
        BayesFactor factor = JzsTTest.OfStatistic(t, count, new EffectSizePrior(scale)).BayesFactor;
        Assert.Equal(Golden(name), factor.Log, 1e-10);
        Assert.InRange(factor.RelativeError, 0, 1e-9);
    }

    [Fact]
    public void TwoSample_AgreesWithR()
    {
        Assert.Equal(
            Golden("jzs.t3.5.n20.n20"), JzsTTest.OfStatistic(3.5, 20, 20).BayesFactor.Log, 1e-10);
        Fixture.Near(
            Golden("bayesfactor.sleep.two"), JzsTTest.TwoSample(SleepFirst, SleepSecond).BayesFactor.Value, 1e-6);
    }

    [Fact]
    public void Sleep_AgreesWithBayesFactor()
    {
        JzsTTest two = JzsTTest.Paired(SleepFirst, SleepSecond);
        Fixture.Near(-4.062127683382, two.Statistic, 1e-12);
        Fixture.Near(17.2588802678, two.BayesFactor.Value, 1e-10);
        BayesFactor less = JzsTTest.Paired(SleepFirst, SleepSecond, alternative: Alternative.Less).BayesFactor;
        BayesFactor greater = JzsTTest.Paired(SleepFirst, SleepSecond, alternative: Alternative.Greater).BayesFactor;
        Fixture.Near(Golden("bayesfactor.sleep.less"), less.Value, 1e-8);
        Fixture.Near(Golden("bayesfactor.sleep.greater"), greater.Value, 1e-6);
        Fixture.Near(Posterior("BF-0 of sleep"), less.Value, 1e-10); // BayesFactor's posterior mass is good to 1e-9
        Fixture.Near(Posterior("BF+0 of sleep"), greater.Value, 1e-10);
        // The halves of the prior average to the whole.
        Fixture.Near(two.BayesFactor.Value, 0.5 * (less.Value + greater.Value), 1e-12);
    }

    [Theory]
    [InlineData("delta t=2.03 n=80 r=1", 2.03, 80, 0, 1, Alternative.TwoSided)]
    [InlineData("delta t=-3 n=10 r=.7071 less", -3, 10, 0, .70710678118654752, Alternative.Less)]
    [InlineData("delta t=3.5 n=20+20 r=.7071", 3.5, 20, 20, .70710678118654752, Alternative.TwoSided)]
    public void Posterior_AgreesWithMpmath(
        string name, double t, int n1, int n2, double scale, Alternative alternative)
    {
        var prior = new EffectSizePrior(scale);
        JzsTTest test = n2 == 0
            ? JzsTTest.OfStatistic(t, n1, prior, alternative)
            : JzsTTest.OfStatistic(t, n1, n2, prior, alternative);
        CredibleInterval interval = test.EffectSizeInterval();
        Assert.Equal(Posterior($"{name} 0.5"), interval.Median, 1e-10);
        Assert.Equal(Posterior($"{name} 0.025"), interval.Lower, 1e-10);
        Assert.Equal(Posterior($"{name} 0.975"), interval.Upper, 1e-10);
    }

    /// <summary>BF10 is also the mean over the prior of the likelihood ratio of delta to 0: another integral, over
    /// delta instead of g.</summary>
    [Theory]
    [InlineData(2.03, 80, 1)]
    [InlineData(-8, 12, .5)]
    [InlineData(0, 3, 1.4)]
    [InlineData(40, 20_000, .7)]
    [InlineData(1.5, 2, .001)]
    public void MixtureOverG_IsCauchyOverDelta(double t, int count, double scale)
    {
        LogIntegral density = EffectSizeDensity.Integrate(t, count - 1, count, scale, Alternative.TwoSided);
        double log = density.Value - Math.Log(Math.PI * scale);
        Assert.Equal(JzsTTest.OfStatistic(t, count, new EffectSizePrior(scale)).BayesFactor.Log, log, 1e-9);
    }

    [Fact]
    public void OverwhelmingEvidence_IsANumber()
    {
        BayesFactor factor = JzsTTest.OfStatistic(500, 1_000_000).BayesFactor;
        Assert.True(double.IsPositiveInfinity(factor.Value));
        Assert.InRange(factor.Log, 1e5, 1.25e5); // n / 2 log(1 + t^2 / n) = 111,572 less a prior of a few units
        BayesFactor wrongSide = JzsTTest.OfStatistic(50, 10_000, alternative: Alternative.Less).BayesFactor;
        // Far on the wrong side only the neighbourhood of 0 fits: the likelihood there is exp(-d sqrt(n) t) or so,
        // whose mean over a half-Cauchy is 2 / (pi r sqrt(n) t).
        Assert.Equal(Math.Log(2 / (Math.PI * Math.Sqrt(.5) * 100 * 50 / Math.Sqrt(1.25))), wrongSide.Log, .02);
        Assert.InRange(factor.RelativeError, 0, 1e-8);
    }

    [Theory]
    [InlineData(1e100, 2, 1e-6)]
    [InlineData(-1e100, 1_000_000, 1e6)]
    [InlineData(1e-200, 1_000_000_000, 1)]
    [InlineData(12, 5, 1e-9)]
    public void ExtremeInput_GivesNumbers(double t, int count, double scale)
    {
        foreach (Alternative alternative in Enum.GetValues<Alternative>())
        {
            JzsTTest test = JzsTTest.OfStatistic(t, count, new EffectSizePrior(scale), alternative);
            CredibleInterval interval = test.EffectSizeInterval();
            Assert.True(double.IsFinite(test.BayesFactor.Log), $"{alternative}: {test.BayesFactor}");
            Assert.InRange(interval.Median, interval.Lower, interval.Upper);
            Assert.True(interval.Lower < interval.Upper, $"{alternative}: {interval}");
        }
    }

    /// <summary>Under the null BF10 falls as n^(-1/2): its logarithm by half of log 100 from n to 100 n.</summary>
    [Fact]
    public void UnderTheNull_EvidenceGrowsAsTheRootOfTheNumber()
    {
        double small = JzsTTest.OfStatistic(0, 10_000).BayesFactor.Log;
        double large = JzsTTest.OfStatistic(0, 1_000_000).BayesFactor.Log;
        Assert.Equal(-Math.Log(10), large - small, 1e-3);
    }

    [Fact]
    public void Sensitivity_ShowsWhatPriorsSay()
    {
        PriorSensitivity series = PriorSensitivity.Of(
            .05, 2, 20, scale => JzsTTest.OfStatistic(2.5, 40, new EffectSizePrior(scale)).BayesFactor);
        Assert.Equal(20, series.Points.Count);
        Assert.Equal(.05, series.Points[0].Scale);
        Assert.Equal(2, series.Points[^1].Scale, 1e-12);
        Assert.Equal(
            JzsTTest.OfStatistic(2.5, 40, new EffectSizePrior(2)).BayesFactor.Log,
            series.Points[^1].LogBayesFactor,
            1e-9);
        Assert.InRange(series.Strongest.Scale, .2, .8); // about the effect size, .4
        Assert.True(series.IsUnanimous);
        Assert.False(PriorSensitivity.Of(
            .05, 2, 20, scale => JzsTTest.OfStatistic(1.9, 40, new EffectSizePrior(scale)).BayesFactor).IsUnanimous);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => JzsTTest.OneSample([1]), "1 value", "at least 2");
        Fixture.Says<ArgumentException>(() => JzsTTest.OneSample([1, double.NaN, 2]), "NaN at index 1");
        Fixture.Says<ArgumentException>(() => JzsTTest.OneSample([2, 2, 2]), "constant at 2 over 3 values");
        Fixture.Says<ArgumentException>(() => JzsTTest.Paired([1, 2], [1, 2, 3]), "2 values", "has 3", "aligned");
        Fixture.Says<ArgumentException>(() => JzsTTest.Paired([1, 2, 3], [0, 1, 2]), "first - second is constant at 1");
        Fixture.Says<ArgumentException>(() => JzsTTest.TwoSample([1, 1], [2, 2]), "constant");
        Fixture.Says<ArgumentException>(
            () => JzsTTest.OfStatistic(double.PositiveInfinity, 10), "t is Infinity", "finite");
        Fixture.Says<ArgumentException>(() => JzsTTest.OfStatistic(-1e101, 10), "t is -1E+101", "1e100");
        Fixture.Says<ArgumentException>(() => JzsTTest.OfStatistic(2, 1), "count is 1", "2 or more");
        Fixture.Says<ArgumentException>(() => JzsTTest.OfStatistic(2, 1, 1), "secondCount is 1", "2 or more");
        Fixture.Says<ArgumentException>(() => new EffectSizePrior(0), "scale is 0", "above 0");
        Fixture.Says<ArgumentException>(() => JzsTTest.OfStatistic(2, 9).EffectSizeInterval(1), "level is 1");
        Fixture.Says<ArgumentException>(
            () => PriorSensitivity.Of(1, .5, 9, _ => JzsTTest.OfStatistic(2, 9).BayesFactor), "from 1 to 0.5");
    }

    private static double Golden(string name) => Fixture.Golden("bayes.csv", name);

    private static double Posterior(string name) => Fixture.Golden("bayes_posteriors.csv", name);
}
