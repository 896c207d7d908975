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

    [Fact]
    public void FixedPerUnitAndTieredCommissionsByHand()
    {
        var costs = new CostModel
        {
            CommissionPerFill = 1.5,
            CommissionPerUnit = 0.01,
            CommissionBasisPoints = 10,
            CommissionTiers = [new(1_000, 5), new(10_000, 2)],
        };
        Assert.False(costs.Validate().IsProportional);
        Assert.Equal(1.5 + 0.05 + 0.5, costs.Commission(5, 100), 12);
        Assert.Equal(1.5 + 0.5 + 1 + 4_000 * 5e-4, costs.Commission(-50, 100), 12);
        Assert.Equal(1.5 + 2 + 1 + 9_000 * 5e-4 + 10_000 * 2e-4, costs.Commission(200, 100), 12);
        Assert.Equal(0, costs.Commission(0, 100));
        Assert.Contains("has to be above 1000", Assert.Throws<ArgumentException>(() => new CostModel
        {
            CommissionTiers = [new(1_000, 5), new(1_000, 4)],
        }.Validate()).Message);
    }

    [Fact]
    public void ImpactIsTheSquareAndTheRootOfTheShareOfVolume()
    {
        var costs = new CostModel { SlippageBasisPoints = 2, VolumeShareImpact = 0.1, SquareRootImpact = 0.8 };
        var liquidity = new Liquidity(10_000, 0.02);
        double slip = 2e-4 + 0.1 * 0.04 * 0.04 + 0.8 * 0.02 * 0.2;
        Assert.Equal(50 * (1 + slip), costs.FillPrice(50, 400, liquidity), 12);
        Assert.Equal(50 * (1 - slip), costs.FillPrice(50, -400, liquidity), 12);
        Assert.Equal(400 * 50 * slip, costs.Execute(0, -400, 50, liquidity).Slippage, 9);
        Assert.Contains("positive volume",
            Assert.Throws<ArgumentException>(() => costs.FillPrice(50, 1, Liquidity.Unknown)).Message);
        Assert.Contains("volatility of 0 or more; it is NaN",
            Assert.Throws<ArgumentException>(() => costs.FillPrice(50, 1, new Liquidity(5, double.NaN))).Message);
        Assert.Contains("limit its share",
            Assert.Throws<ArgumentException>(() => costs.FillPrice(50, -1e6, liquidity)).Message);
    }

    [Fact]
    public void Times_a_factor_every_cost_is_that_much_and_cash_earns_the_same()
    {
        var costs = new CostModel
        {
            CommissionBasisPoints = 3,
            CommissionPerFill = 2,
            CommissionPerUnit = 0.01,
            SlippageBasisPoints = 5,
            BorrowBasisPointsPerYear = 40,
            FinancingBasisPointsPerYear = 60,
            CashBasisPointsPerYear = 7,
            CommissionTiers = [new CommissionTier(1_000, 2)],
        };

        CostModel twice = costs.Times(2);

        Assert.Equal(2 * costs.Commission(30, 50), twice.Commission(30, 50), 12);
        Assert.Equal(2 * (costs.FillPrice(50, 1) - 50), twice.FillPrice(50, 1) - 50, 12);
        Assert.Equal(2 * costs.Borrow(100, 0.5), twice.Borrow(100, 0.5), 12);
        Assert.Equal(2 * costs.Financing(-100, 0.5), twice.Financing(-100, 0.5), 12);
        Assert.Equal(costs.Financing(100, 0.5), twice.Financing(100, 0.5), 12);
        Assert.True((costs with { CashBasisPointsPerYear = 0, CommissionTiers = [] }).Times(0).IsFree);
        Assert.Throws<ArgumentOutOfRangeException>(() => costs.Times(-1));
        Assert.Contains("CommissionBasisPoints", Assert.ThrowsAny<ArgumentException>(() => costs.Times(1_000)).Message);
    }
}
