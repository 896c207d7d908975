using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Verification;

/// <summary>The same rules on a plain list of orders that is searched from end to end: slow, and easy to
/// believe.</summary>
internal sealed class ListBook(MatchingOptions options)
{
    private readonly List<Order> orders = []; // by arrival at their place in the queue
    private List<BookEvent> events = [];
    private long sequence;
    private long time = long.MinValue;

    internal int Count => orders.Count;

    internal List<BookEvent> Process(BookMessage message)
    {
        events = [];
        RejectReason reason = Reject(message);
        if (reason != RejectReason.None)
        {
            Say(message, BookEventKind.Rejected, message.Side, message.Quantity, 0, reject: reason);
            return events;
        }

        time = message.Time;
        Order? old = orders.Find(o => o.Id == message.OrderId);
        if (message.Kind == OrderKind.Cancel)
        {
            Remove(message, old!, CancelReason.Requested);
        }
        else if (message.Kind == OrderKind.Replace)
        {
            Say(message, BookEventKind.Replaced, old!.Side, message.Quantity, message.Quantity);
            if (old.Price == message.Price && message.Quantity <= old.Quantity)
            {
                old.Quantity = message.Quantity;
                return events;
            }

            orders.Remove(old);
            Match(message, old.Side, message.Price, rests: true, CancelReason.None);
        }
        else
        {
            Say(message, BookEventKind.Accepted, message.Side, message.Quantity, message.Quantity);
            bool market = message.Kind == OrderKind.Market;
            int limit = !market ? message.Price : message.Side == Side.Buy ? int.MaxValue : int.MinValue;
            if (message.Lifetime == OrderLifetime.FillOrKill && !Fills(message, limit))
                Say(message, BookEventKind.Canceled, message.Side, message.Quantity, 0, CancelReason.FillOrKill);
            else
                Match(
                    message, message.Side, limit,
                    !market && message.Lifetime is OrderLifetime.GoodTillCanceled or OrderLifetime.PostOnly,
                    market ? CancelReason.NoLiquidity : CancelReason.ImmediateOrCancel);
        }

        return events;
    }

    internal List<RestingOrder> Resting(Side side) =>
        [.. Queue(side).Select(o => new RestingOrder(o.Id, o.Participant, o.Side, o.Price, o.Quantity))];

    private IEnumerable<Order> Queue(Side side)
    {
        IEnumerable<Order> own = orders.Where(o => o.Side == side);
        return side == Side.Buy ? own.OrderByDescending(o => o.Price) : own.OrderBy(o => o.Price); // both stable
    }

    /// <summary>The first in the queue, without sorting it.</summary>
    private Order? Best(Side side)
    {
        Order? best = null;
        foreach (Order order in orders)
        {
            if (order.Side == side && (best is null
                || (side == Side.Buy ? order.Price > best.Price : order.Price < best.Price)))
                best = order;
        }

        return best;
    }

    private static Side Other(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    private static bool Reaches(Side side, int limit, int price) =>
        side == Side.Buy ? price <= limit : price >= limit;

    private RejectReason Reject(BookMessage m)
    {
        Order? old = orders.Find(o => o.Id == m.OrderId);
        bool isNew = m.Kind is OrderKind.Limit or OrderKind.Market;
        if ((byte)m.Kind > 3)
            return RejectReason.UnknownKind;
        if (m.Time < time)
            return RejectReason.TimeReversed;
        if (isNew && m.Side == Side.Unknown)
            return RejectReason.NoSide;
        if (isNew && old is not null)
            return RejectReason.DuplicateOrder;
        if (!isNew && old is null)
            return RejectReason.UnknownOrder;
        if (!isNew && old!.Participant != m.Participant)
            return RejectReason.NotOwner;
        if (m.Kind == OrderKind.Cancel)
            return RejectReason.None;
        if (m.Quantity < 1 || m.Quantity > options.MaximumQuantity)
            return RejectReason.QuantityOutOfRange;
        if (m.Kind != OrderKind.Market && (m.Price < options.MinimumPrice || m.Price > options.MaximumPrice))
            return RejectReason.PriceOutOfRange;
        if ((byte)m.Lifetime > 3)
            return RejectReason.WrongLifetime;
        if ((byte)m.SelfTrade > 4)
            return RejectReason.UnknownSelfTradePolicy;
        if (m.Kind == OrderKind.Market)
            return m.Lifetime == OrderLifetime.PostOnly ? RejectReason.WrongLifetime : RejectReason.None;
        bool adds = m.Lifetime is OrderLifetime.GoodTillCanceled or OrderLifetime.PostOnly;
        if (!isNew && !adds)
            return RejectReason.WrongLifetime;
        Side side = isNew ? m.Side : old!.Side;
        bool crosses = orders.Exists(o => o.Side != side && Reaches(side, m.Price, o.Price));
        if (m.Lifetime == OrderLifetime.PostOnly && crosses)
            return RejectReason.WouldTrade;
        return isNew && adds && orders.Count == options.OrderCapacity ? RejectReason.BookFull : RejectReason.None;
    }

    private bool Fills(BookMessage m, int limit)
    {
        long sum = 0;
        foreach (Order resting in Queue(Other(m.Side)).Where(o => Reaches(m.Side, limit, o.Price)))
        {
            if (m.SelfTrade == SelfTradePolicy.Allow || resting.Participant != m.Participant)
                sum += resting.Quantity;
            else if (m.SelfTrade != SelfTradePolicy.CancelOldest)
                break;
        }

        // Anything behind the order that completes it does not matter.
        return sum >= m.Quantity;
    }

    private void Match(BookMessage m, Side side, int limit, bool rests, CancelReason otherwise)
    {
        long left = m.Quantity;
        while (left > 0 && Best(Other(side)) is { } maker && Reaches(side, limit, maker.Price))
        {
            long both = Math.Min(left, maker.Quantity);
            if (maker.Participant == m.Participant && m.SelfTrade != SelfTradePolicy.Allow)
            {
                switch (m.SelfTrade)
                {
                    case SelfTradePolicy.CancelNewest:
                        Say(m, BookEventKind.Canceled, side, left, 0, CancelReason.SelfTrade);
                        return;
                    case SelfTradePolicy.CancelBoth:
                        Remove(m, maker, CancelReason.SelfTrade);
                        Say(m, BookEventKind.Canceled, side, left, 0, CancelReason.SelfTrade);
                        return;
                    case SelfTradePolicy.CancelOldest:
                        Remove(m, maker, CancelReason.SelfTrade);
                        continue;
                }

                if (both == maker.Quantity)
                {
                    Remove(m, maker, CancelReason.SelfTrade);
                }
                else
                {
                    maker.Quantity -= both;
                    SayResting(m, BookEventKind.Reduced, maker, both, maker.Quantity, CancelReason.SelfTrade);
                }

                left -= both;
                Say(m, left == 0 ? BookEventKind.Canceled : BookEventKind.Reduced, side, both, left,
                    CancelReason.SelfTrade);
                continue;
            }

            left -= both;
            maker.Quantity -= both;
            if (maker.Quantity == 0)
                orders.Remove(maker);
            events.Add(new BookEvent
            {
                Sequence = ++sequence,
                Time = m.Time,
                Kind = BookEventKind.Traded,
                OrderId = m.OrderId,
                Participant = m.Participant,
                Side = side,
                MakerOrderId = maker.Id,
                MakerParticipant = maker.Participant,
                Price = maker.Price,
                Quantity = both,
                Remaining = maker.Quantity,
            });
        }

        if (left == 0)
            return;
        if (!rests)
        {
            Say(m, BookEventKind.Canceled, side, left, 0, otherwise);
            return;
        }

        orders.Add(new Order(m.OrderId, m.Participant, side, limit) { Quantity = left });
        Say(m, BookEventKind.Rested, side, left, left);
    }

    private void Remove(BookMessage m, Order order, CancelReason why)
    {
        SayResting(m, BookEventKind.Canceled, order, order.Quantity, 0, why);
        orders.Remove(order);
    }

    private void Say(
        BookMessage m, BookEventKind kind, Side side, long quantity, long remaining,
        CancelReason cancel = CancelReason.None, RejectReason reject = RejectReason.None) =>
        events.Add(new BookEvent
        {
            Sequence = ++sequence,
            Time = m.Time,
            Kind = kind,
            OrderId = m.OrderId,
            Participant = m.Participant,
            Side = side,
            Quantity = quantity,
            Remaining = remaining,
            Price = m.Kind == OrderKind.Market ? 0 : m.Price,
            Cancel = cancel,
            Reject = reject,
        });

    private void SayResting(
        BookMessage m, BookEventKind kind, Order order, long quantity, long remaining, CancelReason cancel) =>
        events.Add(new BookEvent
        {
            Sequence = ++sequence,
            Time = m.Time,
            Kind = kind,
            OrderId = order.Id,
            Participant = order.Participant,
            Side = order.Side,
            Quantity = quantity,
            Remaining = remaining,
            Price = order.Price,
            Cancel = cancel,
        });

    private sealed class Order(long id, int participant, Side side, int price)
    {
        internal long Id { get; } = id;

        internal int Participant { get; } = participant;

        internal Side Side { get; } = side;

        internal int Price { get; } = price;

        internal long Quantity { get; set; }
    }
}
