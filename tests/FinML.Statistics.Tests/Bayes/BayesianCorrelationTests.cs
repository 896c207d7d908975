using MathNet.Numerics;

namespace FinML.Statistics.Tests;

public class BayesianCorrelationTests
{
    // pingouin, tests/test_bayesian.py: JASP's analytical solution, kappa = 1.
    [Theory]
    [InlineData(.1, 83, Alternative.TwoSided, .204)]
    [InlineData(-.1, 83, Alternative.TwoSided, .204)]
    [InlineData(.1, 83, Alternative.Greater, .332)]
    [InlineData(.1, 83, Alternative.Less, .076)]
    public void Ly_AgreesWithJasp(double r, int count, Alternative alternative, double expected) => Assert.Equal(
        expected, BayesianCorrelation.OfStatistic(r, count, alternative: alternative).BayesFactor.Value, 1e-3);

    [Theory]
    [InlineData("0.1", 83, "1.0", 1)]
    [InlineData("0.6", 20, "1.0", 1)]
    [InlineData("-0.3", 50, "0.3333", 1.0 / 3)]
    [InlineData("0.95", 40, "2.0", 2)]
    [InlineData("0.999", 4, "0.5", .5)]
    public void Ly_AgreesWithMpmath(string r, int count, string kappaText, double kappa)
    {
        double value = double.Parse(r, System.Globalization.CultureInfo.InvariantCulture);
        var prior = new CorrelationPrior(kappa);
        BayesFactor two = BayesianCorrelation.OfStatistic(value, count, prior).BayesFactor;
        Assert.Equal(Posterior($"log BF10 r={r} n={count} kappa={kappaText}"), two.Log, 1e-9);
        BayesFactor one = BayesianCorrelation.OfStatistic(value, count, prior, Alternative.Greater).BayesFactor;
        Assert.Equal(Posterior($"log BF+0 r={r} n={count} kappa={kappaText}"), one.Log, 1e-9);
    }

    /// <summary>Ly et al. (2016), equation 25, with Euler's transformation of the hypergeometric function.</summary>
    [Theory]
    [InlineData(.3, 500, .5)]
    [InlineData(-.05, 100_000, 1)]
    [InlineData(.9, 2_000, 1)]
    [InlineData(0, 3, 1.5)]
    public void Ly_HasItsClosedForm(double r, int count, double kappa)
    {
        double b = (count - 1) / 2.0, c = (2 + count * kappa) / (2 * kappa), sum = 1, term = 1;
        for (int k = 0; term > 1e-18 * sum; k++)
        {
            term *= (c - b + k) * (c - b + k) / ((c + k) * (k + 1)) * r * r;
            sum += term;
        }

        double log = (kappa - 2) / kappa * Math.Log(2) + .5 * Math.Log(Math.PI)
            - SpecialFunctions.BetaLn(1 / kappa, 1 / kappa)
            + SpecialFunctions.GammaLn((2 + (count - 1) * kappa) / (2 * kappa)) - SpecialFunctions.GammaLn(c)
            + (c - 2 * b) * Math.Log(1 - r * r) + Math.Log(sum);
        Assert.Equal(log, BayesianCorrelation.OfStatistic(r, count, new(kappa)).BayesFactor.Log, 1e-8);
    }

    [Fact]
    public void BayesFactorPackage_Agrees()
    {
        double wt = Fixture.Golden("bayes.csv", "r.mpg.wt"), qsec = Fixture.Golden("bayes.csv", "r.mpg.qsec");
        Near("bayesfactor.cor.mpg.wt", BayesianCorrelation.OfStatistic(wt, 32, CorrelationPrior.Medium), 1e-9);
        Near("bayesfactor.cor.mpg.qsec", BayesianCorrelation.OfStatistic(qsec, 32), 1e-9);
        // Its halves are approximate: they average to 3.3412 where the whole is 3.3434. Ours do average to it.
        BayesianCorrelation greater = BayesianCorrelation.OfStatistic(qsec, 32, alternative: Alternative.Greater);
        BayesianCorrelation less = BayesianCorrelation.OfStatistic(qsec, 32, alternative: Alternative.Less);
        Near("bayesfactor.cor.mpg.qsec.greater", greater, 1e-3);
        Near("bayesfactor.cor.mpg.qsec.less", less, 1e-3);
        Fixture.Near(3.343442614135733, 0.5 * (greater.BayesFactor.Value + less.BayesFactor.Value), 1e-9);

        static void Near(string name, BayesianCorrelation test, double tolerance) =>
            Fixture.Near(Fixture.Golden("bayes.csv", name), test.BayesFactor.Value, tolerance);
    }

    // pingouin: Wetzels and Wagenmakers through BayesFactor's linearReg.R2stat.
    [Theory]
    [InlineData(.6, 20, 8.221)]
    [InlineData(-.6, 20, 8.221)]
    [InlineData(.6, 10, 1.278)]
    public void Wetzels_AgreesWithBayesFactor(double r, int count, double expected) =>
        Assert.Equal(expected, BayesianCorrelation.WetzelsWagenmakers(r, count).Value, 1e-3);

    // pingouin's issue 427: by cancellation BF+0 came out as 976 where it is near 0.
    [Fact]
    public void StrongCorrelationOfTheOtherSign_IsEvidenceAgainst()
    {
        BayesFactor two = BayesianCorrelation.OfStatistic(-.856, 64).BayesFactor;
        BayesFactor greater = BayesianCorrelation.OfStatistic(-.856, 64, alternative: Alternative.Greater).BayesFactor;
        BayesFactor less = BayesianCorrelation.OfStatistic(-.856, 64, alternative: Alternative.Less).BayesFactor;
        Assert.InRange(greater.Value, 0, .05);
        Assert.Equal(two.Log + Math.Log(2), less.Log, 1e-9);
        Assert.True(double.IsFinite(BayesianCorrelation.OfStatistic(
            .99, 100_000, alternative: Alternative.Less).BayesFactor.Log));
    }

    [Theory]
    [InlineData(.999999999999999, 3)]
    [InlineData(-.999999999999999, 1_000_000)]
    [InlineData(1e-300, 1_000_000)]
    public void ExtremeInput_GivesNumbers(double r, int count)
    {
        foreach (Alternative alternative in Enum.GetValues<Alternative>())
        {
            BayesianCorrelation test = BayesianCorrelation.OfStatistic(r, count, alternative: alternative);
            CredibleInterval interval = test.CorrelationInterval();
            Assert.True(double.IsFinite(test.BayesFactor.Log), $"{alternative}: {test.BayesFactor}");
            Assert.InRange(interval.Median, interval.Lower, interval.Upper);
        }
    }

    [Theory]
    [InlineData("rho r=.4 n=20 kappa=1", .4, 20, 1, Alternative.TwoSided)]
    [InlineData("rho r=-.9 n=6 kappa=.5", -.9, 6, .5, Alternative.TwoSided)]
    [InlineData("rho r=.1 n=83 kappa=1 greater", .1, 83, 1, Alternative.Greater)]
    public void Posterior_AgreesWithMpmath(string name, double r, int count, double kappa, Alternative alternative)
    {
        CredibleInterval interval =
            BayesianCorrelation.OfStatistic(r, count, new(kappa), alternative).CorrelationInterval();
        Assert.Equal(Posterior($"{name} 0.5"), interval.Median, 1e-10);
        Assert.Equal(Posterior($"{name} 0.025"), interval.Lower, 1e-10);
        Assert.Equal(Posterior($"{name} 0.975"), interval.Upper, 1e-10);
    }

    [Fact]
    public void Pairs_AreReducedToTheirCorrelation()
    {
        double[] x = Fixture.Normals(50, 1), noise = Fixture.Normals(50, 2);
        double[] y = [.. x.Zip(noise, (a, b) => 3 - 2 * a + b)];
        BayesianCorrelation test = BayesianCorrelation.Of(x, y);
        Assert.Equal(MathNet.Numerics.Statistics.Correlation.Pearson(x, y), test.Correlation, 1e-12);
        Assert.True(test.CorrelationInterval().Contains(-2 / Math.Sqrt(5)));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.Of([1, 2], [1, 2]), "2 values", "at least 3");
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.Of([1, 2, 3], [1, 2]), "aligned");
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.Of([1, 2, 3], [4, 4, 4]), "y is constant at 4");
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.Of([1, 2, 3], [2, 4, 6]), "correlation is 1");
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.OfStatistic(double.NaN, 9), "correlation is NaN");
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.OfStatistic(.5, 2), "count is 2", "3 or more");
        Fixture.Says<ArgumentException>(() => new CorrelationPrior(-1), "kappa is -1");
        Fixture.Says<ArgumentException>(() => BayesianCorrelation.WetzelsWagenmakers(-1, 9), "correlation is -1");
    }

    private static double Posterior(string name) => Fixture.Golden("bayes_posteriors.csv", name);
}
