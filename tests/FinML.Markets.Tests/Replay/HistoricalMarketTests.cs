using FinML.Data;
using FinML.Markets.Execution;
using FinML.Markets.Matching;
using FinML.Markets.Participants;
using FinML.Markets.Replay;
using FinML.Verification;

namespace FinML.Markets.Tests.Replay;

public sealed class HistoricalMarketTests
{
    private static readonly DateTime Begin = new SimulationOptions().Start;

    private static readonly ReplayOptions Plain = new() { Instrument = new Instrument { Symbol = "X" } };

    /// <summary>A market of many is recorded as order messages, and replayed: the same orders in the same queues at
    /// every second, the same trades.</summary>
    [Fact]
    public void ARecordedMarketComesOutAgain()
    {
        var original = new MarketSimulation(Participants.MarketSimulationTests.Everybody());
        original.Reset(3);
        var recorder = new OrderFlowRecorder(Plain.Instrument);
        original.Recorder = recorder.Record;
        List<string> books = [];
        for (int second = 0; second < 60; second++)
        {
            original.RunFor(TimeSpan.FromSeconds(1));
            books.Add(Show(original.Engine));
        }

        Assert.True(original.View.Volume > 100);
        var history = new HistoricalMarket(recorder.Messages, Plain);
        var replay = new MarketSimulation([history]);
        for (int second = 0; second < 60; second++)
        {
            replay.RunFor(TimeSpan.FromSeconds(1));
            Assert.Equal(books[second], Show(replay.Engine));
        }

        Assert.Equal(original.View.Volume, replay.View.Volume);
        Assert.Equal(original.View.SignedVolume, replay.View.SignedVolume);
        Assert.Equal(original.View.LastPrice, replay.View.LastPrice);
        Assert.Equal(
            new ReplayCounts(recorder.Messages.Count, recorder.Messages.Count, 0, 0, 0, 0, 0), history.Counts);
    }

    /// <summary>The same from random messages of every kind, replacements and prevented self-trades among
    /// them.</summary>
    [Fact]
    public void EveryKindOfMessageIsRecorded()
    {
        var options = new MatchingOptions { MinimumPrice = -40, MaximumPrice = 160, OrderCapacity = 10_000 };
        var engine = new MatchingEngine(options);
        var messages = new RandomMessages(5, options);
        var recorder = new OrderFlowRecorder(Plain.Instrument);
        for (int i = 0; i < 20_000; i++)
        {
            foreach (BookEvent happened in engine.Process(messages.Next()))
                recorder.Record(happened);
        }

        var history = new HistoricalMarket(recorder.Messages, Plain);
        var replay = new MarketSimulation(
            [history], new() { Book = options, Start = recorder.Messages[0].Time });
        replay.RunUntil(engine.Time);
        Assert.Equal(Show(engine), Show(replay.Engine));
        Assert.Equal(0, history.Counts.UnknownOrders + history.Counts.UnmatchedLots);
    }

    [Fact]
    public void WhoTakesWhatHistoryTookLeavesNothingBehind()
    {
        var taker = new Scripted((desk, _) => desk.Market(Side.Buy, 3), At(1));
        (MarketSimulation simulation, HistoricalMarket history) = Run(
            taker, Submit(0, 1, Side.Sell, 1.00, 5), Execute(2, 1, Side.Sell, 1.00, 5));
        Assert.Equal(0, simulation.Engine.OrderCount);
        Assert.Equal(3, history.Counts.UnmatchedLots); // three of the five were gone
        Assert.Equal(new Account(-300, 3, 3), simulation.Account(1));
    }

    [Fact]
    public void WhoWaitsBeforeHistoryTradesBeforeIt()
    {
        var maker = new Scripted((desk, _) => desk.Limit(Side.Buy, 99, 2), At(1));
        (MarketSimulation simulation, HistoricalMarket history) = Run(
            maker, Submit(0, 1, Side.Buy, 0.98, 5), Submit(2, 2, Side.Buy, 0.99, 5), Execute(3, 2, Side.Buy, 0.99, 5));
        Assert.Equal(2, simulation.Account(1).Position);

        // History's order was executed whole, and is gone although it lost two of its lots to somebody else.
        Assert.Equal([new RestingOrder(1, 0, Side.Buy, 98, 5)], Numbered(simulation.Engine, Side.Buy));
        Assert.Equal(0, history.Counts.UnmatchedLots);
    }

    [Fact]
    public void CancellationsTakeOffWhatTheySay()
    {
        (MarketSimulation simulation, HistoricalMarket history) = Run(
            new Scripted((_, _) => { }, At(1)),
            new OrderBook
            {
                Symbol = "X",
                Time = Time(0),
                AvailableAt = Time(0),
                Bids = [new(0.98, 7)],
                Asks = [new(1.02, 4)],
            },
            Submit(1, 5, Side.Buy, 0.98, 5),
            Change(2, FeedMessageKind.PartialCancellation, 5, Side.Buy, 0.98, 2),
            Change(3, FeedMessageKind.Deletion, 77, Side.Buy, 0.98, 3), // from before the first record
            Change(4, FeedMessageKind.Deletion, 78, Side.Buy, 0.97, 3), // nobody knows it
            Change(5, FeedMessageKind.HiddenExecution, 0, Side.Buy, 0.98, 3),
            new Trade { Symbol = "X", Time = Time(6), AvailableAt = Time(6), Price = 1.02, Size = 1 });
        var levels = new PriceLevel[2];
        Assert.Equal(1, simulation.Engine.CopyLevels(Side.Buy, levels));
        Assert.Equal(new PriceLevel(98, 7, 2), levels[0]);
        Assert.Equal(new ReplayCounts(7, 4, 2, 0, 0, 1, 0), history.Counts);
    }

    /// <summary>10 lots at the bid, then 2 of ours; 6 of the 10 go, and 5 are sold: ours is not reached. The bid comes
    /// back with 20: behind ours.</summary>
    [Fact]
    public void QuotesKeepTheQueue()
    {
        var maker = new Scripted((desk, _) => desk.Limit(Side.Buy, 100, 2), At(1));
        (MarketSimulation simulation, _) = Run(
            maker, Quote(0, 1.00, 10, 1.01, 10), Quote(2, 1.00, 4, 1.01, 10), Trade(3, 1.00, 5));
        Assert.Equal(1, simulation.Account(1).Position); // 4 of history's before it
        (simulation, _) = Run(
            maker, Quote(0, 1.00, 10, 1.01, 10), Quote(2, 1.00, 20, 1.01, 10), Trade(3, 1.00, 11));
        Assert.Equal(1, simulation.Account(1).Position); // 10 before it, 10 behind it
        (simulation, _) = Run(
            maker, Quote(0, 1.00, 10, 1.01, 10), Quote(2, 1.00, 20, 1.01, 10), Quote(3, 1.00, 12, 1.01, 10),
            Trade(4, 1.00, 10));
        Assert.Equal(0, simulation.Account(1).Position); // what went was behind it
        (simulation, _) = Run(maker, Quote(0, 1.00, 10, 1.01, 10), Quote(2, 0.98, 5, 0.99, 5));
        Assert.Equal(new Account(-200, 2, 2), simulation.Account(1)); // the ask came down through it
        Assert.Equal(99, simulation.Engine.BestAsk);
        Assert.Equal(98, simulation.Engine.BestBid);
    }

    [Fact]
    public void TheAggressorIsInferredWhereItIsNotSaid()
    {
        var nobody = new Scripted((_, _) => { }, At(1));
        (MarketSimulation simulation, HistoricalMarket history) = Run(
            nobody, Trade(0, 1.00, 5), Quote(0, 1.00, 10, 1.02, 10), Trade(1, 1.02, 3), Trade(2, 1.00, 4),
            Trade(3, 1.01, 1), Trade(4, 1.0105, 1));
        Assert.Equal((7, -1), (simulation.View.Volume, simulation.View.SignedVolume));
        Assert.Equal((1, 1, 1), (history.Counts.WithoutSide, history.Counts.OffGrid, history.Counts.UnmatchedLots));
    }

    [Fact]
    public void BadStreamsAreRefusedWithTheRecord()
    {
        var nobody = new Scripted((_, _) => { }, At(1));
        Assert.Contains("Record 2 is of", Assert.Throws<InvalidDataException>(
            () => Run(nobody, Submit(1, 1, Side.Buy, 1, 5), Submit(0, 2, Side.Buy, 1, 5))).Message);
        Assert.Contains("Record 1 is of Y; the replay is of X", Assert.Throws<InvalidDataException>(
            () => Run(nobody, Submit(1, 1, Side.Buy, 1, 5) with { Symbol = "Y" })).Message);
        string offGrid = Assert.Throws<InvalidDataException>(
            () => Run(nobody, Submit(0, 1, Side.Buy, 1, 5), Submit(1, 2, Side.Buy, 1.005, 5))).Message;
        Assert.Contains("Record 2 of 2000-01-03T09:30:01", offGrid);
        Assert.Contains("1.005 is not a whole number of ticks of 0.01", offGrid);
        Assert.Contains("5 lots at 200000 ticks (PriceOutOfRange)", Assert.Throws<InvalidOperationException>(
            () => Run(nobody, Submit(1, 1, Side.Buy, 2_000, 5))).Message);
        Assert.Contains("set SimulationOptions.Start", Assert.Throws<InvalidOperationException>(
            () => Run(nobody, Submit(100_000, 1, Side.Buy, 1, 5))).Message);
        Assert.Throws<InvalidOperationException>(() => new MarketSimulation(
            [new HistoricalMarket([], Plain) { Latency = Latency.Of(TimeSpan.FromSeconds(1)) }]));
    }

    /// <summary>A parent order worked in a replay: whatever changes after t, what was decided up to t
    /// stays.</summary>
    [Fact]
    public void AnExecutionInAReplayDoesNotSeeTheFuture()
    {
        IReadOnlyList<FeedMessage> messages = Recorded(60);
        ParentOrder parent = new()
        {
            Side = Side.Buy,
            Quantity = 40,
            Start = Begin.AddSeconds(10),
            End = Begin.AddSeconds(55),
            SliceInterval = TimeSpan.FromSeconds(5),
        };
        IReadOnlyList<ExecutionSlice> slices = Work(messages).Slices;
        foreach (int second in new[] { 11, 22, 33, 44 })
        {
            DateTime cut = Begin.AddSeconds(second);
            FeedMessage[] changed = [.. messages.Where(
                (m, i) => m.Time <= cut || (m.Kind != FeedMessageKind.Execution && i % 3 != 0))];
            IReadOnlyList<ExecutionSlice> other = Work(changed).Slices;
            Assert.Equal(slices.Where(s => s.Time <= cut), other.Where(s => s.Time <= cut));
            Assert.NotEqual(slices, other);
        }

        ExecutionReport Work(IReadOnlyList<FeedMessage> records)
        {
            var trader = new ExecutionTrader(parent, new PercentOfVolume(0.3));
            var simulation = new MarketSimulation([new HistoricalMarket(records, Plain), trader]);
            simulation.RunUntil(parent.End.Ticks);
            return trader.Report(parent.End);
        }
    }

    /// <summary>A day of quotes and trades of AIG as LEAN ships them: the book is the last quotes.</summary>
    [SkippableFact]
    public void ADayOfTicksIsReplayed()
    {
        MarketData[] records = LeanTicks.Read("aig", 60_000);
        var history = new HistoricalMarket(
            records, new() { Instrument = new Instrument { Symbol = "aig" }, KeepsMissingSide = true });
        var simulation = new MarketSimulation(
            [history, new Scripted((desk, _) => desk.Market(Side.Buy, 100), TimeSpan.FromSeconds(60))],
            new() { Start = records[0].Time });
        foreach (IGrouping<DateTime, MarketData> moment in records.GroupBy(r => r.Time))
        {
            simulation.RunUntil(moment.Key.Ticks);
            Assert.False(simulation.Engine.BestBid >= simulation.Engine.BestAsk);
            if (moment.Last() is not Quote quote)
                continue;
            if (!double.IsNaN(quote.BidPrice))
                Assert.Equal((int)Math.Round(100 * quote.BidPrice), simulation.Engine.BestBid);
            if (!double.IsNaN(quote.AskPrice))
                Assert.Equal((int)Math.Round(100 * quote.AskPrice), simulation.Engine.BestAsk);
        }

        Assert.Equal(records.Length, history.Counts.Records);
        Assert.True(history.Counts.Applied > 0.9 * records.Length);
        Assert.Equal(100, simulation.Account(1).Position);
        Assert.True(simulation.View.Volume > 10_000);
    }

    /// <summary>Order messages of a market that was made up.</summary>
    internal static IReadOnlyList<FeedMessage> Recorded(int seconds)
    {
        var simulation = new MarketSimulation([new ZeroIntelligence(new() { Band = 20 })]);
        simulation.Reset(8);
        var recorder = new OrderFlowRecorder(Plain.Instrument);
        simulation.Recorder = recorder.Record;
        simulation.RunFor(TimeSpan.FromSeconds(seconds));
        return recorder.Messages;
    }

    internal static OrderBookEnvironment Environment() => new(
        [new HistoricalMarket(Recorded(30), Plain)],
        new() { Decisions = 40, WarmUp = TimeSpan.FromSeconds(5), InventoryPenalty = 0.01 });

    private static (MarketSimulation Simulation, HistoricalMarket History) Run(
        Participant other, params MarketData[] records)
    {
        var history = new HistoricalMarket(records, Plain);
        var simulation = new MarketSimulation([history, other]);
        simulation.RunFor(TimeSpan.FromSeconds(10));
        return (simulation, history);
    }

    private static DateTime Time(int second) => Begin.AddSeconds(second);

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);

    private static FeedMessage Submit(int second, long id, Side side, double price, double size) =>
        Change(second, FeedMessageKind.Submission, id, side, price, size);

    private static FeedMessage Execute(int second, long id, Side side, double price, double size) =>
        Change(second, FeedMessageKind.Execution, id, side, price, size);

    private static FeedMessage Change(
        int second, FeedMessageKind kind, long id, Side side, double price, double size) => new()
        {
            Symbol = "X",
            Time = Time(second),
            AvailableAt = Time(second),
            Kind = kind,
            OrderId = id,
            Side = side,
            Price = price,
            Size = size,
        };

    private static Quote Quote(int second, double bid, double bidSize, double ask, double askSize) => new()
    {
        Symbol = "X",
        Time = Time(second),
        AvailableAt = Time(second),
        BidPrice = bid,
        BidSize = bidSize,
        AskPrice = ask,
        AskSize = askSize,
    };

    private static Trade Trade(int second, double price, double size) => new()
    {
        Symbol = "X",
        Time = Time(second),
        AvailableAt = Time(second),
        Price = price,
        Size = size,
    };

    /// <summary>The orders in their queues, without identifiers and owners, which a replay gives itself.</summary>
    private static string Show(MatchingEngine engine) => string.Join(
        ' ', engine.Orders(Side.Buy).Concat(engine.Orders(Side.Sell)).Select(o => $"{o.Side}{o.Price}x{o.Quantity}"));

    private static IEnumerable<RestingOrder> Numbered(MatchingEngine engine, Side side) =>
        engine.Orders(side).Select((order, i) => order with { OrderId = i + 1 });

    /// <summary>Does one thing at one time.</summary>
    private sealed class Scripted(Action<Desk, RandomStream> act, TimeSpan at) : Participant
    {
        protected internal override void Start(Desk desk, RandomStream random) => desk.WakeIn(at);

        protected internal override void Wake(Desk desk, RandomStream random) => act(desk, random);
    }
}
