namespace FinML.Data.Tests.Random;

public sealed class NormalDistributionTests
{
    /// <summary>R 4: options(digits = 17); qnorm(p).</summary>
    [Theory]
    [InlineData(1e-300, -37.047096299361201)]
    [InlineData(1e-20, -9.2623400897984052)]
    [InlineData(1e-10, -6.3613409024040557)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(0.075, -1.4395314709384557)]
    [InlineData(0.3, -0.52440051270804067)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.2815515655446008)]
    [InlineData(0.999999, 4.7534243088170891)]
    public void Quantiles_agree_with_R(double p, double z) =>
        Assert.Equal(z, NormalDistribution.Quantile(p), 1e-14 * Math.Max(1, Math.Abs(z)));

    /// <summary>R 4: options(digits = 17); pnorm(z).</summary>
    [Theory]
    [InlineData(-30, 4.9067139271481872e-198)]
    [InlineData(-10, 7.6198530241605269e-24)]
    [InlineData(-7.2, 3.0106279811174334e-13)]
    [InlineData(-5, 2.8665157187919391e-07)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.69146246127401301)]
    [InlineData(3, 0.9986501019683699)]
    public void Probabilities_agree_with_R(double z, double p) =>
        Assert.Equal(p, NormalDistribution.Cdf(z), 1e-15);

    [Fact]
    public void A_probability_outside_its_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalDistribution.Quantile(double.NaN));
    }
}
