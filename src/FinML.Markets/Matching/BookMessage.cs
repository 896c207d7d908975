using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>
/// One message to a <see cref="MatchingEngine"/>. Prices are whole ticks and quantities whole lots
/// (<see cref="Instrument"/> translates); times are UTC in units of 100 ns, as <see cref="DateTime.Ticks"/>.
/// </summary>
public readonly record struct BookMessage
{
    public long Time { get; init; }

    /// <summary>The order's identifier, chosen by whoever sends it; unique among the orders that rest.</summary>
    public long OrderId { get; init; }

    /// <summary>Lots of a new order, or what shall stay open after a replacement.</summary>
    public long Quantity { get; init; }

    /// <summary>Ticks; not read for market orders and cancels.</summary>
    public int Price { get; init; }

    public int Participant { get; init; }

    /// <summary>Not read for cancels and replacements.</summary>
    public Side Side { get; init; }

    public OrderKind Kind { get; init; }

    public OrderLifetime Lifetime { get; init; }

    public SelfTradePolicy SelfTrade { get; init; }

    /// <summary>A limit order.</summary>
    public static BookMessage Limit(
        long time, int participant, long orderId, Side side, int price, long quantity,
        OrderLifetime lifetime = OrderLifetime.GoodTillCanceled, SelfTradePolicy selfTrade = SelfTradePolicy.Allow) =>
        new()
        {
            Kind = OrderKind.Limit,
            Time = time,
            Participant = participant,
            OrderId = orderId,
            Side = side,
            Price = price,
            Quantity = quantity,
            Lifetime = lifetime,
            SelfTrade = selfTrade,
        };

    /// <summary>A market order; <see cref="OrderLifetime.FillOrKill"/> makes it trade whole or not at
    /// all.</summary>
    public static BookMessage Market(
        long time, int participant, long orderId, Side side, long quantity,
        OrderLifetime lifetime = OrderLifetime.ImmediateOrCancel, SelfTradePolicy selfTrade = SelfTradePolicy.Allow) =>
        new()
        {
            Kind = OrderKind.Market,
            Time = time,
            Participant = participant,
            OrderId = orderId,
            Side = side,
            Quantity = quantity,
            Lifetime = lifetime,
            SelfTrade = selfTrade,
        };

    /// <summary>Takes a resting order out of the book.</summary>
    public static BookMessage Cancel(long time, int participant, long orderId) =>
        new() { Kind = OrderKind.Cancel, Time = time, Participant = participant, OrderId = orderId };

    /// <summary>Changes price and open quantity of a resting order.</summary>
    public static BookMessage Replace(
        long time, int participant, long orderId, int price, long quantity,
        OrderLifetime lifetime = OrderLifetime.GoodTillCanceled, SelfTradePolicy selfTrade = SelfTradePolicy.Allow) =>
        new()
        {
            Kind = OrderKind.Replace,
            Time = time,
            Participant = participant,
            OrderId = orderId,
            Price = price,
            Quantity = quantity,
            Lifetime = lifetime,
            SelfTrade = selfTrade,
        };
}
