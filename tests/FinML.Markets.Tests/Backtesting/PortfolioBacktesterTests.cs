using FinML.Data;

namespace FinML.Markets.Tests.Backtesting;

public sealed class PortfolioBacktesterTests
{
    private static readonly PortfolioBacktestOptions Free = new()
    {
        Execution = new() { Costs = CostModel.Free, RebalanceBand = 0 },
    };

    [Fact]
    public void OneAssetIsTheBacktesterToTheBit()
    {
        Panel panel = Market.Panel(600);
        var strategy = new RandomPolicy(3, 0.1, [-1, -0.5, 0, 0.3, 1]);
        BacktestResult single = Backtester.Run(panel, "X", strategy);
        PortfolioBacktestResult many = PortfolioBacktester.Run(panel, new EachAsset(strategy));
        Assert.Equal(single.NetReturns, many.Account.NetReturns);
        Assert.Equal(single.GrossEquity, many.Account.GrossEquity);
        Assert.Equal(single.Positions, many.Account.Positions);
        Assert.Equal(single.Turnover, many.Account.Turnover);
        Assert.Equal(single.Trades, many.Account.Trades);
    }

    /// <summary>Two assets, three closes, costs of 1 % a trade: the sums are worked out beside each line.</summary>
    [Fact]
    public void TwoAssetsByHand()
    {
        Panel panel = Panel.Create(
            Market.Times(3), ["A", "B"], ["open", "close"],
            [[9, 10, 12], [9, 11, 12], [9, 20, 20], [9, 20, 16]]);
        var options = new PortfolioBacktestOptions
        {
            Execution = new()
            {
                Costs = CostModel.Free with { CommissionBasisPoints = 100 },
                RebalanceBand = 0,
            },
        };
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, [[0.5, 0.5], [0, 1], [0, 0]], options);

        // Open 1: E' = 1 - .01 E', so E' = 1 / 1.01, half in each; close 1: A gains 10 %.
        double first = (0.5 * 1.1 + 0.5) / 1.01;
        Assert.Equal(first, result.Account.NetEquity[0], 12);
        Assert.Equal(1.05, result.Account.GrossEquity[0], 12);
        Assert.Equal(1 / 1.01, result.Account.Turnover[0], 12);
        Assert.Equal(0.01 / 1.01, result.Account.Costs[0], 12);
        Assert.Equal(0.55 / 1.05, result.Positions[0][0], 12);

        // Open 2: A is worth .6 / 1.01, B .5 / 1.01; all of A goes into B: B' = .5 + x, x + .01 (.6 + x) = .6 (/ 1.01);
        // close 2: B loses 20 %.
        double bought = 0.6 * 0.99 / 1.01;
        Assert.Equal((0.5 + bought) * 0.8 / 1.01, result.Account.NetEquity[1], 12);
        Assert.Equal((0.6 + bought) / 1.1, result.Account.Turnover[1], 12);
        Assert.Equal(1.1 * 0.8, result.Account.GrossEquity[1], 12);
        Assert.Equal([0.0, 1.0], result.Positions[1].Select(weight => Math.Round(weight, 12)));
        Assert.Equal(4, result.Account.Trades.Count);
        Assert.Empty(result.Events);
    }

    [Fact]
    public void WithoutCostsAndABandTheReturnIsTheWeightedOpenToOpenReturn()
    {
        Panel panel = Market.Portfolio(200, 5);
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, new EqualWeight(), Free);
        double growth = 1;
        for (int k = 1; k < 199; k++)
        {
            double sum = 0;
            for (int asset = 0; asset < 5; asset++)
                sum += panel[k + 1, asset, 0] / panel[k, asset, 0] / 5;
            growth *= sum;
        }

        double last = 0;
        for (int asset = 0; asset < 5; asset++)
            last += panel[199, asset, 1] / panel[199, asset, 0] / 5;
        Assert.Equal(growth * last, result.Account.GrossEquity[^1], 1e-12);
        Assert.Equal(result.Account.GrossReturns, result.Account.NetReturns);
    }

    [Fact]
    public void AnAssetWithoutAPriceIsNotTradedAndItIsSaid()
    {
        const double None = double.NaN;
        Panel panel = Panel.Create(
            Market.Times(6), ["A", "B"], ["open", "close"],
            [
                [10, 10, 10, 10, 10, 10], [10, 10, 10, 10, 10, 10],
                [5, None, None, 5, None, 4], [5, None, 6, 5, None, 4],
            ]);
        double[][] targets = [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0], [0.5, 0], [0, 0]];
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, targets, Free);
        Assert.Equal([0, 0, 0.5, 0.5, 0], result.Positions.Select(row => Math.Round(row[1], 12)));
        Assert.Equal(0.9, result.Account.NetEquity[^1], 12); // sold at 4 what was bought at 5, when it had a price
        Assert.Equal(
            [(1, 0.5), (2, 0.5), (4, 0.0)],
            result.Events.Select(line => ((line.Time - panel.Times[0]).Days, line.Wanted)));
        Assert.All(result.Events, line =>
        {
            Assert.Equal(OrderEventKind.Rejected, line.Kind);
            Assert.Contains("there is no price of asset 1", line.Reason);
        });
    }

    [Fact]
    public void TargetsShrinkAlikeToWhatPositionsThatCannotBeSoldLeave()
    {
        const double None = double.NaN;
        Panel panel = Panel.Create(
            Market.Times(3), ["A", "B", "C"], ["open", "close"],
            [[10, 10, None], [10, 10, None], [10, 10, 10], [10, 10, 10], [10, 10, 10], [10, 10, 10]]);
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, [[0.4, 0, 0], [0, 0.6, -0.4], [0, 0, 0]], Free);
        Assert.Equal([0.4, 0.36, -0.24], result.Positions[1].Select(weight => Math.Round(weight, 12)));
        Assert.Equal([0, 1, 2], result.Events.Select(line => line.Asset).Order());
        Assert.Equal(0.36, result.Events.Single(line => line.Asset == 1).Allowed, 12);
    }

    /// <summary>Raw prices with dividends and splits give what prices adjusted for them give.</summary>
    [Fact]
    public void DividendsAndSplitsAreWhatAdjustedPricesHide()
    {
        (double[] opens, double[] closes) = Market.Prices(300);
        double[] splits = new double[300], dividends = new double[300];
        double[] rawOpens = new double[300], rawCloses = new double[300];
        double units = 1;
        for (int t = 0; t < 300; t++)
        {
            splits[t] = t % 70 == 50 ? 3 : double.NaN;
            units *= t % 70 == 50 ? 3 : 1;
            (rawOpens[t], rawCloses[t]) = (opens[t] / units, closes[t] / units);
        }

        Panel raw = Panel.OfAsset(
            "X", Market.Times(300), ("open", rawOpens), ("close", rawCloses), ("split", splits));
        Panel adjusted = Panel.OfAsset("X", Market.Times(300), ("open", opens), ("close", closes));
        double[][] targets = PortfolioBacktester.Targets(adjusted, new EachAsset(new RandomPolicy(5)), 0, 300);
        var options = new PortfolioBacktestOptions { SplitField = "split" };
        Same(
            PortfolioBacktester.Run(adjusted, targets), PortfolioBacktester.Run(raw, targets, options), 1e-12);

        // A dividend of .6 at t = 100, put into more units at that open.
        dividends[100] = 0.6;
        double[] fallen = [.. closes.Select((c, t) => t >= 100 ? c - 0.6 : c)];
        double[] fallenOpens = [.. opens.Select((o, t) => t >= 100 ? o - 0.6 : o)];
        Panel paying = Panel.OfAsset(
            "X", Market.Times(300), ("open", fallenOpens), ("close", fallen), ("dividend", dividends));
        double[][] hold = [.. Enumerable.Repeat(new double[] { 1 }, 300)];
        PortfolioBacktestResult result = PortfolioBacktester.Run(
            paying, hold, Free with { DividendField = "dividend" });
        Assert.Equal(
            closes[99] / opens[1] * (opens[100] / closes[99]) * (fallen[^1] / fallenOpens[100]),
            result.Account.FinalEquity, 1e-12);

        static void Same(PortfolioBacktestResult expected, PortfolioBacktestResult actual, double tolerance) =>
            Assert.Equal(
                expected.Account.NetReturns, actual.Account.NetReturns, (a, b) => Math.Abs(a - b) < tolerance);
    }

    [Fact]
    public void LatencyIsALaterBar()
    {
        Panel panel = Market.Portfolio(120, 3);
        double[][] targets = PortfolioBacktester.Targets(panel, new RandomPortfolio(2, 0.3), 0, 120);
        double[][] late = [[0, 0, 0], [0, 0, 0], .. targets[..^2]];
        PortfolioBacktestResult now = PortfolioBacktester.Run(panel, late);
        PortfolioBacktestResult later = PortfolioBacktester.Run(
            panel, targets, new() { Execution = new() { LatencyBars = 2 } });
        Assert.Equal(now.Account.NetReturns, later.Account.NetReturns);
    }

    [Fact]
    public void TheVolumeLimitsAFillAndTheRestComesLater()
    {
        double[] price = [10, 10, 10, 10, 10];
        Panel panel = Panel.OfAsset(
            "X", Market.Times(5), ("open", price), ("close", price), ("volume", [1, 0.1, 0.4, double.NaN, 9]));
        var options = Free with
        {
            VolumeField = "volume",
            Execution = Free.Execution with { MaximumParticipation = 0.1 },
        };
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, [[1.0], [1], [1], [1], [1]], options);
        Assert.Equal([0.1, 0.5, 0.5, 1], result.Positions.Select(row => Math.Round(row[0], 12)));
        Assert.Equal(
            [OrderEventKind.PartiallyFilled, OrderEventKind.PartiallyFilled, OrderEventKind.Rejected],
            result.Events.Select(line => line.Kind));
        Assert.Contains("name its field in VolumeField", Assert.Throws<ArgumentException>(() =>
            PortfolioBacktester.Run(panel, [[1.0], [1], [1], [1], [1]], options with { VolumeField = null })).Message);
    }

    [Fact]
    public void ImpactCostsMoreTheMoreIsTraded()
    {
        double[] price = [.. Enumerable.Range(0, 60).Select(t => 10 + t % 2 * 0.1)];
        Panel panel = Panel.OfAsset(
            "X", Market.Times(60), ("open", price), ("close", price),
            ("volume", [.. Enumerable.Repeat(0.4, 60)]));
        double[][] targets = [.. Enumerable.Range(0, 60).Select(t => new[] { t < 40 ? 0 : 1.0 })];
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, targets, new()
        {
            VolumeField = "volume",
            Execution = new() { Costs = CostModel.Free with { SquareRootImpact = 0.5 } },
        });
        BacktestTrade trade = Assert.Single(result.Account.Trades);

        // 20 closes before the bar: 19 or 20 returns of about +-1 %; the share is quantity / .4.
        double sigma = Deviation([.. Enumerable.Range(21, 20).Select(t => price[t] / price[t - 1] - 1)]);
        Assert.Equal(0.5 * sigma * Math.Sqrt(trade.Fill.Quantity / 0.4),
            trade.Fill.Price / trade.Fill.ReferencePrice - 1, 1e-12);
        Assert.Equal(1, result.Positions[40][0], 12);

        static double Deviation(double[] values)
        {
            double mean = values.Average();
            return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        }
    }

    [Fact]
    public void AMarginCallSellsAtTheNextOpenAndIsLogged()
    {
        double[] price = [100, 100, 60, 60, 60];
        Panel panel = Panel.OfAsset("X", Market.Times(5), ("open", price), ("close", price));
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, [[2.0], [2], [2], [2], [2]], new()
        {
            Execution = new()
            {
                Costs = CostModel.Free,
                MaximumLeverage = 2,
                MaintenanceMargin = 0.25,
                RebalanceBand = 10,
            },
        });
        OrderEvent call = Assert.Single(result.Events);
        Assert.Equal(OrderEventKind.MarginCall, call.Kind);
        Assert.Equal(panel.Times[2], call.Time);

        // .02 units bought with an equity of 1; at 60 the equity is .2, which carries .4 = a third of 1.2.
        Assert.Equal(-0.02 * 2 / 3, call.Allowed, 12);
        Assert.Equal(2, result.Positions[1][0], 9);
        Assert.Equal(0.2, result.Account.FinalEquity, 12);
    }

    [Fact]
    public void LimitsApplyAtTheDecisionAndAreLogged()
    {
        Panel panel = Market.Portfolio(30, 2);
        double[][] targets = [.. Enumerable.Repeat(new[] { 0.8, 0.2 }, 30)];
        PortfolioBacktestResult result = PortfolioBacktester.Run(
            panel, targets, Free with { Limits = new() { MaximumWeight = 0.5 } });
        Assert.All(result.Targets, row => Assert.Equal([0.5, 0.2], row));
        Assert.Equal(30, result.Events.Count);
    }

    [Fact]
    public void FundingIsSettledAtTheClose()
    {
        double[] price = [100, 100, 100], rates = [0, 0.001, 0.001];
        Panel panel = Panel.OfAsset("X", Market.Times(3), ("open", price), ("close", price), ("funding", rates));
        PortfolioBacktestResult result = PortfolioBacktester.Run(
            panel, [[1.0], [1], [1]], Free with { FundingField = "funding" });
        Assert.Equal([-0.001, -0.001], result.Account.NetReturns.Select(r => Math.Round(r, 5)));
        Assert.Equal(0.001, result.Account.Costs[0], 12);
    }

    [Fact]
    public void RefusesBadInputInOneSentence()
    {
        Panel panel = Market.Portfolio(30, 2);
        Assert.Contains("infinit", Error(() => PortfolioBacktester.Run(
            panel, [.. Enumerable.Repeat(new[] { double.PositiveInfinity, 0 }, 30)])),
            StringComparison.OrdinalIgnoreCase);
        Assert.Contains("targets has 3 values where panel has 30", Error(() =>
            PortfolioBacktester.Run(panel, [[0, 0], [0, 0], [0.0, 0]])));
        Assert.Contains("There is no field 'dividend'", Error(() =>
            PortfolioBacktester.Run(panel, new EqualWeight(), Free with { DividendField = "dividend" })));
        Assert.Contains("needs at least 2 bars", Error(() =>
            PortfolioBacktester.Run(panel.Slice(0, 1), new EqualWeight())));
        Panel negative = panel.Map((_, field, values) =>
            field == "open" ? [.. values.Select((v, t) => t == 7 ? -v : v)] : values);
        Assert.Contains("A0.open has to be positive or NaN at row 7", Error(() =>
            PortfolioBacktester.Run(negative, new EqualWeight())));

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }
}
