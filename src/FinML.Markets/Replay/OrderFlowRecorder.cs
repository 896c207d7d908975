using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Replay;

/// <summary>
/// Writes what happens in a book as the order messages of an exchange's feed: what rests is submitted, what trades is
/// an execution of the resting order. A <see cref="HistoricalMarket"/> of these messages has the same book again.
/// </summary>
public sealed class OrderFlowRecorder
{
    private readonly Instrument instrument;
    private readonly Dictionary<long, RestingOrder> resting = [];
    private readonly List<FeedMessage> messages = [];

    public OrderFlowRecorder(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        this.instrument = instrument.Validate();
    }

    /// <summary>So far.</summary>
    public IReadOnlyList<FeedMessage> Messages => messages;

    /// <summary>Takes every event of an engine, in order, from an empty book on.</summary>
    public void Record(BookEvent happened)
    {
        bool known = resting.TryGetValue(happened.OrderId, out RestingOrder order);
        switch (happened.Kind)
        {
            case BookEventKind.Rested:
                var rested = new RestingOrder(
                    happened.OrderId, happened.Participant, happened.Side, happened.Price, happened.Remaining);
                resting[happened.OrderId] = rested;
                Add(happened, FeedMessageKind.Submission, rested, rested.Quantity);
                break;
            case BookEventKind.Traded when resting.TryGetValue(happened.MakerOrderId, out RestingOrder maker):
                Add(happened, FeedMessageKind.Execution, maker, happened.Quantity);
                Keep(maker, happened.Remaining);
                break;
            case BookEventKind.Canceled or BookEventKind.Reduced when known:
                Lower(happened, order, happened.Remaining);
                break;
            case BookEventKind.Replaced when known:
                bool stays = happened.Price == order.Price && happened.Quantity <= order.Quantity;
                Lower(happened, order, stays ? happened.Quantity : 0);
                break;
        }
    }

    private void Lower(in BookEvent happened, RestingOrder order, long left)
    {
        if (left < order.Quantity)
        {
            FeedMessageKind kind = left == 0 ? FeedMessageKind.Deletion : FeedMessageKind.PartialCancellation;
            Add(happened, kind, order, order.Quantity - left);
        }

        Keep(order, left);
    }

    private void Keep(RestingOrder order, long left)
    {
        if (left > 0)
            resting[order.OrderId] = order with { Quantity = left };
        else
            resting.Remove(order.OrderId);
    }

    private void Add(in BookEvent happened, FeedMessageKind kind, RestingOrder order, long lots)
    {
        var time = new DateTime(happened.Time, DateTimeKind.Utc);
        messages.Add(new FeedMessage
        {
            Symbol = instrument.Symbol,
            Venue = instrument.Venue,
            Time = time,
            AvailableAt = time,
            Kind = kind,
            OrderId = order.OrderId,
            Side = order.Side,
            Price = instrument.PriceOf(order.Price),
            Size = instrument.SizeOf(lots),
        });
    }
}
