using FinML.Data;
using FinML.Markets.Execution;

namespace FinML.Markets.Tests.Execution;

/// <summary>The contract of <see cref="IExecutionAlgorithm"/>: an algorithm joins by a subclass of one line.</summary>
public abstract class ExecutionAlgorithmConformance(Func<IExecutionAlgorithm> make)
{
    internal static readonly DateTime Start = new(2020, 1, 2, 14, 30, 0, DateTimeKind.Utc);

    internal static ParentOrder Parent(long quantity = 1_000, int slices = 12) => new()
    {
        Side = Side.Buy,
        Quantity = quantity,
        Start = Start,
        End = Start.AddMinutes(slices),
        SliceInterval = TimeSpan.FromMinutes(1),
    };

    /// <summary>Random fills of random parts of what is sent, and random volume: every lot is accounted for.</summary>
    [Fact]
    public void EveryLotIsAccountedFor()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var random = new RandomStream(seed);
            ParentOrder parent = Parent(1 + random.NextInt(5_000), 1 + random.NextInt(30));
            if (random.NextInt(2) == 0)
                parent = parent with { MaximumParticipation = 0.01 + 0.5 * random.NextDouble() };
            var execution = new ParentExecution(parent, make());
            double volume = 0;
            long filled = 0;
            while (execution.NextDecision is { } due)
            {
                long sent = execution.Decide(due, volume, 100);
                Assert.InRange(sent, 0, parent.Quantity - execution.Filled);
                Assert.True(execution.Filled + execution.Working <= parent.Quantity);
                if (parent.MaximumParticipation is { } most && sent > 0)
                    Assert.True(execution.Filled + execution.Working <= most * volume);
                long fill = random.NextInt((int)execution.Working + 1);
                if (fill > 0)
                    execution.Fill(fill, 100 + random.NextDouble());
                filled += fill;
                execution.Close(random.NextInt((int)execution.Working + 1));
                volume += random.NextInt(3_000);
            }

            ExecutionReport report = execution.Report(parent.End);
            Assert.Equal((filled, parent.Quantity - filled), (report.Filled, report.Unfilled));
            Assert.Equal(report.Unfilled == 0, report.Reason == UnfilledReason.None);
            Assert.All(report.Slices, slice => Assert.True(slice.Clipped >= 0 && slice.Sent >= 0));
        }
    }

    [Fact]
    public void ALiquidMarketFillsItWhole()
    {
        ParentOrder parent = Parent();
        var execution = new ParentExecution(parent, make());
        double volume = 0;
        while (execution.NextDecision is { } due)
        {
            long sent = execution.Decide(due, volume, 100);
            if (sent > 0)
                execution.Fill(sent, 101);
            volume += 1e6;
        }

        ExecutionReport report = execution.Report(parent.End);
        Assert.Equal((1_000, 0, UnfilledReason.None), (report.Filled, report.Unfilled, report.Reason));
        Assert.Equal(101, report.AveragePrice, 12);
        Assert.Equal(1, report.ShortfallPerLot, 12);
    }

    /// <summary>What is decided up to t is the same, whatever the market does after t.</summary>
    [Fact]
    public void TheFutureChangesNothing()
    {
        for (int t = 1; t < 12; t++)
            Assert.Equal(Sent(12, seed: 1)[..t], Sent(12, seed: 1, changedFrom: t)[..t]);

        List<long> Sent(int slices, ulong seed, int changedFrom = int.MaxValue)
        {
            var execution = new ParentExecution(Parent(slices: slices), make());
            RandomStream random = new(seed), other = new(seed + 100);
            List<long> sent = [];
            double volume = 0;
            while (execution.NextDecision is { } due)
            {
                sent.Add(execution.Decide(due, volume, 100));
                if (sent[^1] > 0)
                    execution.Fill(sent[^1], 100);
                RandomStream source = sent.Count >= changedFrom ? other : random;
                volume += source.NextInt(2_000);
            }

            sent.AddRange(Enumerable.Repeat(0L, slices - sent.Count));
            return sent;
        }
    }

    [Fact]
    public void ALateFillIsMadeUpFor()
    {
        ParentOrder parent = Parent();
        var execution = new ParentExecution(parent, make());
        double volume = 0;
        while (execution.NextDecision is { } due)
        {
            execution.Decide(due, volume += 1e6, 100);
            if (due >= parent.End.AddMinutes(-1))
                execution.Fill(execution.Working, 100); // nothing before the last slice
            else
                execution.Close(execution.Working);
        }

        Assert.Equal(0, execution.Report(parent.End).Unfilled);
    }
}

public sealed class TwapConforms() : ExecutionAlgorithmConformance(() => new Twap());

public sealed class VwapConforms() : ExecutionAlgorithmConformance(() => new Vwap([5, 3, 1, 0, 2, 6]));

public sealed class PercentOfVolumeConforms() : ExecutionAlgorithmConformance(() => new PercentOfVolume(0.2));

public sealed class AlmgrenChrissConforms() : ExecutionAlgorithmConformance(
    () => new AlmgrenChrissExecution(new AlmgrenChriss()));
