namespace FinML.Statistics.Tests;

public class QuantileTests
{
    // R 4.2: quantile(Nile, p, type = 7).
    [Theory]
    [InlineData(0.05, 697.8)]
    [InlineData(0.33, 828.69)]
    [InlineData(0.95, 1210.5)]
    [InlineData(0, 456)]
    [InlineData(1, 1370)]
    public void Nile_MatchesR(double probability, double expected) =>
        Assert.Equal(expected, Quantile.Type7(Fixture.Nile, probability), 1e-10);

    [Fact]
    public void Range_IsSaid()
    {
        Fixture.Says<ArgumentOutOfRangeException>(
            () => Quantile.Type7([1, 2], 1.5), "probability is 1.5", "from 0 to 1");
        Fixture.Says<ArgumentOutOfRangeException>(() => Quantile.Type7([1, 2], double.NaN), "NaN");
    }

    // Abramowitz and Stegun: Phi(1.96), Phi^-1(.975); the tail at 10 is 7.619853024160526e-24.
    [Fact]
    public void Normal_MatchesTables()
    {
        Fixture.Near(0.9750021048517795, StandardNormal.Cdf(1.96), 1e-14);
        Fixture.Near(1.959963984540054, StandardNormal.Quantile(0.975), 1e-13);
        Fixture.Near(7.619853024160526e-24, StandardNormal.UpperTail(10), 1e-11);
        Fixture.Near(0.3989422804014327, StandardNormal.Density(0), 1e-15);
        Fixture.Says<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(1), "probability is 1");
    }
}
