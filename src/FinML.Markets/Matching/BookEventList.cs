using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>The events of the message at hand, in an array that is used again and again.</summary>
internal sealed class BookEventList(int minimumPrice)
{
    private BookEvent[] events = new BookEvent[256];
    private int count;

    /// <summary>Of the last event.</summary>
    internal long Sequence { get; set; }

    internal ReadOnlySpan<BookEvent> AsSpan() => events.AsSpan(0, count);

    internal void Clear() => count = 0;

    /// <summary>About the message's own order.</summary>
    internal void Add(
        in BookMessage message, BookEventKind kind, Side side, long quantity, long remaining,
        CancelReason cancel = CancelReason.None, RejectReason reject = RejectReason.None) =>
        Next() = new BookEvent
        {
            Sequence = Sequence,
            Time = message.Time,
            Kind = kind,
            OrderId = message.OrderId,
            Participant = message.Participant,
            Side = side,
            Quantity = quantity,
            Remaining = remaining,
            Price = message.Kind == OrderKind.Market ? 0 : message.Price,
            Cancel = cancel,
            Reject = reject,
        };

    /// <summary>About an order that rests.</summary>
    internal void AddResting(
        in BookMessage message, BookEventKind kind, in RestingBook.Slot order, Side side, long quantity,
        long remaining, CancelReason cancel) =>
        Next() = new BookEvent
        {
            Sequence = Sequence,
            Time = message.Time,
            Kind = kind,
            OrderId = order.Id,
            Participant = order.Participant,
            Side = side,
            Quantity = quantity,
            Remaining = remaining,
            Price = minimumPrice + order.Level,
            Cancel = cancel,
        };

    /// <summary>A trade with an order that rests.</summary>
    internal void AddTrade(in BookMessage message, Side side, in RestingBook.Slot maker, long quantity, long open) =>
        Next() = new BookEvent
        {
            Sequence = Sequence,
            Time = message.Time,
            Kind = BookEventKind.Traded,
            OrderId = message.OrderId,
            Participant = message.Participant,
            Side = side,
            MakerOrderId = maker.Id,
            MakerParticipant = maker.Participant,
            Price = minimumPrice + maker.Level,
            Quantity = quantity,
            Remaining = open,
        };

    private ref BookEvent Next()
    {
        if (count == events.Length)
            Array.Resize(ref events, 2 * count);
        Sequence++;
        return ref events[count++];
    }
}
