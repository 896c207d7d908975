using FinML.Data;

namespace FinML.Markets.Tests.Management;

public sealed class PortfolioManagerTests
{
    private static readonly DateTime Time = new(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void EachLimitOfWeightsByHand()
    {
        Assert.Equal([0.3, -0.3, 0.1, double.NaN], Allow(new() { MaximumWeight = 0.3 }, 0.5, -0.4, 0.1, double.NaN));
        Assert.Equal([0.25, -0.2, 0.05, double.NaN], Allow(new() { MaximumGross = 0.5 }, 0.5, -0.4, 0.1, double.NaN));
        Assert.Equal([0.4, 0.1, -0.3, 0], Allow(new() { MaximumNet = 0.2 }, 0.8, 0.2, -0.3, 0));
        Assert.Equal([-0.1, -0.4, 0.3, 0], Allow(new() { MaximumNet = 0.2 }, -0.2, -0.8, 0.3, 0));
        Assert.Equal([0.5, -0.4, 0.1, 0], Allow(new(), 0.5, -0.4, 0.1, 0));
    }

    [Fact]
    public void WeightsAreScaledToTheVolatilityTheyWouldHaveHad()
    {
        Panel panel = Panel(400);
        var view = new PointInTimeView(panel, 399);
        var limits = new PortfolioLimits { TargetVolatility = 0.1, VolatilityLookback = 100, MaximumScale = 9 };
        var manager = new PortfolioManager(limits);
        double[] wanted = [0.3, -0.2, 0.1, 0.2], allowed = new double[4];
        List<OrderEvent> log = [];
        manager.Allow(view, "close", wanted, allowed, log);
        Assert.Equal(0.1, manager.Volatility(view, "close", allowed) * Math.Sqrt(252), 12);
        Assert.Equal(wanted[0] / wanted[1], allowed[0] / allowed[1], 12);
        Assert.Equal(4, log.Count);
        Assert.All(log, line => Assert.Contains("is the target", line.Reason));

        // w'Sw with the sample covariance is the variance of the weighted returns.
        double[] covariance = RollingCovariance.Of(view, "close", [0, 1, 2, 3], 100);
        double variance = 0;
        for (int i = 0; i < 16; i++)
            variance += covariance[i] * wanted[i / 4] * wanted[i % 4];
        Assert.Equal(Math.Sqrt(variance), manager.Volatility(view, "close", wanted), 12);
        Assert.True(double.IsNaN(manager.Volatility(new PointInTimeView(panel, 99), "close", wanted)));
    }

    [Fact]
    public void OrdersAreSizedAfterCostsAndWhatFreesExposureGoesFirst()
    {
        var portfolio = new Portfolio(1_000, 2);
        portfolio.Trade(0, 10, 100, CostModel.Free);
        var costs = new CostModel { CommissionBasisPoints = 20, CommissionPerFill = 0.5 };
        var fills = new FillModel(costs);
        BarPrices[] market = [Bar(100), Bar(50)];
        TradePlan plan = new PortfolioManager().Plan(Time, portfolio, [0.25, 0.75], market, fills);
        Assert.Empty(plan.Events);
        Assert.Equal([0, 1], plan.Orders.Select(order => order.Asset));
        foreach (Order order in plan.Orders)
        {
            Assert.True(fills.TryFillAtOpen(order.Asset, order.Quantity, market[order.Asset], out Fill fill));
            Assert.True(portfolio.TryApply(fill));
        }

        Assert.Equal(0.25, portfolio.Weight(0), 12);
        Assert.Equal(0.75, portfolio.Weight(1), 12);
        Assert.Equal(0, portfolio.Cash, 9);
    }

    /// <summary>Sides change while the account is at or above its limit: no order is refused on the way.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(130)]
    public void NoOrderIsRefusedForWhatAnotherStillHolds(double price)
    {
        var portfolio = new Portfolio(1_000, 3);
        portfolio.Trade(0, -1, 100, CostModel.Free);
        portfolio.Trade(1, -4, 100, CostModel.Free);
        portfolio.Trade(2, 5, 100, CostModel.Free);
        portfolio.MarkToMarket(1, price);
        var fills = new FillModel(new CostModel { CommissionBasisPoints = 100 });
        double[] weights = [0.1, 0.35, -0.55];
        BarPrices[] market = [Bar(100), Bar(price), Bar(100)];
        foreach (Order order in new PortfolioManager().Plan(Time, portfolio, weights, market, fills).Orders)
        {
            Assert.True(fills.TryFillAtOpen(order.Asset, order.Quantity, market[order.Asset], out Fill fill));
            Assert.True(portfolio.TryApply(fill));
        }

        for (int asset = 0; asset < 3; asset++)
            Assert.Equal(weights[asset], portfolio.Weight(asset), 9);
    }

    [Fact]
    public void EachLimitOfOrdersIsClippedAndLogged()
    {
        Same(Plan(new() { MaximumTurnover = 0.5 }, 0.6, 0.4), [3.0, 4.0], OrderEventKind.Clipped, "turnover of 1");
        Same(Plan(new() { MaximumOrder = 0.45 }, 0.6, 0.4), [4.5, 8.0], OrderEventKind.Clipped, "is above 0.45");
        Same(Plan(new() { LotSize = 5 }, 0.6, 0.4), [5.0, 5.0], OrderEventKind.Clipped, "whole lots of 5");
        Same(Plan(new() { LotSize = 7 }, 0.6, 0.4), [7.0], OrderEventKind.Rejected, "whole lots of 7");
        Same(Plan(new() { MinimumTrade = 0.5 }, 0.6, 0.4), [6.0], OrderEventKind.Rejected, "is below 0.5");
        Same(Plan(new(), 0.6, 0.4, second: double.NaN), [6.0], OrderEventKind.Rejected, "no price of asset 1");
        Assert.Empty(Plan(new() { LotSize = 2 }, 0.6, 0.4).Events);

        // Closing is whole, whatever the lots and the smallest trade.
        var portfolio = new Portfolio(1_000, 2);
        portfolio.Trade(0, 0.3, 100, CostModel.Free);
        TradePlan plan = new PortfolioManager(new() { LotSize = 5, MinimumTrade = 0.5 })
            .Plan(Time, portfolio, [0, 0], [Bar(100), Bar(50)], new FillModel(CostModel.Free));
        Assert.Equal(-0.3, Assert.Single(plan.Orders).Quantity);

        static void Same(TradePlan plan, double[] quantities, OrderEventKind kind, string reason)
        {
            Assert.Equal(quantities, plan.Orders.Select(order => Math.Round(order.Quantity, 9)));
            Assert.Contains(plan.Events, line => line.Kind == kind && line.Reason.Contains(reason));
        }
    }

    /// <summary>Whatever is wanted: no limit is broken after the trades, and what was changed is in the log. 200
    /// times.</summary>
    [Fact]
    public void NoLimitIsEverBroken() => FsCheck.Fluent.Prop.ForAll(
        FsCheck.Fluent.ArbMap.Default.ArbFor<int>(), seed => HoldsItsLimits((ulong)seed))
        .QuickCheckThrowOnFailureWith();

    [Fact]
    public void WithoutEquityPositionsAreOnlyClosed()
    {
        var portfolio = new Portfolio(1_000, 2);
        portfolio.Trade(0, -10, 100, CostModel.Free);
        portfolio.MarkToMarket(0, 300);
        TradePlan plan = new PortfolioManager().Plan(
            Time, portfolio, [0, 0.5], [Bar(300), Bar(50)], new FillModel(CostModel.Free));
        Assert.Equal(10, Assert.Single(plan.Orders).Quantity);
        Assert.Contains("the equity is -1000", Assert.Single(plan.Events).Reason);
    }

    [Fact]
    public void RefusesLimitsThatAreNone()
    {
        Assert.Contains("MaximumGross has to be from 0 to 4; it is -1",
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                new PortfolioManager(new() { MaximumGross = -1 })).Message);
        Assert.Contains("VolatilityLookback", Assert.Throws<ArgumentOutOfRangeException>(() =>
            new PortfolioManager(new() { VolatilityLookback = 1 })).Message);
    }

    private static bool HoldsItsLimits(ulong seed)
    {
        var random = new RandomStream(seed);
        var limits = new PortfolioLimits
        {
            MaximumWeight = 0.2 + 0.5 * random.NextDouble(),
            MaximumGross = 0.3 + 0.7 * random.NextDouble(),
            MaximumNet = random.NextDouble(),
            MaximumTurnover = 0.1 + random.NextDouble(),
        };
        var manager = new PortfolioManager(limits);
        var portfolio = new Portfolio(1_000, 4);
        var fills = new FillModel(new CostModel { CommissionBasisPoints = 10, SlippageBasisPoints = 10 });
        var view = new PointInTimeView(Panel(80), 79);
        for (int round = 0; round < 5; round++)
        {
            double[] wanted = [.. Enumerable.Range(0, 4).Select(_ => random.NextNormal())], allowed = new double[4];
            List<OrderEvent> log = [];
            manager.Allow(view, "close", wanted, allowed, log);
            bool within = allowed.All(w => Math.Abs(w) <= limits.MaximumWeight.Value + 1e-12)
                && allowed.Sum(Math.Abs) <= limits.MaximumGross.Value + 1e-12
                && Math.Abs(allowed.Sum()) <= limits.MaximumNet.Value + 1e-12;
            bool logged = Enumerable.Range(0, 4).All(asset =>
                wanted[asset] == allowed[asset] || log.Any(line => line.Asset == asset && line.Reason.Length > 0));
            BarPrices[] market = [.. Enumerable.Range(0, 4).Select(_ => Bar(50 + 100 * random.NextDouble()))];
            for (int asset = 0; asset < 4; asset++)
                portfolio.MarkToMarket(asset, market[asset].Open);
            double before = portfolio.Equity, traded = 0;
            foreach (Order order in manager.Plan(Time, portfolio, allowed, market, fills).Orders)
            {
                if (fills.TryFillAtOpen(order.Asset, order.Quantity, market[order.Asset], out Fill fill)
                    && portfolio.TryApply(fill))
                    traded += fill.Notional;
            }

            if (!within || !logged || traded > limits.MaximumTurnover.Value * before * (1 + 1e-9))
                return false;
        }

        return true;
    }

    private static TradePlan Plan(PortfolioLimits limits, double first, double target, double second = 50) =>
        new PortfolioManager(limits).Plan(
            Time, new Portfolio(1_000, 2), [first, target], [Bar(100), Bar(second)], new FillModel(CostModel.Free));

    private static double[] Allow(PortfolioLimits limits, params double[] wanted)
    {
        double[] allowed = new double[wanted.Length];
        List<OrderEvent> log = [];
        new PortfolioManager(limits).Allow(new PointInTimeView(Panel(80), 79), "close", wanted, allowed, log);
        Assert.Equal(
            Enumerable.Range(0, wanted.Length).Where(i => !wanted[i].Equals(allowed[i])),
            log.Select(line => line.Asset));
        return [.. allowed.Select(weight => Math.Round(weight, 12))];
    }

    private static BarPrices Bar(double open) => new(open, double.NaN, double.NaN, Liquidity.Unknown);

    private static Panel Panel(int bars) => Market.Portfolio(bars, 4);
}
