using FinML.Data.Features;

namespace FinML.Data.Tests.Features;

/// <summary>The features of quotes and books, worked by hand, on records and on panels.</summary>
public sealed class MicrostructureTests
{
    private static readonly DateTime Noon = new(2020, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Order_flow_imbalance_of_each_kind_of_event()
    {
        // Cont, Kukanov and Stoikov (2014): what each event adds at the best quotes.
        FeatureStream stream = new OrderFlowImbalance(1).Start();
        (double Bid, double BidSize, double Ask, double AskSize, double Flow)[] events =
        [
            (10.00, 200, 10.02, 300, double.NaN), // the first quote has none before
            (10.00, 250, 10.02, 300, 50),   // a bid of 50 more
            (10.00, 250, 10.02, 260, 40),   // 40 bought at the ask
            (10.01, 80, 10.02, 260, 80),    // a better bid of 80
            (10.01, 80, 10.03, 500, 260),   // the ask of 260 used up
            (9.99, 120, 10.03, 500, -80),   // the bid of 80 used up
            (9.99, 120, 10.01, 90, -90),    // a better ask of 90
        ];
        foreach ((double bid, double bidSize, double ask, double askSize, double flow) in events)
        {
            double got = stream.Next(QuoteOf(bid, bidSize, ask, askSize));
            Assert.Equal(flow / ((bidSize + askSize) / 2), got, 1e-15);
        }
    }

    [Fact]
    public void Order_flow_adds_up_over_its_window()
    {
        FeatureStream stream = new OrderFlowImbalance(2).Start();
        Assert.True(double.IsNaN(stream.Next(QuoteOf(10, 100, 11, 100))));
        Assert.True(double.IsNaN(stream.Next(QuoteOf(10, 130, 11, 100))));
        Assert.Equal((30 - 10) / (115.0 + 120), stream.Next(QuoteOf(10, 130, 11, 110)), 1e-15);
        Assert.True(double.IsNaN(stream.Next(QuoteOf(double.NaN, double.NaN, 11, 110))));
    }

    [Fact]
    public void Trades_count_for_their_side_or_for_the_change_of_the_price()
    {
        FeatureStream stream = new TradeImbalance(2).Start();
        Assert.True(double.IsNaN(stream.Next(TradeOf(10, 100, Side.Buy)))); // the tick test has no price before
        Assert.True(double.IsNaN(stream.Next(TradeOf(10, 100, Side.Buy))));
        Assert.Equal((100 - 300) / 400.0, stream.Next(TradeOf(11, 300, Side.Sell)), 1e-16);
        Assert.Equal((-300 + 50) / 350.0, stream.Next(TradeOf(12, 50, Side.Unknown)), 1e-16); // rose
        Assert.Equal((50 + 0) / 250.0, stream.Next(TradeOf(12, 200, Side.Unknown)), 1e-16); // stood
        Assert.Equal((0 - 100) / 300.0, stream.Next(TradeOf(11, 100, Side.Unknown)), 1e-16); // fell
    }

    [Fact]
    public void The_micro_price_leans_to_the_side_that_is_thin()
    {
        FeatureStream stream = new MicroPrice().Start();
        // M = (10 * 100 + 12 * 300) / 400 = 11.5 against a middle of 11.
        Assert.Equal(0.5 / 11, stream.Next(QuoteOf(10, 300, 12, 100)), 1e-16);
        Assert.Equal(0, stream.Next(QuoteOf(10, 100, 12, 100)));
        Assert.Equal(-1.0 / 11, stream.Next(QuoteOf(10, 0, 12, 100)), 1e-16);
        Assert.True(double.IsNaN(stream.Next(QuoteOf(10, 0, 12, 0))));
        Assert.Equal(2.0 / 11, new QuotedSpread().Start().Next(QuoteOf(10, 300, 12, 100)), 1e-16);
    }

    [Fact]
    public void The_slope_of_a_book_by_hand()
    {
        OrderBook book = BookOf([(99, 100), (98, 300)], [(101, 200), (103, 200)]);
        double v1 = Math.Log(100), v2 = Math.Log(400), w1 = Math.Log(200), w2 = Math.Log(400);
        double bids = (v1 / 0.01 + (v2 / v1 - 1) / (1 / 99.0)) / 2;
        double asks = (w1 / 0.01 + (w2 / w1 - 1) / (2 / 101.0)) / 2;
        Assert.Equal((bids + asks) / 2, new BookSlope(2).Start().Next(book), 1e-10);
        // Further levels than there are change nothing; a book of one level is its first term.
        Assert.Equal((bids + asks) / 2, new BookSlope(5).Start().Next(book), 1e-10);
        Assert.Equal((v1 / 0.01 + w1 / 0.01) / 2, new BookSlope(1).Start().Next(book), 1e-10);
        Assert.True(double.IsNaN(new BookSlope(2).Start().Next(BookOf([], [(101, 200)]))));
        Assert.True(double.IsNaN(new BookSlope(2).Start().Next(BookOf([(99, 1)], [(101, 200)])))); // ln 1 = 0
        Assert.True(double.IsNaN(new BookSlope(2).Start().Next(BookOf([(99, 50), (99.5, 50)], [(101, 200)]))));
    }

    [Fact]
    public void The_imbalance_of_a_book_counts_its_levels()
    {
        OrderBook book = BookOf([(99, 100), (98, 300)], [(101, 200)]);
        Assert.Equal(-100.0 / 300, new BookImbalance(1).Start().Next(book), 1e-16);
        Assert.Equal(200.0 / 600, new BookImbalance(3).Start().Next(book), 1e-16);
        Assert.True(double.IsNaN(new BookImbalance(3).Start().Next(BookOf([(99, 1)], []))));
    }

    [Fact]
    public void Records_and_panels_have_the_same_fields()
    {
        OrderBook book = BookOf([(99, 100), (98, 300)], [(101, 200)]);
        double[] values = new double[6];
        RecordFields.Read(book, ["bid", "bid_size", "ask", "bid_2", "bid_size_2", "ask_2"], values);
        Assert.Equal([99, 100, 101, 98, 300, double.NaN], values);
        Bar bar = new()
        {
            Symbol = "A",
            Time = Noon,
            AvailableAt = Noon,
            Open = 1,
            High = 4,
            Low = 0.5,
            Close = 2,
            Volume = 9,
        };
        RecordFields.Read(bar, ["low", "close", "open", "volume", "high", "close"], values);
        Assert.Equal([0.5, 2, 1, 9, 4, 2], values);
        double parkinson = Math.Log(4 / 0.5) / Math.Sqrt(4 * Math.Log(2));
        Assert.Equal(parkinson, new ParkinsonVolatility(1).Start().Next(bar), 1e-15);
        FeatureSetStream set = new FeatureSet(new ParkinsonVolatility(1)).Start(["low", "high"]);
        set.Next(bar, values.AsSpan(0, 1));
        Assert.Equal(parkinson, values[0], 1e-15);
        Assert.Contains("'bid'", Assert.Throws<ArgumentException>(
            () => new FeatureSet(new MicroPrice()).Start(["low", "high"])).Message, StringComparison.Ordinal);
        Assert.Contains("Bar has no field 'bid'", Assert.Throws<ArgumentException>(
            () => new MicroPrice().Start().Next(bar)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MicroPrice().Start().Next(Noon, [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => RecordFields.Read(book, ["bid_0"], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BookSlope(0));
    }

    private static Trade TradeOf(double price, double size, Side side) =>
        new() { Symbol = "A", Time = Noon, AvailableAt = Noon, Price = price, Size = size, Side = side };

    private static Quote QuoteOf(double bid, double bidSize, double ask, double askSize) => new()
    {
        Symbol = "A",
        Time = Noon,
        AvailableAt = Noon,
        BidPrice = bid,
        BidSize = bidSize,
        AskPrice = ask,
        AskSize = askSize,
    };

    private static OrderBook BookOf((double Price, double Size)[] bids, (double Price, double Size)[] asks) => new()
    {
        Symbol = "A",
        Time = Noon,
        AvailableAt = Noon,
        Bids = [.. bids.Select(level => new BookLevel(level.Price, level.Size))],
        Asks = [.. asks.Select(level => new BookLevel(level.Price, level.Size))],
    };
}
