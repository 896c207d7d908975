using FinML.Data;

namespace FinML.Markets.Tests.Accounts;

public sealed class PortfolioTests
{
    private static readonly CostModel Costly = new()
    {
        CommissionBasisPoints = 10,
        SlippageBasisPoints = 20,
        BorrowBasisPointsPerYear = 300,
    };

    [Fact]
    public void ARoundTripByHand()
    {
        var portfolio = new Portfolio(1_000);
        Fill bought = portfolio.Trade(0, 5, 100, Costly);
        Assert.Equal(100.2, bought.Price, 12);
        Assert.Equal(0.501, bought.Commission, 12);
        Assert.Equal(1, bought.Slippage, 12);
        Assert.Equal(1_000 - 501 - 0.501, portfolio.Cash, 10);
        portfolio.MarkToMarket(0, 110);
        Assert.Equal(1_000 - 501.501 + 550, portfolio.Equity, 10);
        portfolio.Trade(0, -5, 110, Costly);
        Assert.Equal(0, portfolio.Quantity(0));
        Assert.Equal(1_000 - 501.501 + 5 * 110 * 0.998 * 0.999, portfolio.Cash, 10);
        Assert.Equal(portfolio.Cash, portfolio.Equity);
    }

    /// <summary>Random orders, marks, dividends, splits and borrow on three assets, 200 x 60 events.</summary>
    [Fact]
    public void EquityIsInitialCashPlusGainsLessCostsAfterEveryEvent() =>
        FsCheck.Fluent.Prop.ForAll(FsCheck.Fluent.ArbMap.Default.ArbFor<int>(), seed => DriveAtRandom((ulong)seed))
            .QuickCheckThrowOnFailureWith();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0.3)]
    [InlineData(-0.6)]
    public void TradeToWeightHitsTheWeightAfterItsOwnCosts(double weight)
    {
        foreach (double from in new[] { -0.9, 0, 0.5, 1 })
        {
            var portfolio = new Portfolio(10);
            portfolio.TradeToWeight(0, from, 50, Costly);
            portfolio.TradeToWeight(0, weight, 50, Costly);
            Assert.Equal(weight, portfolio.Weight(0), 12);
        }
    }

    [Fact]
    public void TheSameWeightAgainTradesNothing()
    {
        var portfolio = new Portfolio(10);
        portfolio.TradeToWeight(0, 1, 50, Costly);
        Assert.InRange(Math.Abs(portfolio.TradeToWeight(0, 1, 50, Costly).Quantity), 0, 1e-15);
    }

    [Fact]
    public void RefusesWhatItCannotPayAndChangesNothing()
    {
        var portfolio = new Portfolio(1_000);
        var error = Assert.Throws<InsufficientFundsException>(() => portfolio.Trade(0, 10, 100, Costly));
        Assert.Contains("gross exposure of 1000 on an equity of 996.99", error.Message);
        Assert.Equal(1_000, portfolio.Cash);
        Assert.Equal(0, portfolio.Quantity(0));
        Assert.False(portfolio.TryTrade(0, -10.01, 100, CostModel.Free, out _));
        Assert.True(portfolio.TryTrade(0, 10, 100, CostModel.Free, out _));
        Assert.Equal(0, portfolio.Cash);
    }

    [Fact]
    public void APositionBeyondTheLimitMayOnlyBeReduced()
    {
        var portfolio = new Portfolio(1_000);
        portfolio.Trade(0, -10, 100, CostModel.Free);
        portfolio.MarkToMarket(0, 150); // short 1,500 on an equity of 500
        Assert.Equal(500, portfolio.Equity, 10);
        Assert.False(portfolio.TryTrade(0, -1, 150, CostModel.Free, out _));
        Assert.True(portfolio.TryTrade(0, 1, 150, CostModel.Free, out _));
        Assert.False(portfolio.TryTrade(0, 15, 150, CostModel.Free, out _)); // through zero into a new position
    }

    [Fact]
    public void LeverageIsASayingSo()
    {
        var portfolio = new Portfolio(1_000, maximumLeverage: 2);
        portfolio.Trade(0, 20, 100, CostModel.Free);
        Assert.Equal(-1_000, portfolio.Cash);
        portfolio.MarkToMarket(0, 90);
        Assert.Equal(800, portfolio.Equity, 10);
    }

    [Fact]
    public void SaveAndLoadAreExact()
    {
        var portfolio = new Portfolio(1_000, 2);
        portfolio.Trade(0, 3.3, 101.7, Costly);
        portfolio.Trade(1, -1.1, 20.3, Costly);
        portfolio.AccrueBorrow(Costly, 0.1);
        var other = new Portfolio(5, 2);
        other.LoadState(portfolio.SaveState());
        Assert.Equal(portfolio.SaveState(), other.SaveState());
        Assert.Equal(portfolio.Equity, other.Equity);
        Assert.Throws<ArgumentException>(() => new Portfolio().LoadState(portfolio.SaveState()));
        Assert.Throws<ArgumentException>(() => other.LoadState(portfolio.SaveState().AsSpan(1)));
    }

    [Fact]
    public void RefusesNonsense()
    {
        var portfolio = new Portfolio(1_000);
        Assert.Contains("it is NaN",
            Assert.Throws<ArgumentOutOfRangeException>(() => portfolio.MarkToMarket(0, double.NaN)).Message);
        Assert.Contains(
            "it is -1", Assert.Throws<ArgumentOutOfRangeException>(() => portfolio.Trade(0, 1, -1, Costly)).Message);
        Assert.Contains(
            "it is 3", Assert.Throws<ArgumentOutOfRangeException>(() => portfolio.MarkToMarket(3, 1)).Message);
        Assert.Contains("it is 1.5",
            Assert.Throws<ArgumentOutOfRangeException>(() => portfolio.TradeToWeight(0, 1.5, 1, Costly)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Portfolio(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Portfolio(1, 0));
    }

    private static bool DriveAtRandom(ulong seed)
    {
        var random = new RandomStream(seed);
        var portfolio = new Portfolio(1_000 * (1 + random.NextDouble()), 3, 2);
        double initial = portfolio.Cash;
        for (int asset = 0; asset < 3; asset++)
            portfolio.MarkToMarket(asset, 10 + 100 * random.NextDouble());
        for (int i = 0; i < 60; i++)
        {
            int asset = random.NextInt(3);
            double mark = portfolio.Mark(asset), price = mark * Math.Exp(0.05 * random.NextNormal());
            switch (random.NextInt(6))
            {
                case 0: portfolio.MarkToMarket(asset, price); break;
                case 1: portfolio.AccrueBorrow(Costly, random.NextDouble() / 12); break;
                case 2: portfolio.PayDividend(asset, 0.01 * mark); break;
                case 3: portfolio.Split(asset, 1 + random.NextInt(4)); break;
                default: portfolio.TryTrade(asset, 20 * random.NextNormal(), price, Costly, out _); break;
            }

            double positions = Enumerable.Range(0, 3).Sum(a => portfolio.Quantity(a) * portfolio.Mark(a));
            double explained = initial + portfolio.PriceGains + portfolio.Dividends - portfolio.Costs;
            double scale = initial + portfolio.GrossExposure;
            if (Math.Abs(portfolio.Cash + positions - portfolio.Equity) > 1e-9 * scale
                || Math.Abs(explained - portfolio.Equity) > 1e-9 * scale)
                return false;
        }

        return portfolio.Costs > 0;
    }
}
