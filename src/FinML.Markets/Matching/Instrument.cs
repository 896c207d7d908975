using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>
/// What an engine trades, and how its ticks and lots become prices and sizes of the records of the stream side.
/// </summary>
public sealed record Instrument
{
    // Room for the rounding of a decimal price such as 0.1 x 3.
    private const double Tolerance = 1e-6;

    /// <summary>As in <see cref="MarketData.Symbol"/>.</summary>
    public required string Symbol { get; init; }

    /// <summary>As in <see cref="MarketData.Venue"/>.</summary>
    public string Venue { get; init; } = "";

    /// <summary>The price of one tick, in currency; above 0.</summary>
    public double TickSize { get; init; } = 0.01;

    /// <summary>The size of one lot, in units of the asset; above 0.</summary>
    public double LotSize { get; init; } = 1;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public Instrument Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Symbol);
        ArgumentNullException.ThrowIfNull(Venue);
        Require.InRange(TickSize, 1e-12, 1e12, nameof(TickSize));
        Require.InRange(LotSize, 1e-12, 1e12, nameof(LotSize));
        return this;
    }

    /// <summary>Ticks to currency.</summary>
    public double PriceOf(int ticks) => ticks * TickSize;

    /// <summary>Lots to units.</summary>
    public double SizeOf(long lots) => lots * LotSize;

    /// <summary>Currency to ticks.</summary>
    /// <exception cref="ArgumentException">The price is not a whole number of ticks.</exception>
    public int TicksOf(double price) => TryTicksOf(price, out int ticks)
        ? ticks
        : throw new ArgumentException($"{price} is not a whole number of ticks of {TickSize}.", nameof(price));

    /// <summary>Units to lots.</summary>
    /// <exception cref="ArgumentException">The size is not a whole number of lots.</exception>
    public long LotsOf(double size) => TryLotsOf(size, out long lots)
        ? lots
        : throw new ArgumentException($"{size} is not a whole number of lots of {LotSize}.", nameof(size));

    /// <summary>Currency to ticks; false where it is no whole number of them.</summary>
    public bool TryTicksOf(double price, out int ticks)
    {
        bool whole = TryWhole(price / TickSize, out long value) && value == (int)value;
        ticks = whole ? (int)value : 0;
        return whole;
    }

    /// <summary>Units to lots; false where it is no whole number of them.</summary>
    public bool TryLotsOf(double size, out long lots) => TryWhole(size / LotSize, out lots);

    /// <summary>The best bid and ask of an engine at its last message; sizes are 0 where a side is empty.</summary>
    /// <param name="engine">The book.</param>
    /// <param name="latency">From the message to whoever reads the record.</param>
    public Quote Quote(MatchingEngine engine, TimeSpan latency = default)
    {
        Span<PriceLevel> bid = [default], ask = [default];
        DateTime time = TimeOf(engine);
        bool bids = engine.CopyLevels(Side.Buy, bid) > 0, asks = engine.CopyLevels(Side.Sell, ask) > 0;
        return new Quote
        {
            Symbol = Symbol,
            Venue = Venue,
            Time = time,
            AvailableAt = time + latency,
            BidPrice = bids ? PriceOf(bid[0].Price) : double.NaN,
            BidSize = bids ? SizeOf(bid[0].Quantity) : 0,
            AskPrice = asks ? PriceOf(ask[0].Price) : double.NaN,
            AskSize = asks ? SizeOf(ask[0].Quantity) : 0,
        };
    }

    /// <summary>The best <paramref name="depth"/> levels of each side at the engine's last message.</summary>
    public OrderBook Book(MatchingEngine engine, int depth, TimeSpan latency = default)
    {
        Require.InRange(depth, 1, 1 << 22, nameof(depth));
        DateTime time = TimeOf(engine);
        return new OrderBook
        {
            Symbol = Symbol,
            Venue = Venue,
            Time = time,
            AvailableAt = time + latency,
            Bids = Levels(engine, Side.Buy, depth),
            Asks = Levels(engine, Side.Sell, depth),
        };
    }

    /// <summary>The tape's record of a trade.</summary>
    /// <exception cref="ArgumentException">The event is not a trade.</exception>
    public Trade Trade(in BookEvent happened, TimeSpan latency = default)
    {
        if (happened.Kind != BookEventKind.Traded)
            throw new ArgumentException(
                $"Event {happened.Sequence} is {happened.Kind}, not a trade.", nameof(happened));
        var time = new DateTime(happened.Time, DateTimeKind.Utc);
        return new Trade
        {
            Symbol = Symbol,
            Venue = Venue,
            Time = time,
            AvailableAt = time + latency,
            Side = happened.Side,
            Price = PriceOf(happened.Price),
            Size = SizeOf(happened.Quantity),
        };
    }

    private static DateTime TimeOf(MatchingEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return new DateTime(Math.Max(0, engine.Time), DateTimeKind.Utc);
    }

    private static bool TryWhole(double count, out long whole)
    {
        double rounded = Math.Round(count), size = Math.Abs(rounded);
        bool isWhole = Math.Abs(count - rounded) <= Tolerance * Math.Max(1, size * 1e-8) && size < 1L << 53;
        whole = isWhole ? (long)rounded : 0;
        return isWhole;
    }

    private BookLevel[] Levels(MatchingEngine engine, Side side, int depth)
    {
        var levels = new PriceLevel[Math.Min(depth, engine.OrderCount)];
        int count = engine.CopyLevels(side, levels);
        return [.. levels.Take(count).Select(level => new BookLevel(PriceOf(level.Price), SizeOf(level.Quantity)))];
    }
}
