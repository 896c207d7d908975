using FinML.Data;
using FinML.Markets.Matching;
using FinML.Markets.Participants;

namespace FinML.Markets.Replay;

/// <summary>
/// History as a participant: what a stream of records says happened is sent to the book at its time, so that everybody
/// else in the <see cref="MarketSimulation"/> trades against it with price, time, queue and latency as they were.
/// </summary>
/// <remarks>
/// Order messages (as LOBSTER's): submissions, cancellations and executions of the orders themselves; an order that
/// history executed leaves the book even where somebody who was not there got the trade. Quotes and books: history's
/// lots at each price are brought to what the record says, new ones behind whoever waits there, lost ones from the
/// back, so that a queue never moves faster than history shows. Trades: an immediate-or-cancel order of the aggressor;
/// where the record does not say who that was, the quote rule and then the tick rule (C. Lee and M. Ready, Journal of
/// Finance 46, 1991). In a stream with order messages only a book before the first of them counts: the rest is what
/// follows from them. A record acts at its <see cref="MarketData.Time"/>; for the feed's latency stands that of each
/// participant. Records are read one at a time, in the order of their times. A pair of LOBSTER files begins with the
/// book beside its first message, and goes on with the messages from the second.
/// </remarks>
public sealed class HistoricalMarket : Participant
{
    private readonly IEnumerable<MarketData> records;
    private readonly ReplayOptions options;
    private readonly HistoricalLevels levels = new();
    private readonly HistoricalOrders orders = new();
    private readonly TradeSides sides = new();
    private readonly SortedSet<long> takers = []; // immediate-or-cancel orders that may still be heard of
    private IEnumerator<MarketData>? rest;
    private DateTime last;
    private bool hasOrders, settles;

    /// <param name="records">What happened, in the order of time, from the simulation's start on; read anew by every
    /// start.</param>
    /// <param name="options">Tick, lot and the reading of quotes.</param>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public HistoricalMarket(IEnumerable<MarketData> records, ReplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        this.records = records;
        this.options = options.Validate();
    }

    /// <summary>What the replay has met since the start.</summary>
    public ReplayCounts Counts { get; private set; }

    protected internal override void Start(Desk desk, RandomStream random)
    {
        if (Latency != default)
            throw new InvalidOperationException("History has no latency: its times are those of the book.");
        Forget();
        Counts = default;
        rest = records.GetEnumerator();
        WakeForNext(desk);
        if (rest is not null && last.Ticks - desk.Now > TimeSpan.TicksPerDay)
        {
            throw new InvalidOperationException(
                $"The first record is of {last:o}, more than a day after the simulation's start of "
                + $"{new DateTime(desk.Now, DateTimeKind.Utc):o}: set {nameof(SimulationOptions)}.Start.");
        }
    }

    protected internal override void Wake(Desk desk, RandomStream random)
    {
        if (settles)
        {
            settles = false;
            orders.Settle(desk);
        }
        else
        {
            Counts = Counts with { Records = Counts.Records + 1 };
            try
            {
                Apply(desk, rest!.Current);
            }
            catch (ArgumentException error)
            {
                throw new InvalidDataException(
                    $"Record {Counts.Records} of {rest!.Current.Time:o}: {error.Message}", error);
            }
        }

        if (settles)
            desk.WakeIn(TimeSpan.Zero); // after what was just sent has reached the book
        else
            WakeForNext(desk);
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update)
    {
        if (update.Reject is RejectReason.PriceOutOfRange or RejectReason.QuantityOutOfRange or RejectReason.BookFull)
        {
            throw new InvalidOperationException(
                $"The book refused history's {update.Side} of {update.Quantity} lots at {update.Price} ticks "
                + $"({update.Reject}): give {nameof(SimulationOptions)}.Book limits that hold the records.");
        }

        if (!takers.Contains(update.OrderId))
            return;
        if (update.Kind is BookEventKind.Canceled or BookEventKind.Rejected)
            Counts = Counts with { UnmatchedLots = Counts.UnmatchedLots + update.Quantity };
        if (update.Open == 0)
            takers.Remove(update.OrderId);
    }

    protected internal override void Save(BinaryWriter writer)
    {
        StateBytes.WriteArray<ReplayCounts>(writer, [Counts]);
        writer.Write(last.Ticks);
        writer.Write(hasOrders);
        writer.Write(settles);
        writer.Write(rest is not null);
        StateBytes.WriteArray<long>(writer, [.. takers]);
        levels.Save(writer);
        orders.Save(writer);
        sides.Save(writer);
    }

    protected internal override void Load(BinaryReader reader)
    {
        Forget();
        Span<ReplayCounts> counts = [default];
        StateBytes.ReadArray(reader, counts);
        Counts = counts[0];
        last = new DateTime(reader.ReadInt64(), DateTimeKind.Utc);
        hasOrders = reader.ReadBoolean();
        settles = reader.ReadBoolean();
        bool goesOn = reader.ReadBoolean();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
            takers.Add(reader.ReadInt64());
        levels.Load(reader);
        orders.Load(reader);
        sides.Load(reader);
        if (!goesOn)
            return;

        // The record that it is going to wake for was read already, unless it settles the one before.
        rest = records.GetEnumerator();
        for (long n = 0; n < Counts.Records + (settles ? 0 : 1); n++)
        {
            if (!rest.MoveNext())
                throw new InvalidDataException($"the state is of a stream with more than {n} records.");
        }
    }

    private void Forget()
    {
        rest?.Dispose();
        rest = null;
        last = DateTime.MinValue;
        hasOrders = settles = false;
        takers.Clear();
        levels.Clear();
        orders.Clear();
        sides.Clear();
    }

    private void WakeForNext(Desk desk)
    {
        if (!rest!.MoveNext())
        {
            rest.Dispose();
            rest = null;
            return;
        }

        MarketData next = rest.Current;
        if (next.Symbol != options.Instrument.Symbol)
        {
            throw new InvalidDataException(
                $"Record {Counts.Records + 1} is of {next.Symbol}; the replay is of {options.Instrument.Symbol}.");
        }

        if (next.Time < last)
        {
            throw new InvalidDataException(
                $"Record {Counts.Records + 1} is of {next.Time:o}, before the one before it of {last:o}.");
        }

        last = next.Time;
        desk.WakeIn(TimeSpan.FromTicks(Math.Max(0, next.Time.Ticks - desk.Now)));
    }

    private void Apply(Desk desk, MarketData record)
    {
        bool applied = record switch
        {
            FeedMessage message => Apply(desk, message),
            Quote quote when !hasOrders => Apply(desk, quote),
            OrderBook book when !hasOrders => Apply(desk, book),
            Trade trade when !hasOrders => Apply(desk, trade),
            _ => Ignore(),
        };
        if (applied)
            Counts = Counts with { Applied = Counts.Applied + 1 };
    }

    private bool Ignore()
    {
        Counts = Counts with { Ignored = Counts.Ignored + 1 };
        return false;
    }

    private bool Apply(Desk desk, FeedMessage message)
    {
        hasOrders = true;
        if (message.Kind is not (FeedMessageKind.Submission or FeedMessageKind.PartialCancellation
            or FeedMessageKind.Deletion or FeedMessageKind.Execution))
            return Ignore();
        int price = options.Instrument.TicksOf(message.Price);
        long lots = options.Instrument.LotsOf(message.Size);
        if (message.Kind == FeedMessageKind.Submission)
        {
            orders.Submit(desk, message.OrderId, message.Side, price, lots);
            return true;
        }

        if (message.Kind == FeedMessageKind.Execution)
        {
            takers.Add(desk.Limit(Other(message.Side), price, lots, OrderLifetime.ImmediateOrCancel,
                SelfTradePolicy.Allow));
            settles = orders.Executed(message.OrderId, lots);
            return true;
        }

        bool whole = message.Kind == FeedMessageKind.Deletion;
        if (orders.Cancel(desk, message.OrderId, whole, lots) || levels.TakeOff(desk, message.Side, price, lots))
            return true;
        Counts = Counts with { UnknownOrders = Counts.UnknownOrders + 1 };
        return false;
    }

    private bool Apply(Desk desk, Quote quote)
    {
        (int Price, long Lots)[]? bids = QuotedSide(quote.BidPrice, quote.BidSize);
        (int Price, long Lots)[]? asks = QuotedSide(quote.AskPrice, quote.AskSize);
        levels.Set(desk, bids, asks);
        sides.Quoted(bids is null ? null : quote.BidPrice, asks is null ? null : quote.AskPrice);
        return true;
    }

    private bool Apply(Desk desk, OrderBook book)
    {
        levels.Set(desk, Levels(book.Bids), Levels(book.Asks));
        sides.Quoted(Best(book.Bids), Best(book.Asks));
        return true;
    }

    private bool Apply(Desk desk, Trade trade)
    {
        Side side = sides.Of(trade);
        if (side == Side.Unknown)
        {
            Counts = Counts with { WithoutSide = Counts.WithoutSide + 1 };
            return false;
        }

        if (!options.Instrument.TryTicksOf(trade.Price, out int price)
            || !options.Instrument.TryLotsOf(trade.Size, out long lots) || lots == 0)
        {
            Counts = Counts with { OffGrid = Counts.OffGrid + 1 };
            return false;
        }

        takers.Add(desk.Limit(side, price, lots, OrderLifetime.ImmediateOrCancel, SelfTradePolicy.Allow));
        return true;
    }

    /// <summary>Null where the side stays as it is.</summary>
    private (int Price, long Lots)[]? QuotedSide(double price, double size)
    {
        if (!double.IsNaN(price))
            return [Level(price, size)];
        return options.KeepsMissingSide ? null : [];
    }

    private (int Price, long Lots)[] Levels(IReadOnlyList<BookLevel> side) =>
        [.. side.Select(level => Level(level.Price, level.Size))];

    private static double Best(IReadOnlyList<BookLevel> side) => side.Count > 0 ? side[0].Price : double.NaN;

    private (int Price, long Lots) Level(double price, double size) =>
        (options.Instrument.TicksOf(price), options.Instrument.LotsOf(size));

    private static Side Other(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
