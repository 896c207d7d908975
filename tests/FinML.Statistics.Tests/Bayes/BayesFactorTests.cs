namespace FinML.Statistics.Tests;

public class BayesFactorTests
{
    private static readonly double[] Mpg =
    [
        21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4,
        33.9, 21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
    ];

    private static readonly double[] Weight =
    [
        2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2,
        1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78,
    ];

    [Fact]
    public void PosteriorProbability_IsBayes()
    {
        var factor = new BayesFactor { Log = Math.Log(3), Alternative = "a", Null = "b", Method = "m" };
        Assert.Equal(.75, factor.PosteriorProbability(), 1e-15);
        Assert.Equal(3.0 / 12, factor.PosteriorProbability(.1), 1e-15);
        Assert.Equal(1, (factor with { Log = 5000 }).PosteriorProbability());
        Assert.Equal(0, (factor with { Log = -5000 }).PosteriorProbability());
        Fixture.Says<ArgumentException>(() => factor.PosteriorProbability(1), "prior is 1");
    }

    [Theory]
    [InlineData(2, "barely noticeable evidence for H1")]
    [InlineData(5, "substantial evidence for H1")]
    [InlineData(12, "strong evidence for H1")]
    [InlineData(50, "very strong evidence for H1")]
    [InlineData(200, "decisive evidence for H1")]
    [InlineData(.009, "decisive evidence for H0")]
    [InlineData(.3, "substantial evidence for H0")]
    public void Jeffreys_HasWords(double value, string words) => Assert.Equal(
        words, new BayesFactor { Log = Math.Log(value), Alternative = "H1", Null = "H0", Method = "" }.InWords());

    [Fact]
    public void OtherScales_HaveTheirs()
    {
        Assert.Equal("positive", EvidenceScale.KassRaftery.Grade(Math.Log(19)).Words);
        Assert.Equal("very strong", EvidenceScale.KassRaftery.Grade(Math.Log(151)).Words);
        Assert.Equal("moderate", EvidenceScale.LeeWagenmakers.Grade(-Math.Log(4)).Words);
        Assert.Equal("extreme", EvidenceScale.LeeWagenmakers.Grade(1e6).Words);
        Fixture.Says<ArgumentException>(() => EvidenceScale.Jeffreys.Grade(double.NaN), "NaN");
    }

    [Fact]
    public void Against_IsTheRatio_OfOneNull()
    {
        BayesFactor big = RegressionBayesFactor.OfRSquared(.7, 40, 3);
        BayesFactor small = RegressionBayesFactor.OfRSquared(.6, 40, 1);
        Assert.Equal(big.Log - small.Log, big.Against(small).Log, 1e-14);
        Assert.Equal(small.Alternative, big.Against(small).Null);
        Fixture.Says<ArgumentException>(
            () => big.Against(JzsTTest.OfStatistic(2, 9).BayesFactor), "intercept only", "delta = 0");
    }

    // R 4.2: BIC(lm(mpg ~ wt, mtcars)), BIC(lm(mpg ~ wt + hp, mtcars)).
    [Fact]
    public void Bic_AgreesWithR()
    {
        LinearRegression fit = LinearRegression.Fit(Mpg, DesignMatrix.Of(("wt", Weight)).WithIntercept());
        BayesianInformationCriterion one = BayesianInformationCriterion.OfRegression(fit.ResidualSumOfSquares, 2, 32);
        Assert.Equal(170.4266367, one.Value, 1e-6);
        BayesianInformationCriterion two = BayesianInformationCriterion.Of(
            -.5 * (162.5152824 - 4 * Math.Log(32)), 4, 32);
        Assert.Equal(162.5152824, two.Value, 1e-9);
        Assert.Equal((170.4266367 - 162.5152824) / 2, two.Against(one).Log, 1e-6);
    }

    [Fact]
    public void Bic_BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => BayesianInformationCriterion.OfRegression(0, 2, 32), "is 0", "above 0");
        Fixture.Says<ArgumentException>(() => BayesianInformationCriterion.OfRegression(1, 5, 5), "count is 5");
        Fixture.Says<ArgumentException>(
            () => BayesianInformationCriterion.Of(double.NaN, 2, 32), "logLikelihood is NaN");
        Fixture.Says<ArgumentException>(
            () => BayesianInformationCriterion.Of(1, 2, 9).Against(BayesianInformationCriterion.Of(1, 2, 8)),
            "9 observations", "8", "same data");
    }

    /// <summary>The integral of a sum of two normal densities a thousand scales apart, of any height.</summary>
    [Fact]
    public void LogIntegral_FindsPeaksThatPanelsAreAskedFor()
    {
        static double Log(double x) => 5000 + Math.Log(
            Math.Exp(-.5 * x * x) + Math.Exp(-.5 * Math.Pow((x - 100) / .01, 2)) + 1e-300);
        LogIntegral integral = LogIntegral.Over(Log, Panels.Around(-50, 150, (0, 1), (100, .01)));
        Assert.Equal(5000 + Math.Log(1.01 * Math.Sqrt(2 * Math.PI)), integral.Value, 1e-11);
        Assert.Equal(0, integral.Quantile(.5 / 1.01), 1e-9);
        Assert.Equal(100, integral.Quantile((1 + .005) / 1.01), 1e-9);
    }
}
