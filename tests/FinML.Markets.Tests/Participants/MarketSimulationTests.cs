using FinML.Data;
using FinML.Markets.Matching;
using FinML.Markets.Participants;

namespace FinML.Markets.Tests.Participants;

public sealed class MarketSimulationTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    /// <summary>One of each, with different latencies.</summary>
    internal static Participant[] Everybody() =>
    [
        new ZeroIntelligence(new() { LimitRate = 0.1, Band = 30 }),
        new HawkesCrowd() { Latency = Latency.Of(2 * Millisecond) },
        new MarketMaker() { Latency = Latency.Of(Millisecond) },
        new MarketMaker(new() { HalfSpread = 3, Skew = 0.3 }) { Latency = new Latency(5 * Millisecond, Millisecond) },
        new MomentumTrader(new() { DecisionRate = 1, Threshold = 0.2 }) { Latency = Latency.Of(20 * Millisecond) },
        new ValueTrader() { Latency = Latency.Of(50 * Millisecond) },
        new InformedTrader() { Latency = Latency.Of(10 * Millisecond) },
    ];

    [Fact]
    public void TheBookIsNeverCrossedAndNothingIsLostOrMade()
    {
        var simulation = new MarketSimulation(Everybody());
        simulation.Reset(1);
        long trades = 0, volume = 0;
        simulation.Recorder = happened =>
        {
            Assert.False(simulation.Engine.BestBid >= simulation.Engine.BestAsk);
            if (happened.Kind == BookEventKind.Traded)
            {
                trades++;
                volume += happened.Quantity;
            }
        };
        for (int second = 0; second < 120; second++)
        {
            simulation.RunFor(TimeSpan.FromSeconds(1));
            Account[] accounts = [.. Enumerable.Range(0, simulation.ParticipantCount).Select(simulation.Account)];
            Assert.Equal(0, accounts.Sum(a => a.Cash));
            Assert.Equal(0, accounts.Sum(a => a.Position));
            Assert.Equal(2 * volume, accounts.Sum(a => a.Traded));
            Assert.Equal(volume, simulation.View.Volume);
        }

        Assert.True(trades > 300, $"{trades} trades");
        for (int i = 0; i < simulation.ParticipantCount; i++)
            Assert.True(simulation.Account(i).Traded > 0, $"participant {i} never traded");
    }

    [Fact]
    public void TheSameSeedGivesTheSameMarket()
    {
        Assert.Equal(Run(3, new MarketSimulation(Everybody())), Run(3, new MarketSimulation(Everybody())));
        var used = new MarketSimulation(Everybody());
        Assert.NotEqual(Run(4, used), Run(3, new MarketSimulation(Everybody())));
        Assert.Equal(Run(3, new MarketSimulation(Everybody())), Run(3, used));
    }

    [Fact]
    public void ASavedMarketGoesOnToTheSameBits()
    {
        var simulation = new MarketSimulation(Everybody());
        simulation.Reset(5);
        simulation.RunFor(TimeSpan.FromSeconds(20));
        byte[] state = simulation.SaveState();
        var other = new MarketSimulation(Everybody());
        other.LoadState(state);
        Assert.Equal(state, other.SaveState());
        simulation.RunFor(TimeSpan.FromSeconds(20));
        other.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(simulation.SaveState(), other.SaveState());
        Assert.Throws<ArgumentException>(() => other.LoadState(state.AsSpan(0, state.Length - 3)));
    }

    /// <summary>Sent at 0, an order with 30 ms of order latency is in the book at 30 ms; its owner hears of it 20 ms
    /// later, and sees the tape 20 ms old.</summary>
    [Fact]
    public void MessagesAndNewsTakeTheirTime()
    {
        var late = new Scripted { Latency = new Latency(30 * Millisecond, 20 * Millisecond) };
        var simulation = new MarketSimulation([late]);
        late.OnWake = (desk, wake) =>
        {
            if (wake == 0)
                desk.Limit(Side.Buy, 100, 1);
            late.Seen.Add((desk.Now - late.Begin, desk.View.Bid));
            if (wake < 60)
                desk.WakeIn(Millisecond);
        };
        simulation.Reset(1);
        simulation.RunFor(29 * Millisecond);
        Assert.Null(simulation.View.Bid);
        simulation.RunFor(Millisecond);
        Assert.Equal(100, simulation.View.Bid);
        Assert.Empty(late.Heard);
        simulation.RunFor(40 * Millisecond);
        Assert.Equal(
            [(50 * Millisecond.Ticks, BookEventKind.Accepted), (50 * Millisecond.Ticks, BookEventKind.Rested)],
            late.Heard);
        Assert.All(late.Seen, seen => Assert.Equal(seen.Time >= 50 * Millisecond.Ticks ? 100 : null, seen.Bid));
        Assert.Equal(61, late.Seen.Count);
    }

    [Fact]
    public void TheLogOfAMarketReplaysItsBook()
    {
        using var stream = new MemoryStream();
        var simulation = new MarketSimulation(Everybody());
        simulation.Reset(6);
        simulation.Log = new MessageLogWriter(stream, simulation.Engine.Options);
        simulation.RunFor(TimeSpan.FromSeconds(20));
        stream.Position = 0;
        Assert.Equal(simulation.Engine.SaveState(), new MessageLogReader(stream).Replay().SaveState());
        Assert.True(simulation.Engine.OrderCount > 0);
    }

    [Fact]
    public void ARefusedReplacementLeavesTheOrderOpen()
    {
        var other = new Scripted { OnWake = (desk, _) => desk.Limit(Side.Sell, 101, 5) };
        long id = 0;
        var trader = new Scripted();
        trader.OnWake = (desk, wake) =>
        {
            if (wake == 0)
                id = desk.Limit(Side.Buy, 99, 4);
            else
                desk.Replace(id, 101, 4, OrderLifetime.PostOnly);
            if (wake == 0)
                desk.WakeIn(Millisecond);
        };
        var simulation = new MarketSimulation([other, trader]);
        simulation.Reset(1);
        simulation.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(BookEventKind.Rejected, trader.Heard[^1].Kind);
        Assert.Equal(4, trader.LastOpen);
        Assert.Equal(99, simulation.Engine.BestBid);
    }

    [Fact]
    public void TheFasterOfTwoGetsTheTrade()
    {
        var slow = new Scripted { Latency = Latency.Of(2 * Millisecond) };
        var fast = new Scripted { Latency = Latency.Of(Millisecond) };
        var seller = new Scripted();
        seller.OnWake = (desk, _) => desk.Limit(Side.Sell, 100, 5);
        slow.OnWake = fast.OnWake = (desk, _) => desk.Market(Side.Buy, 5);
        var simulation = new MarketSimulation([slow, fast, seller]);
        simulation.Reset(1);
        simulation.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(new Account(-500, 5, 5), simulation.Account(1));
        Assert.Equal(default, simulation.Account(0));
        Assert.Equal(simulation.Account(1), simulation.DeskOf(1).Account);
        Assert.Equal(simulation.Account(2), simulation.DeskOf(2).Account);
    }

    /// <summary>The tape is kept as long as the slowest may look at it, and no longer.</summary>
    [Fact]
    public void AnOldViewIsExactHoweverLongTheTape()
    {
        var slow = new Scripted { Latency = new Latency(default, TimeSpan.FromSeconds(5)) };
        var simulation = new MarketSimulation([slow, new HawkesCrowd()]);
        List<(long Time, MarketView View)> tape = [];
        slow.OnWake = (desk, _) =>
        {
            MarketView old = desk.View;
            Assert.True(old.Time <= desk.Now - TimeSpan.FromSeconds(5).Ticks || old.Volume == 0);
            int known = tape.FindLastIndex(t => t.Time <= desk.Now - TimeSpan.FromSeconds(5).Ticks);
            if (known >= 0)
                Assert.Equal(tape[known].View, old);
            desk.WakeIn(TimeSpan.FromSeconds(1));
        };
        simulation.Reset(2);
        for (int i = 0; i < 300_000; i++)
        {
            simulation.RunFor(Millisecond);
            if (tape.Count == 0 || tape[^1].View != simulation.View)
                tape.Add((simulation.View.Time, simulation.View));
        }

        Assert.True(tape.Count > 1_024, $"{tape.Count} views");
    }

    [Fact]
    public void BadInputIsRefused()
    {
        var maker = new MarketMaker();
        Assert.Contains("none twice",
            Assert.Throws<ArgumentException>(() => new MarketSimulation([maker, maker])).Message);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => new MarketSimulation([])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new MarketSimulation([new MarketMaker { Latency = Latency.Of(TimeSpan.FromDays(2)) }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MarketMaker(new() { QuoteSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MomentumTrader(null, 10, 5));
        Assert.Throws<ArgumentException>(
            () => new MarketSimulation([maker], new() { Start = new DateTime(2000, 1, 1) }));
    }

    private static List<BookEvent> Run(ulong seed, MarketSimulation simulation)
    {
        List<BookEvent> events = [];
        simulation.Reset(seed);
        simulation.Recorder = events.Add;
        simulation.RunFor(TimeSpan.FromSeconds(20));
        simulation.Recorder = null;
        Assert.NotEmpty(events);
        return events;
    }

    private sealed class Scripted : Participant
    {
        private int wakes;

        internal Action<Desk, int> OnWake { get; set; } = (_, _) => { };

        internal List<(long Time, BookEventKind Kind)> Heard { get; } = [];

        internal List<(long Time, int? Bid)> Seen { get; } = [];

        internal long Begin { get; private set; }

        internal long LastOpen { get; private set; }

        protected internal override void Start(Desk desk, RandomStream random)
        {
            Begin = desk.Now;
            wakes = 0;
            desk.WakeIn(default);
        }

        protected internal override void Wake(Desk desk, RandomStream random) => OnWake(desk, wakes++);

        protected internal override void Hear(Desk desk, in OrderUpdate update)
        {
            Heard.Add((desk.Now - Begin, update.Kind));
            LastOpen = update.Open;
        }
    }
}
