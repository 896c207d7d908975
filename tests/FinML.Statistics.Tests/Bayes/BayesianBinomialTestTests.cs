using MathNet.Numerics.Distributions;

namespace FinML.Statistics.Tests;

public class BayesianBinomialTestTests
{
    // pingouin, tests/test_bayesian.py, from pcl.missouri.edu/bf-binomial.
    [Theory]
    [InlineData(16, 20, .5, 1, 1, .09703159)]
    [InlineData(16, 20, .8, 1, 1, 4.582187)]
    [InlineData(14, 20, .5, 6, 4, .37901)]
    [InlineData(100, 1000, .1, 1, 1, 42.05881)]
    public void TwoSided_AgreesWithPingouin(int k, int n, double p0, double a, double b, double null0) =>
        Fixture.Near(null0, BayesianBinomialTest.Of(k, n, p0, new(a, b)).BayesFactor.OfNull, 1e-5);

    /// <summary>With a uniform prior every number of successes has probability 1 / (n + 1).</summary>
    [Fact]
    public void UniformPrior_HasItsClosedForm() => Fixture.Near(
        1.0 / 21 / (4845 * Math.Pow(.5, 20)), BayesianBinomialTest.Of(16, 20).BayesFactor.Value, 1e-12);

    [Theory]
    [InlineData(16, 20, .5, 1, 1)]
    [InlineData(3, 40, .2, .5, .5)]
    [InlineData(0, 7, .3, 2, 5)]
    public void OneSided_IsTheShareOfPosteriorOverThatOfPrior(int k, int n, double p0, double a, double b)
    {
        var prior = new BetaPrior(a, b);
        double two = BayesianBinomialTest.Of(k, n, p0, prior).BayesFactor.Value;
        double above = (1 - Beta.CDF(a + k, b + n - k, p0)) / (1 - Beta.CDF(a, b, p0));
        double below = Beta.CDF(a + k, b + n - k, p0) / Beta.CDF(a, b, p0);
        BayesFactor greater = BayesianBinomialTest.Of(k, n, p0, prior, Alternative.Greater).BayesFactor;
        BayesFactor less = BayesianBinomialTest.Of(k, n, p0, prior, Alternative.Less).BayesFactor;
        Fixture.Near(two * above, greater.Value, 1e-9);
        Fixture.Near(two * below, less.Value, 1e-9);
    }

    [Fact]
    public void FarTail_IsANumber()
    {
        BayesFactor factor = BayesianBinomialTest.Of(90_000, 100_000, alternative: Alternative.Less).BayesFactor;
        // Only the neighbourhood of 1/2 fits: its likelihood falls as exp(-40,000 (logit of p)), dp = d logit / 4.
        Assert.Equal(Math.Log(2 / (4 * 40_000.0)), factor.Log, .01);
    }

    [Theory]
    [InlineData(16, 20, 1, 1)]
    [InlineData(0, 5, .5, .5)]
    [InlineData(520, 1000, 3, 3)]
    public void Posterior_IsBeta(int k, int n, double a, double b)
    {
        CredibleInterval interval = BayesianBinomialTest.Of(k, n, .5, new(a, b)).ProbabilityInterval(.9);
        Assert.Equal(.5, Beta.CDF(a + k, b + n - k, interval.Median), 1e-9);
        Assert.Equal(.05, Beta.CDF(a + k, b + n - k, interval.Lower), 1e-9);
        Assert.Equal(.95, Beta.CDF(a + k, b + n - k, interval.Upper), 1e-9);
        CredibleInterval half =
            BayesianBinomialTest.Of(k, n, .5, new(a, b), Alternative.Greater).ProbabilityInterval(.9);
        Assert.True(half.Lower > .5);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => BayesianBinomialTest.Of(5, 4), "successes is 5", "from 0 to 4");
        Fixture.Says<ArgumentException>(() => BayesianBinomialTest.Of(0, 0), "trials is 0", "1 or more");
        Fixture.Says<ArgumentException>(() => BayesianBinomialTest.Of(1, 4, 1), "nullProbability is 1");
        Fixture.Says<ArgumentException>(() => new BetaPrior(1, double.NaN), "b is NaN");
    }
}
