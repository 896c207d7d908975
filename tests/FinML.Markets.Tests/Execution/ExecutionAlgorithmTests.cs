using FinML.Data;
using FinML.Markets.Execution;
using FinML.Markets.Participants;

namespace FinML.Markets.Tests.Execution;

public sealed class ExecutionAlgorithmTests
{
    private static ParentOrder Parent(long quantity = 1_000, int slices = 12) =>
        ExecutionAlgorithmConformance.Parent(quantity, slices);

    [Fact]
    public void TwapSendsEqualParts() =>
        Assert.Equal(Enumerable.Repeat(100L, 12), Sent(new Twap(), Parent(1_200)));

    [Fact]
    public void VwapFollowsItsProfile()
    {
        Assert.Equal([100, 300, 0, 600], Sent(new Vwap([1, 3, 0, 6]), Parent(1_000, 4)));

        // Slices need not meet the buckets: 3 slices of a profile of 2.
        Assert.Equal([200, 400, 600], Sent(new Vwap([1, 3]), Parent(1_200, 3)));
    }

    /// <summary>After V of the others, r V / (1 - r): a share r of all. The first slice knows of no volume.</summary>
    [Fact]
    public void PercentOfVolumeLagsTheMarketByASlice()
    {
        Assert.Equal(
            [0, 25, 50, 75], Sent(new PercentOfVolume(0.2), Parent(1_000, 4), [0, 100, 300, 600]));
        ExecutionReport report = Report(new PercentOfVolume(0.2), Parent(1_000, 4), [0, 100, 300, 600]);
        Assert.Equal((850, UnfilledReason.Algorithm), (report.Unfilled, report.Reason));
    }

    [Fact]
    public void AlmgrenChrissSendsItsSchedule()
    {
        var schedule = new AlmgrenChriss();
        List<long> sent = Sent(new AlmgrenChrissExecution(schedule), Parent(1_000_000, 5));
        for (int j = 1; j <= 5; j++)
            Assert.Equal(schedule.Holdings[j], 1_000_000 - sent.Take(j).Sum(), 1.0); // rounded down to whole lots
    }

    [Fact]
    public void WhatTheParticipationLimitKeepsBackIsLogged()
    {
        ExecutionReport report = Report(
            new Twap(), Parent(1_200) with { MaximumParticipation = 0.1 },
            [.. Enumerable.Range(0, 12).Select(i => 500.0 * i)]);
        Assert.Equal((100, 100, 0), (report.Slices[0].Target, report.Slices[0].Clipped, report.Slices[0].Sent));
        Assert.All(report.Slices.Skip(1), slice => Assert.Equal(50, slice.Sent));
        Assert.Equal((550, 650, UnfilledReason.Participation), (report.Filled, report.Unfilled, report.Reason));
    }

    [Fact]
    public void BadInputIsRefused()
    {
        Assert.Throws<ArgumentException>(
            () => new ParentExecution(Parent() with { Side = Side.Unknown }, new Twap()));
        Assert.Contains("it is 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => new ParentExecution(Parent(0), new Twap())).Message);
        Assert.Contains("to a later one", Assert.Throws<ArgumentException>(
            () => new ParentExecution(
                Parent() with { End = ExecutionAlgorithmConformance.Start }, new Twap())).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PercentOfVolume(0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Vwap([1, -1]));
        Assert.Throws<ArgumentException>(() => new Vwap([0, 0]));
        var execution = new ParentExecution(Parent(), new Twap());
        Assert.Contains("No slice is due", Assert.Throws<InvalidOperationException>(
            () => execution.Decide(ExecutionAlgorithmConformance.Start.AddSeconds(-1), 0, 100)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => execution.Fill(1, 100)); // nothing is working
    }

    /// <summary>In a book with others: filled whole, within the limit, at a cost; a limit that the market does not
    /// reach leaves everything unfilled and says why.</summary>
    [Fact]
    public void AParentIsWorkedInTheBook()
    {
        DateTime start = new SimulationOptions().Start.AddSeconds(20);
        var parent = new ParentOrder
        {
            Side = Side.Buy,
            Quantity = 60,
            Start = start,
            End = start.AddSeconds(60),
            SliceInterval = TimeSpan.FromSeconds(5),
        };
        foreach (IExecutionAlgorithm algorithm in new IExecutionAlgorithm[]
            {
                new Twap(), new Vwap([2, 1, 2]), new AlmgrenChrissExecution(new AlmgrenChriss()),
            })
        {
            ExecutionReport report = Work(parent, algorithm, out Account account);
            Assert.Equal((60, 0, UnfilledReason.None), (report.Filled, report.Unfilled, report.Reason));
            Assert.Equal(60, account.Position);
            Assert.Equal(-account.Cash / 60.0, report.AveragePrice, 9);
            Assert.True(report.ShortfallPerLot > 0, $"{algorithm.Name} cost {report.ShortfallPerLot}");
        }

        ExecutionReport share = Work(parent with { Quantity = 10_000 }, new PercentOfVolume(0.3), out _);
        Assert.Equal(UnfilledReason.Algorithm, share.Reason);
        Assert.InRange(share.Filled, 5, 200);
        ExecutionReport cheap = Work(parent with { LimitPrice = 9_000 }, new Twap(), out Account untouched);
        Assert.Equal((0, 60, UnfilledReason.Market), (cheap.Filled, cheap.Unfilled, cheap.Reason));
        Assert.True(double.IsNaN(cheap.AveragePrice));
        Assert.Equal(default, untouched);
        ExecutionReport impossible = Work(parent with { LimitPrice = 0 }, new Twap(), out _);
        Assert.Equal(UnfilledReason.Market, impossible.Reason);
    }

    private static ExecutionReport Work(ParentOrder parent, IExecutionAlgorithm algorithm, out Account account)
    {
        var trader = new ExecutionTrader(parent, algorithm)
        {
            Latency = Latency.Of(TimeSpan.FromMilliseconds(3)),
        };
        var simulation = new MarketSimulation([new ZeroIntelligence(), trader]);
        simulation.Reset(1);
        simulation.RunUntil(parent.Start.AddSeconds(30).Ticks);
        var again = new ExecutionTrader(parent, algorithm) { Latency = trader.Latency };
        var other = new MarketSimulation([new ZeroIntelligence(), again]);
        other.LoadState(simulation.SaveState());
        simulation.RunUntil(parent.End.AddSeconds(1).Ticks);
        other.RunUntil(parent.End.AddSeconds(1).Ticks);
        account = simulation.Account(1);
        ExecutionReport report = trader.Report(parent.End), resumed = again.Report(parent.End);
        Assert.Equal(report.Slices, resumed.Slices);
        Assert.Equal(report.AveragePrice, resumed.AveragePrice);
        if (parent.LimitPrice is { } limit && report.Filled > 0)
            Assert.True(report.AveragePrice <= limit);
        return report;
    }

    private static List<long> Sent(IExecutionAlgorithm algorithm, ParentOrder parent, double[]? volumes = null) =>
        [.. Report(algorithm, parent, volumes).Slices.Select(slice => slice.Sent)];

    private static ExecutionReport Report(
        IExecutionAlgorithm algorithm, ParentOrder parent, double[]? volumes = null)
    {
        var execution = new ParentExecution(parent, algorithm);
        for (int i = 0; execution.NextDecision is { } due; i++)
        {
            long sent = execution.Decide(due, volumes?[i] ?? 0, 100);
            if (sent > 0)
                execution.Fill(sent, 100);
        }

        return execution.Report(parent.End);
    }
}
