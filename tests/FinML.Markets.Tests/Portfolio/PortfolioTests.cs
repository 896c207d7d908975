using FinML.Data;

namespace FinML.Markets.Tests.Accounts;

public sealed class PortfolioTests
{
    private static readonly CostModel Costly = new()
    {
        CommissionBasisPoints = 10,
        SlippageBasisPoints = 20,
        BorrowBasisPointsPerYear = 300,
        FinancingBasisPointsPerYear = 500,
        CashBasisPointsPerYear = 100,
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

    /// <summary>Random orders, marks, dividends, splits, borrow, interest, funding and margin cuts on three assets, 200
    /// x 60 events.</summary>
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

    [Fact]
    public void EquityAtOtherPricesChangesNothing()
    {
        var portfolio = new Portfolio(1_000, 3);
        portfolio.Trade(0, 4, 100, CostModel.Free);
        portfolio.Trade(1, -5, 100, CostModel.Free);
        Assert.Equal(1_000 + 4 * 10, portfolio.EquityAt([110, double.NaN, double.NaN]), 10);
        Assert.Equal(1_000 + 4 * 10 + 5 * 20, portfolio.EquityAt([110, 80, 7]), 10);
        Assert.Equal(portfolio.EquityAt(1, 80), portfolio.EquityAt([100, 80, 7]));
        Assert.Equal(1_000, portfolio.Equity, 10);
    }

    [Fact]
    public void FundingGoesFromLongToShort()
    {
        var portfolio = new Portfolio(1_000, 2);
        portfolio.Trade(0, 4, 100, CostModel.Free);
        portfolio.Trade(1, -10, 50, CostModel.Free);
        Assert.Equal(400 * 0.0001, portfolio.SettleFunding(0, 0.0001), 12);
        Assert.Equal(-500 * 0.0003, portfolio.SettleFunding(1, 0.0003), 12);
        Assert.Equal(0.04 - 0.15, portfolio.FundingPaid, 12);
        Assert.Equal(1_000.11, portfolio.Equity, 10);
        Assert.Contains(
            "it is 2", Assert.Throws<ArgumentOutOfRangeException>(() => portfolio.SettleFunding(0, 2)).Message);
    }

    [Fact]
    public void NegativeCashPaysAndPositiveCashEarns()
    {
        var costs = new CostModel { FinancingBasisPointsPerYear = 600, CashBasisPointsPerYear = 200 };
        var portfolio = new Portfolio(1_000, maximumLeverage: 2);
        Assert.Equal(-1_000 * 0.02 / 4, portfolio.AccrueFinancing(costs, 0.25), 12);
        portfolio.Trade(0, 15, 100, CostModel.Free); // cash 1,005 - 1,500
        Assert.Equal(495 * 0.06 / 4, portfolio.AccrueFinancing(costs, 0.25), 12);
        Assert.Equal(1_005 - 495 * 0.015, portfolio.Equity, 10);
        Assert.Equal(495 * 0.015 - 5, portfolio.FinancingPaid, 10);
    }

    [Fact]
    public void AMarginCallSaysWhatToKeep()
    {
        var portfolio = new Portfolio(1_000, 2, maximumLeverage: 2, maintenanceMargin: 0.25);
        portfolio.Trade(0, 10, 100, CostModel.Free);
        portfolio.Trade(1, -10, 100, CostModel.Free);
        Assert.Equal(0, portfolio.InitialExcess, 10);
        Assert.Equal(500, portfolio.MaintenanceExcess, 10);
        portfolio.MarkToMarket(0, 70);
        portfolio.MarkToMarket(1, 130); // equity 400, gross 2,000
        Assert.True(portfolio.IsMarginCall);
        Assert.Equal(-100, portfolio.MaintenanceExcess, 10);
        double keep = Margin.ShareToKeep(portfolio, Costly.TradeCostRate(buys: true));
        portfolio.Trade(0, (keep - 1) * portfolio.Quantity(0), 70, Costly);
        portfolio.Trade(1, (keep - 1) * portfolio.Quantity(1), 130, Costly);
        Assert.False(portfolio.IsMarginCall);

        // A sale costs a little less than a purchase, on which the share was sized.
        Assert.InRange(portfolio.InitialExcess, 0, 1e-2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Portfolio(1, 1, 2, maintenanceMargin: 0.6));
    }

    [Theory]
    [InlineData(0, 20, 0.498503)] // from flat: 2,000 f = 1,000 - 6.004 f
    [InlineData(-5, 20, 0)]
    [InlineData(5, -20, 0)]
    public void ShareAllowedIsTheLargestThatIsTaken(double held, double wanted, double about)
    {
        var portfolio = new Portfolio(1_000);
        portfolio.Trade(0, held, 100, CostModel.Free);
        Fill fill = Costly.Execute(0, wanted, 100, Liquidity.Unknown);
        double share = Margin.ShareAllowed(portfolio, fill);
        if (about > 0)
            Assert.Equal(about, share, 1e-6);
        Assert.InRange(share, 0.01, 0.99);
        Fill Part(double f) => fill with { Quantity = f * fill.Quantity, Commission = f * fill.Commission };
        Assert.False(portfolio.TryApply(Part(share * 1.0001)));
        Assert.True(portfolio.TryApply(Part(share)));
        Assert.Equal(0, portfolio.InitialExcess, 1e-6);
    }

    /// <summary>The books still agree after 50,000 events, small enough for the account to live: rounding does not add
    /// up.</summary>
    [Fact]
    public void TheBooksAgreeInTheLongRun() => Assert.True(DriveAtRandom(7, 50_000, scale: 0.002));

    /// <summary>Many assets share sums between fills; the limit is held all the same.</summary>
    [Fact]
    public void TheLimitHoldsForManyAssetsAndManyFills()
    {
        var random = new RandomStream(3);
        var portfolio = new Portfolio(1_000, 40, 2);
        int refused = 0;
        for (int i = 0; i < 5_000; i++)
        {
            int asset = random.NextInt(40);
            double held = portfolio.Quantity(asset), quantity = 2 * random.NextNormal();
            if (random.NextInt(50) == 0 && held != 0)
                portfolio.MarkToMarket(asset, 100 * (1 + 0.02 * random.NextNormal()));
            double price = double.IsNaN(portfolio.Mark(asset)) ? 100 : portfolio.Mark(asset);
            Fill fill = CostModel.Free.Execute(asset, quantity, price, Liquidity.Unknown);
            double exposure = portfolio.GrossExposure + (Math.Abs(held + quantity) - Math.Abs(held)) * price;
            bool allowed = exposure <= 2 * portfolio.Equity || Math.Abs(held + quantity) <= Math.Abs(held);
            Assert.Equal(allowed, portfolio.TryApply(fill));
            refused += allowed ? 0 : 1;
        }

        Assert.InRange(refused, 100, 4_900);
    }

    private static bool DriveAtRandom(ulong seed, int events = 60, double scale = 1)
    {
        var random = new RandomStream(seed);
        var portfolio = new Portfolio(1_000 * (1 + random.NextDouble()), 3, 2, 0.25);
        double initial = portfolio.Cash;
        for (int asset = 0; asset < 3; asset++)
            portfolio.MarkToMarket(asset, 10 + 100 * random.NextDouble());
        for (int i = 0; i < events; i++)
        {
            int asset = random.NextInt(3);
            double mark = portfolio.Mark(asset), price = mark * Math.Exp(0.05 * Math.Sqrt(scale) * random.NextNormal());
            switch (random.NextInt(9))
            {
                case 0: portfolio.MarkToMarket(asset, price); break;
                case 1: portfolio.AccrueBorrow(Costly, scale * random.NextDouble() / 12); break;
                case 2: portfolio.PayDividend(asset, 0.01 * scale * mark); break;
                case 3: portfolio.Split(asset, (1 + random.NextInt(4)) / (1.0 + random.NextInt(4))); break;
                case 4: portfolio.AccrueFinancing(Costly, scale * random.NextDouble() / 12); break;
                case 5: portfolio.SettleFunding(asset, 0.001 * scale * random.NextNormal()); break;
                case 6: CutToMargin(portfolio); break;
                default:
                    portfolio.TryTrade(asset, 20 * scale * random.NextNormal(), price, Costly, out _);
                    break;
            }

            double positions = Enumerable.Range(0, 3).Sum(a => portfolio.Quantity(a) * portfolio.Mark(a));
            double costs = portfolio.CommissionPaid + portfolio.SlippagePaid + portfolio.BorrowPaid
                + portfolio.FinancingPaid + portfolio.FundingPaid;
            double explained = initial + portfolio.PriceGains + portfolio.Dividends - costs;
            double size = initial + portfolio.GrossExposure;
            if (Math.Abs(portfolio.Cash + positions - portfolio.Equity) > 1e-9 * size
                || Math.Abs(explained - portfolio.Equity) > 1e-9 * size)
                return false;
        }

        return portfolio.Costs > 0 && (scale == 1 || portfolio.Equity > 0.1 * initial);
    }

    private static void CutToMargin(Portfolio portfolio)
    {
        double keep = Margin.ShareToKeep(portfolio, Costly.TradeCostRate(buys: true));
        for (int asset = 0; asset < portfolio.Assets; asset++)
            portfolio.Trade(asset, (keep - 1) * portfolio.Quantity(asset), portfolio.Mark(asset), Costly);
    }
}
