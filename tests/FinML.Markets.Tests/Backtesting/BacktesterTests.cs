using FinML.Data;

namespace FinML.Markets.Tests.Backtesting;

public sealed class BacktesterTests
{
    private static readonly double[] Opens = [100, 101, 103, 102, 99];
    private static readonly double[] Closes = [100.5, 102, 104, 100, 101];

    /// <summary>Made by five_rows.py (50 digits, sizing by bisection); 1e-12 is the promise, rounding is
    /// 1e-16.</summary>
    [Fact]
    public void FiveRowsByHand()
    {
        var options = new ExecutionOptions
        {
            Costs = new() { CommissionBasisPoints = 10, SlippageBasisPoints = 20, BorrowBasisPointsPerYear = 252 },
        };
        BacktestResult result = Backtester.Run(Market.Times(5), Opens, Closes, [1, 0.5, -1, -1, 0], options);
        Same([0.00687834131837215, 0.01318255476724316, 0.00513996133274361, -0.00971343398403693], result.NetReturns);
        Same([1.00687834131837215, 1.02015157019675254, 1.02539510982110152, 1.01543500211429996], result.NetEquity);
        Same([1, 0.50241545893719807, -0.96163092605058179, -0.98077391801701109], result.Positions);
        Same([0.99700698503093713, 0.50075062518715555, 1.49308470765620280, 0], result.Turnover);
        Same([0.00990099009900990, 0.01470588235294118, 0.00975655962868239, -0.00961538461538462],
            result.GrossReturns);
        Same([1.00990099009900990, 1.02475247524752475, 1.03475053387691710, 1.02480100951271598], result.GrossEquity);
        Assert.Equal([0, 1, 2], result.Trades.Select(trade => trade.Period));
        Assert.Equal(Market.Times(5)[1..], result.Times);
        Assert.Equal(Market.Times(5)[..4], result.DecisionTimes);
        Assert.Null(result.RuinedIn);
    }

    [Fact]
    public void BuyAndHoldEarnsThePriceLessOnePurchase()
    {
        Panel panel = Market.Panel(500);
        BacktestResult result = Backtester.Run(panel, "X", new BuyAndHold());
        ReadOnlySpan<double> open = panel.Column("X", "open"), close = panel.Column("X", "close");
        Assert.Equal(close[^1] / open[1], result.GrossEquity[^1], 1e-12);
        Assert.Equal(close[^1] / open[1] / (1 + 2e-4 + 1e-4 * (1 + 2e-4)), result.FinalEquity, 1e-12);
        Assert.Single(result.Trades);
    }

    [Fact]
    public void KnowingTheFutureWinsAndKnowingItOneBarLateDoesNot()
    {
        Panel panel = Market.Panel(2_000);
        BacktestResult cheat = Backtester.Run(panel, "X", new Oracle(panel, "X", iKnowThatThisLooksAhead: true));
        BacktestResult late = Backtester.Run(
            panel, "X", new Oracle(panel, "X", iKnowThatThisLooksAhead: true, delay: 1));
        Assert.True(AnnualSharpe(cheat.GrossReturns) > 5, $"{AnnualSharpe(cheat.GrossReturns)}");
        Assert.True(AnnualSharpe(cheat.NetReturns) > 5, $"{AnnualSharpe(cheat.NetReturns)}");

        // 2,000 days of independent returns: the Sharpe ratio of no skill has a standard error of sqrt(252/2000) = .35.
        Assert.InRange(AnnualSharpe(late.GrossReturns), -1.1, 1.1);
        Assert.Throws<ArgumentException>(() => new Oracle(panel, "X", iKnowThatThisLooksAhead: false));
    }

    [Fact]
    public void NoReturnDependsOnLaterPrices()
    {
        Panel panel = Market.Panel(300);
        const int Cut = 200;
        Panel other = panel.Map((_, _, values) => [.. values.Select((v, t) => t > Cut ? v * (1 + 0.3 * (t % 3)) : v)]);
        var strategy = new TimeSeriesMomentum(20, shorts: true);
        BacktestResult a = Backtester.Run(panel, "X", strategy), b = Backtester.Run(other, "X", strategy);
        Assert.Equal(a.NetReturns.Take(Cut), b.NetReturns.Take(Cut));
        Assert.Equal(a.Targets.Take(Cut + 1), b.Targets.Take(Cut + 1));
        Assert.NotEqual(a.NetReturns.Skip(Cut), b.NetReturns.Skip(Cut));
    }

    [Fact]
    public void ASubRangeSeesTheRowsBeforeIt()
    {
        Panel panel = Market.Panel(300);
        var strategy = new TimeSeriesMomentum(50);
        BacktestResult whole = Backtester.Run(panel, "X", strategy);
        BacktestResult part = Backtester.Run(panel, "X", strategy, start: 100, end: 200);
        Assert.Equal(99, part.Length);
        Assert.Equal(whole.Targets.Skip(100).Take(99), part.Targets);
        Assert.Equal(panel.Times[101], part.Times[0]);
    }

    [Fact]
    public void ABandOfZeroTradesBackAtEveryOpen()
    {
        Panel panel = Market.Panel(50);
        double[] half = [.. Enumerable.Repeat(0.5, 50)];
        ReadOnlySpan<double> open = panel.Column("X", "open"), close = panel.Column("X", "close");
        int Trades(ExecutionOptions options, ReadOnlySpan<double> o, ReadOnlySpan<double> c) =>
            Backtester.Run(panel.Times, o, c, half, options).Trades.Count;
        Assert.Equal(49, Trades(new() { RebalanceBand = 0 }, open, close));
        Assert.Equal(1, Trades(new(), open, close));
    }

    [Fact]
    public void RuinClosesTheAccount()
    {
        double[] rising = [100, 100, 150, 199, 250, 300, 310];
        BacktestResult result = Backtester.Run(
            Market.Times(7), rising, rising, [-1, -1, -1, -1, -1, -1, -1], new() { RebalanceBand = 10 });
        Assert.Equal(2, result.RuinedIn);
        Assert.Equal([0, 0, 0], result.NetReturns.Skip(3));
        Assert.Equal(0, result.Positions[^1]);
    }

    [Fact]
    public void RefusesBadInputInOneSentence()
    {
        DateTime[] times = Market.Times(5);
        double[] targets = [0, 1, 1, 0, 0];
        Assert.Contains("closes has 4 values where opens has 5",
            Error(() => Backtester.Run(times, Opens, Closes.AsSpan(1), targets)));
        Assert.Contains("targets[1] has to be from -1 to 1; it is 1.5",
            Error(() => Backtester.Run(times, Opens, Closes, [0, 1.5, 0, 0, 0])));
        Assert.Contains("it is NaN", Error(() => Backtester.Run(times, Opens, Closes, [0, double.NaN, 0, 0, 0])));
        Assert.Contains(
            "opens[2] has to be a positive", Error(() => Backtester.Run(times, [1, 1, -1, 1, 1], Closes, targets)));
        Assert.Contains("needs at least 2 bars", Error(() => Backtester.Run([], [], [], [])));
        Assert.Contains("need volumes", Error(() => Backtester.Run(
            times, Opens, Closes, targets, new() { MaximumParticipation = 0.1 })));
        DateTime[] unsorted = [times[1], times[0], .. times[2..]];
        Assert.Contains("does not come after", Error(() => Backtester.Run(unsorted, Opens, Closes, targets)));

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    private static void Same(double[] expected, IReadOnlyList<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-12);

    private static double AnnualSharpe(IReadOnlyList<double> returns)
    {
        double mean = returns.Average();
        return mean / Math.Sqrt(returns.Average(r => (r - mean) * (r - mean))) * Math.Sqrt(252);
    }
}
