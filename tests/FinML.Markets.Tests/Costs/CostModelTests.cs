namespace FinML.Markets.Tests.Costs;

public sealed class CostModelTests
{
    [Fact]
    public void CostsAreOnByDefault()
    {
        var costs = new CostModel();
        Assert.False(costs.IsFree);
        Assert.Equal(100.02, costs.FillPrice(100, 3), 12);
        Assert.Equal(99.98, costs.FillPrice(100, -3), 12);
        Assert.Equal(3 * 100.02 * 1e-4, costs.Commission(-3, 100.02), 12);
        Assert.Equal(1_000 * 0.005 / 252, costs.Borrow(-1_000, 1.0 / 252), 12);
    }

    [Fact]
    public void FreeCostsNothing()
    {
        Assert.True(CostModel.Free.IsFree);
        Assert.Equal(100, CostModel.Free.FillPrice(100, 3));
        Assert.Equal(0, CostModel.Free.TradeCostRate(buys: true));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_001)]
    [InlineData(double.NaN)]
    public void RefusesRatesOutOfRange(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            new CostModel { SlippageBasisPoints = rate }.Validate());
        Assert.Contains($"SlippageBasisPoints has to be from 0 to 1000; it is {rate}", error.Message);
    }
}
