using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Tests.Matching;

public sealed class MatchingEngineTests
{
    private readonly MatchingEngine engine = new(new() { MaximumPrice = 200, OrderCapacity = 8 });

    [Fact]
    public void ABetterPriceGoesFirstThenTheEarlierOrder()
    {
        Rest(1, 1, Side.Sell, 101, 5);
        Rest(2, 2, Side.Sell, 100, 5);
        Rest(3, 3, Side.Sell, 100, 5);
        BookEvent[] events = Send(BookMessage.Limit(0, 9, 4, Side.Buy, 101, 12));
        Assert.Equal([(2L, 5L, 100), (3L, 5L, 100), (1L, 2L, 101)], Trades(events));
        Assert.True(engine.TryGetOrder(1, out RestingOrder left));
        Assert.Equal(new RestingOrder(1, 1, Side.Sell, 101, 3), left);
        Assert.Null(engine.BestBid);
        Assert.Equal(101, engine.BestAsk);
    }

    [Fact]
    public void LessAtTheSamePriceKeepsThePlaceAndMoreLosesIt()
    {
        Rest(1, 1, Side.Buy, 100, 5);
        Rest(2, 2, Side.Buy, 100, 5);
        Send(BookMessage.Replace(0, 1, 1, 100, 3));
        Assert.Equal([1, 2], engine.Orders(Side.Buy).Select(o => o.OrderId));
        Send(BookMessage.Replace(0, 1, 1, 100, 4));
        Assert.Equal([2, 1], engine.Orders(Side.Buy).Select(o => o.OrderId));
        Send(BookMessage.Replace(0, 2, 2, 99, 5));
        Send(BookMessage.Replace(0, 2, 2, 100, 5));
        Assert.Equal([1, 2], engine.Orders(Side.Buy).Select(o => o.OrderId));
    }

    [Fact]
    public void AReplacementThatCrossesTrades()
    {
        Rest(1, 1, Side.Buy, 99, 5);
        Rest(2, 2, Side.Sell, 101, 3);
        BookEvent[] events = Send(BookMessage.Replace(0, 1, 1, 101, 5));
        Assert.Equal(
            [BookEventKind.Replaced, BookEventKind.Traded, BookEventKind.Rested], events.Select(e => e.Kind));
        Assert.Equal(101, engine.BestBid);
        Assert.Null(engine.BestAsk);
        Assert.Equal(2, Assert.Single(engine.Orders(Side.Buy)).Quantity);
    }

    [Theory]
    [InlineData(OrderLifetime.ImmediateOrCancel, 4, 6, CancelReason.ImmediateOrCancel)]
    [InlineData(OrderLifetime.FillOrKill, 0, 10, CancelReason.FillOrKill)]
    public void WhatDoesNotTradeAtOnceIsCanceled(OrderLifetime life, long traded, long canceled, CancelReason why)
    {
        Rest(1, 1, Side.Sell, 100, 4);
        Rest(2, 1, Side.Sell, 102, 50);
        BookEvent[] events = Send(BookMessage.Limit(0, 9, 3, Side.Buy, 101, 10, life));
        Assert.Equal(traded, Trades(events).Sum(t => t.Quantity));
        Assert.Equal(
            (BookEventKind.Canceled, canceled, why), (events[^1].Kind, events[^1].Quantity, events[^1].Cancel));
        Assert.Null(engine.BestBid);
    }

    [Fact]
    public void AFillOrKillOrderThatFitsTradesWhole()
    {
        Rest(1, 1, Side.Sell, 100, 4);
        Rest(2, 1, Side.Sell, 101, 50);
        Assert.Equal(
            10, Trades(Send(BookMessage.Limit(0, 9, 3, Side.Buy, 101, 10, OrderLifetime.FillOrKill)))
                .Sum(t => t.Quantity));
    }

    [Fact]
    public void AMarketOrderSweepsTheBookAndSaysWhatItDidNotGet()
    {
        Rest(1, 1, Side.Buy, 3, 4);
        Rest(2, 1, Side.Buy, 1, 4);
        BookEvent[] events = Send(BookMessage.Market(0, 9, 3, Side.Sell, 10));
        Assert.Equal([(1L, 4L, 3), (2L, 4L, 1)], Trades(events));
        Assert.Equal((2L, CancelReason.NoLiquidity), (events[^1].Quantity, events[^1].Cancel));
        Assert.Equal(0, engine.OrderCount);
    }

    [Fact]
    public void APostOnlyOrderNeverTrades()
    {
        Rest(1, 1, Side.Sell, 100, 4);
        Assert.Equal(
            RejectReason.WouldTrade,
            Send(BookMessage.Limit(0, 9, 3, Side.Buy, 100, 10, OrderLifetime.PostOnly))[0].Reject);
        Assert.Equal(
            [BookEventKind.Accepted, BookEventKind.Rested],
            Send(BookMessage.Limit(0, 9, 3, Side.Buy, 99, 10, OrderLifetime.PostOnly)).Select(e => e.Kind));
        Assert.Equal(
            RejectReason.WouldTrade,
            Send(BookMessage.Replace(0, 9, 3, 100, 10, OrderLifetime.PostOnly))[0].Reject);
        Assert.Equal(99, engine.BestBid);
    }

    /// <summary>Asks: an own one of 3, then another's of 5; the incoming buys 6.</summary>
    [Theory]
    [InlineData(SelfTradePolicy.Allow, 6, 2, 0)]
    [InlineData(SelfTradePolicy.CancelNewest, 0, 8, 0)]
    [InlineData(SelfTradePolicy.CancelOldest, 5, 0, 1)]
    [InlineData(SelfTradePolicy.CancelBoth, 0, 5, 0)]
    [InlineData(SelfTradePolicy.DecrementAndCancel, 3, 2, 0)]
    public void TheSelfTradePolicyIsKept(SelfTradePolicy policy, long traded, long asks, long bids)
    {
        Rest(1, 9, Side.Sell, 100, 3);
        Rest(2, 1, Side.Sell, 100, 5);
        BookEvent[] events = Send(BookMessage.Limit(0, 9, 3, Side.Buy, 100, 6, selfTrade: policy));
        Assert.Equal(traded, Trades(events).Sum(t => t.Quantity));
        Assert.Equal(asks, engine.Orders(Side.Sell).Sum(o => o.Quantity));
        Assert.Equal(bids, engine.Orders(Side.Buy).Sum(o => o.Quantity));
    }

    [Theory]
    [InlineData(SelfTradePolicy.Allow, 6)]
    [InlineData(SelfTradePolicy.CancelNewest, 0)]
    [InlineData(SelfTradePolicy.CancelOldest, 6)]
    [InlineData(SelfTradePolicy.CancelBoth, 0)]
    [InlineData(SelfTradePolicy.DecrementAndCancel, 0)]
    public void AFillOrKillOrderCountsWhatThePolicyLetsItTrade(SelfTradePolicy policy, long traded)
    {
        Rest(1, 9, Side.Sell, 100, 3);
        Rest(2, 1, Side.Sell, 100, 6);
        Assert.Equal(
            traded,
            Trades(Send(BookMessage.Market(0, 9, 3, Side.Buy, 6, OrderLifetime.FillOrKill, policy)))
                .Sum(t => t.Quantity));
    }

    [Fact]
    public void ARefusalSaysTheValueAndTheRange()
    {
        Rest(1, 1, Side.Buy, 100, 5);
        Explained(BookMessage.Limit(0, 1, 2, Side.Buy, 201, 5), "201 ticks; the engine takes 1 to 200");
        Explained(BookMessage.Limit(0, 1, 2, Side.Buy, 100, 0), "quantity of 0 lots; the engine takes 1 to 2748779");
        Explained(BookMessage.Limit(0, 1, 1, Side.Buy, 100, 1), "Order 1 of participant 1: an order with");
        Explained(BookMessage.Limit(0, 1, 2, Side.Unknown, 100, 1), "its side is Unknown");
        Explained(BookMessage.Cancel(0, 1, 7), "Order 7 of participant 1: no order");
        Explained(BookMessage.Cancel(0, 2, 1), "belongs to another");
        Explained(
            BookMessage.Replace(0, 1, 1, 99, 1, OrderLifetime.FillOrKill), "Replace message cannot be FillOrKill");
        Explained(BookMessage.Cancel(-1, 1, 1), "stamped -1, before");
        for (int id = 2; id <= 8; id++)
            Rest(id, 1, Side.Buy, 90, 1);
        Explained(BookMessage.Limit(0, 1, 9, Side.Buy, 100, 5), "holds 8 orders");
        Assert.Equal(8, engine.OrderCount);
    }

    [Fact]
    public void RecordsSayWhatTheBookSays()
    {
        var instrument = new Instrument { Symbol = "X", Venue = "V", TickSize = 0.05, LotSize = 100 };
        var time = new DateTime(2020, 1, 2, 9, 30, 0, DateTimeKind.Utc);
        Rest(1, 1, Side.Buy, 100, 5);
        Rest(2, 1, Side.Buy, 98, 2);
        Quote oneSided = instrument.Quote(engine);
        Assert.True(double.IsNaN(oneSided.AskPrice));
        Assert.Equal(0, oneSided.AskSize);
        Send(BookMessage.Limit(time.Ticks, 1, 3, Side.Sell, 103, 7));
        BookEvent trade = Send(BookMessage.Limit(time.Ticks, 2, 4, Side.Buy, 103, 3))[1];
        var expected = new Quote
        {
            Symbol = "X",
            Venue = "V",
            Time = time,
            AvailableAt = time.AddMilliseconds(2),
            BidPrice = 5,
            BidSize = 500,
            AskPrice = 103 * 0.05,
            AskSize = 400,
        };
        Assert.Equal(expected, instrument.Quote(engine, TimeSpan.FromMilliseconds(2)));
        OrderBook book = instrument.Book(engine, 5);
        Assert.Equal([new BookLevel(5, 500), new BookLevel(98 * 0.05, 200)], book.Bids);
        Assert.Equal([new BookLevel(103 * 0.05, 400)], book.Asks);
        Trade record = instrument.Trade(trade);
        Assert.Equal((103 * 0.05, 300.0, Side.Buy, time), (record.Price, record.Size, record.Side, record.Time));
        Assert.Equal(103, instrument.TicksOf(5.15));
        Assert.Equal(7, instrument.LotsOf(700));
        Assert.Contains("5.16 is not a whole number of ticks of 0.05",
            Assert.Throws<ArgumentException>(() => instrument.TicksOf(5.16)).Message);
        Assert.Throws<ArgumentException>(() => instrument.LotsOf(double.NaN));
        Assert.Throws<ArgumentException>(() => instrument.Trade(default));
    }

    [Fact]
    public void OptionsAreHeldToTheirRanges()
    {
        Assert.Contains("it is 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => new MatchingEngine(new() { MaximumPrice = 0 })).Message);
        Assert.Contains("it is 5000000", Assert.Throws<ArgumentOutOfRangeException>(
            () => new MatchingEngine(new() { MaximumPrice = 5_000_000 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatchingEngine(new() { OrderCapacity = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatchingEngine(new() { MaximumQuantity = 0 }));
    }

    [Fact]
    public void AnOrderMayTradeWithThousands()
    {
        var deep = new MatchingEngine(new() { MaximumPrice = 2_000, OrderCapacity = 5_000 });
        for (int id = 1; id <= 5_000; id++)
            deep.Process(BookMessage.Limit(0, 1, id, Side.Sell, 1 + id % 2_000, 2));
        ReadOnlySpan<BookEvent> events = deep.Process(BookMessage.Market(0, 2, 9_999, Side.Buy, 10_001));
        Assert.Equal(5_002, events.Length); // accepted, every order, and the lot that was not there
        Assert.Equal(1, events[^1].Quantity);
        Assert.Equal(0, deep.OrderCount);
    }

    /// <summary>Levels far apart, so that the search goes through every tier.</summary>
    [Fact]
    public void TheNextLevelIsFoundAcrossTheWholeRange()
    {
        var wide = new MatchingEngine(new() { MaximumPrice = 1 << 22 });
        int[] prices = [1, 2, 63, 64, 65, 4_096, 4_097, 262_144, 262_145, 1_000_000, 1 << 22];
        for (int i = 0; i < prices.Length; i++)
            wide.Process(BookMessage.Limit(0, 1, i + 1, Side.Sell, prices[i], 1));
        var levels = new PriceLevel[20];
        Assert.Equal(prices.Length, wide.CopyLevels(Side.Sell, levels));
        Assert.Equal(prices, levels[..prices.Length].Select(l => l.Price));
        for (int i = 0; i < prices.Length; i++)
        {
            Assert.Equal(prices[i], wide.BestAsk);
            wide.Process(BookMessage.Market(0, 2, 100 + i, Side.Buy, 1));
        }

        Assert.Null(wide.BestAsk);
        foreach (int price in prices.Order())
            wide.Process(BookMessage.Limit(0, 1, price, Side.Buy, price, 1));
        for (int i = prices.Length - 1; i >= 0; i--)
        {
            Assert.Equal(prices[i], wide.BestBid);
            wide.Process(BookMessage.Cancel(0, 1, prices[i]));
        }

        Assert.Null(wide.BestBid);
    }

    private void Rest(long id, int participant, Side side, int price, long quantity) =>
        Assert.Equal(
            BookEventKind.Rested, Send(BookMessage.Limit(0, participant, id, side, price, quantity))[^1].Kind);

    private BookEvent[] Send(BookMessage message) => engine.Process(message).ToArray();

    private void Explained(BookMessage message, string expected)
    {
        byte[] before = engine.SaveState();
        BookEvent refused = Assert.Single(Send(message));
        Assert.Equal(BookEventKind.Rejected, refused.Kind);
        Assert.Contains(expected, refused.Reject.Explain(message, engine.Options));
        Assert.Equal(before.Length, engine.SaveState().Length);
    }

    private static IEnumerable<(long Maker, long Quantity, int Price)> Trades(IEnumerable<BookEvent> events) =>
        events.Where(e => e.Kind == BookEventKind.Traded).Select(e => (e.MakerOrderId, e.Quantity, e.Price));
}
