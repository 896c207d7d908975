using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>
/// A limit order book that matches by price and then by time. Prices are whole ticks and quantities whole lots, so that
/// nothing is rounded; what comes out is a function of the messages alone, and <see cref="MessageLogReader"/> replays a
/// log of them to the same bits. After construction nothing is allocated (but for the list of events of a message that
/// trades with more orders than any before).
/// </summary>
/// <remarks>
/// A trade happens at the resting order's price. <see cref="SelfTradePolicy"/> of the incoming message decides where it
/// meets an order of its own participant. A fill-or-kill order counts only what it could trade with others, up to the
/// first own order unless the policy cancels the oldest or allows the trade. An identifier may be used again once its
/// order is gone.
/// </remarks>
public sealed class MatchingEngine : IStateful
{
    private readonly RestingBook book;
    private readonly int levels;
    private readonly BookEventList events;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public MatchingEngine(MatchingOptions? options = null)
    {
        Options = (options ?? new MatchingOptions()).Validate();
        levels = Options.Levels;
        book = new RestingBook(levels, Options.OrderCapacity);
        events = new BookEventList(Options.MinimumPrice);
    }

    public MatchingOptions Options { get; }

    /// <summary>Of the last message that was not refused; 100 ns.</summary>
    public long Time { get; private set; } = long.MinValue;

    /// <summary>Events so far.</summary>
    public long EventCount => events.Sequence;

    /// <summary>Orders that rest.</summary>
    public int OrderCount => book.Count;

    /// <summary>Ticks; null where nobody bids.</summary>
    public int? BestBid => book.BestBid >= 0 ? Options.MinimumPrice + book.BestBid : null;

    /// <summary>Ticks; null where nobody offers.</summary>
    public int? BestAsk => book.BestAsk < levels ? Options.MinimumPrice + book.BestAsk : null;

    /// <summary>Takes one message and says what it did, in order. The span is valid until the next call.</summary>
    public ReadOnlySpan<BookEvent> Process(in BookMessage message)
    {
        events.Clear();
        RejectReason reason = MessageChecks.Check(message, Time, book, Options, out int slot);
        if (reason != RejectReason.None)
        {
            events.Add(message, BookEventKind.Rejected, message.Side, message.Quantity, 0, reject: reason);
            return events.AsSpan();
        }

        Time = message.Time;
        switch (message.Kind)
        {
            case OrderKind.Cancel:
                Remove(message, slot, book.SideOf(slot), CancelReason.Requested);
                break;
            case OrderKind.Replace:
                Replace(message, slot);
                break;
            default:
                Enter(message);
                break;
        }

        return events.AsSpan();
    }

    /// <summary>The best levels of a side, best first; returns how many there were.</summary>
    public int CopyLevels(Side side, Span<PriceLevel> destination)
    {
        DemandSide(side);
        int count = 0;
        for (int level = book.Best(side); level >= 0 && count < destination.Length; level = book.Worse(side, level))
        {
            ref readonly RestingBook.Level queue = ref book.LevelAt(level);
            destination[count++] = new PriceLevel(Options.MinimumPrice + level, queue.Quantity, queue.Orders);
        }

        return count;
    }

    /// <summary>The resting orders of a side in the order in which they would trade.</summary>
    public IEnumerable<RestingOrder> Orders(Side side)
    {
        DemandSide(side);
        for (int level = book.Best(side); level >= 0; level = book.Worse(side, level))
        {
            for (int slot = book.LevelAt(level).First; slot >= 0; slot = book[slot].Next)
                yield return At(slot, side);
        }
    }

    /// <summary>The resting order with an identifier.</summary>
    public bool TryGetOrder(long orderId, out RestingOrder order)
    {
        int slot = book.Find(orderId);
        order = slot < 0 ? default : At(slot, book.SideOf(slot));
        return slot >= 0;
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(Save);

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, Load);

    /// <summary>As newly made.</summary>
    internal void Reset()
    {
        Time = long.MinValue;
        events.Sequence = 0;
        book.Clear();
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Time);
        writer.Write(events.Sequence);
        writer.Write(book.Count);
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
        {
            foreach (RestingOrder order in Orders(side))
            {
                writer.Write((int)side);
                writer.Write(order.OrderId);
                writer.Write(order.Participant);
                writer.Write(order.Price);
                writer.Write(order.Quantity);
            }
        }
    }

    internal void Load(BinaryReader reader)
    {
        Time = reader.ReadInt64();
        events.Sequence = reader.ReadInt64();
        int count = reader.ReadInt32();
        if (count < 0 || count > Options.OrderCapacity)
            throw new InvalidDataException($"{count} orders do not fit into {Options.OrderCapacity}.");
        book.Clear();
        for (int i = 0; i < count; i++)
        {
            var side = (Side)reader.ReadInt32();
            long id = reader.ReadInt64();
            int participant = reader.ReadInt32(), price = reader.ReadInt32();
            long quantity = reader.ReadInt64();
            bool fits = side is Side.Buy or Side.Sell && quantity >= 1 && quantity <= Options.MaximumQuantity
                && price >= Options.MinimumPrice && price <= Options.MaximumPrice
                && !book.Crosses(side, price - Options.MinimumPrice) && book.Find(id) < 0;
            if (!fits)
                throw new InvalidDataException($"order {id}, {side} {quantity} at {price}, does not fit in the book.");
            book.Add(id, participant, side, price - Options.MinimumPrice, quantity);
        }
    }

    private static void DemandSide(Side side)
    {
        if (side is not (Side.Buy or Side.Sell))
            throw new ArgumentOutOfRangeException(nameof(side), side, $"A side is Buy or Sell; it is {side}.");
    }

    private void Enter(in BookMessage message)
    {
        bool isMarket = message.Kind == OrderKind.Market;
        int limit = !isMarket ? message.Price - Options.MinimumPrice : message.Side == Side.Buy ? levels - 1 : 0;
        events.Add(message, BookEventKind.Accepted, message.Side, message.Quantity, message.Quantity);
        if (message.Lifetime == OrderLifetime.FillOrKill && !CanFill(message, limit))
        {
            events.Add(message, BookEventKind.Canceled, message.Side, message.Quantity, 0, CancelReason.FillOrKill);
            return;
        }

        long left = Take(message, message.Side, limit, out bool stopped);
        if (left == 0)
            return;
        bool rests = !isMarket && message.Lifetime is OrderLifetime.GoodTillCanceled or OrderLifetime.PostOnly;
        if (stopped || !rests)
        {
            CancelReason why = stopped ? CancelReason.SelfTrade
                : isMarket ? CancelReason.NoLiquidity : CancelReason.ImmediateOrCancel;
            events.Add(message, BookEventKind.Canceled, message.Side, left, 0, why);
            return;
        }

        book.Add(message.OrderId, message.Participant, message.Side, limit, left);
        events.Add(message, BookEventKind.Rested, message.Side, left, left);
    }

    private void Replace(in BookMessage message, int slot)
    {
        Side side = book.SideOf(slot);
        int level = message.Price - Options.MinimumPrice;
        events.Add(message, BookEventKind.Replaced, side, message.Quantity, message.Quantity);
        long taken = book[slot].Quantity - message.Quantity;
        if (level == book[slot].Level && taken >= 0)
        {
            book.Reduce(slot, taken);
            return;
        }

        book.Unlink(slot);
        long left = Take(message, side, level, out bool stopped);
        if (left > 0 && !stopped)
        {
            book.Append(slot, side, level, left);
            events.Add(message, BookEventKind.Rested, side, left, left);
            return;
        }

        book.Forget(slot);
        if (left > 0)
            events.Add(message, BookEventKind.Canceled, side, left, 0, CancelReason.SelfTrade);
    }

    /// <summary>Trades with the other side up to the limit; returns what is left.</summary>
    private long Take(in BookMessage message, Side side, int limit, out bool stopped)
    {
        long left = message.Quantity;
        stopped = false;
        while (left > 0 && !stopped && book.Crosses(side, limit))
        {
            int level = side == Side.Buy ? book.BestAsk : book.BestBid;
            int slot = book.LevelAt(level).First;
            ref RestingBook.Slot resting = ref book[slot];
            if (resting.Participant == message.Participant && message.SelfTrade != SelfTradePolicy.Allow)
            {
                left = MeetOwn(message, side, slot, left, out stopped);
                continue;
            }

            long quantity = Math.Min(left, resting.Quantity), open = resting.Quantity - quantity;
            left -= quantity;
            events.AddTrade(message, side, resting, quantity, open);
            if (open == 0)
                book.Remove(slot);
            else
                book.Reduce(slot, quantity);
        }

        return left;
    }

    private long MeetOwn(in BookMessage message, Side side, int slot, long left, out bool stopped)
    {
        Side other = side == Side.Buy ? Side.Sell : Side.Buy;
        stopped = message.SelfTrade is SelfTradePolicy.CancelNewest or SelfTradePolicy.CancelBoth;
        if (message.SelfTrade == SelfTradePolicy.CancelNewest)
            return left;
        ref RestingBook.Slot resting = ref book[slot];
        if (message.SelfTrade != SelfTradePolicy.DecrementAndCancel)
        {
            Remove(message, slot, other, CancelReason.SelfTrade);
            return left;
        }

        long both = Math.Min(left, resting.Quantity);
        if (both == resting.Quantity)
        {
            Remove(message, slot, other, CancelReason.SelfTrade);
        }
        else
        {
            book.Reduce(slot, both);
            events.AddResting(
                message, BookEventKind.Reduced, resting, other, both, resting.Quantity, CancelReason.SelfTrade);
        }

        left -= both;
        BookEventKind kind = left == 0 ? BookEventKind.Canceled : BookEventKind.Reduced;
        events.Add(message, kind, side, both, left, CancelReason.SelfTrade);
        return left;
    }

    private bool CanFill(in BookMessage message, int limit)
    {
        long wanted = message.Quantity;
        Side other = message.Side == Side.Buy ? Side.Sell : Side.Buy;
        for (int level = book.Best(other); level >= 0; level = book.Worse(other, level))
        {
            if (message.Side == Side.Buy ? level > limit : level < limit)
                return false;
            for (int slot = book.LevelAt(level).First; slot >= 0; slot = book[slot].Next)
            {
                ref RestingBook.Slot resting = ref book[slot];
                bool own = resting.Participant == message.Participant && message.SelfTrade != SelfTradePolicy.Allow;
                if (own && message.SelfTrade != SelfTradePolicy.CancelOldest)
                    return false;
                if (!own && (wanted -= resting.Quantity) <= 0)
                    return true;
            }
        }

        return false;
    }

    private void Remove(in BookMessage message, int slot, Side side, CancelReason why)
    {
        ref RestingBook.Slot order = ref book[slot];
        events.AddResting(message, BookEventKind.Canceled, order, side, order.Quantity, 0, why);
        book.Remove(slot);
    }

    private RestingOrder At(int slot, Side side)
    {
        ref RestingBook.Slot order = ref book[slot];
        return new RestingOrder(
            order.Id, order.Participant, side, Options.MinimumPrice + order.Level, order.Quantity);
    }
}
