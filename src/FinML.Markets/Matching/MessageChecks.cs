using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>Whether a message can be taken; the first reason against it in the order of these lines.</summary>
internal static class MessageChecks
{
    internal static RejectReason Check(
        in BookMessage message, long now, RestingBook book, MatchingOptions options, out int slot)
    {
        slot = -1;
        if (message.Kind > OrderKind.Replace)
            return RejectReason.UnknownKind;
        if (message.Time < now)
            return RejectReason.TimeReversed;
        slot = book.Find(message.OrderId);
        return message.Kind is OrderKind.Limit or OrderKind.Market
            ? CheckNew(message, slot, book, options)
            : CheckChange(message, slot, book, options);
    }

    private static RejectReason CheckNew(
        in BookMessage message, int slot, RestingBook book, MatchingOptions options)
    {
        if (message.Side is not (Side.Buy or Side.Sell))
            return RejectReason.NoSide;
        if (slot >= 0)
            return RejectReason.DuplicateOrder;
        RejectReason reason = CheckTerms(message, options);
        if (reason != RejectReason.None)
            return reason;
        if (message.Kind == OrderKind.Market)
            return message.Lifetime == OrderLifetime.PostOnly ? RejectReason.WrongLifetime : RejectReason.None;
        if (WouldTrade(message, message.Side, book, options))
            return RejectReason.WouldTrade;
        return MayRest(message) && book.Full ? RejectReason.BookFull : RejectReason.None;
    }

    private static RejectReason CheckChange(
        in BookMessage message, int slot, RestingBook book, MatchingOptions options)
    {
        if (slot < 0)
            return RejectReason.UnknownOrder;
        if (book[slot].Participant != message.Participant)
            return RejectReason.NotOwner;
        if (message.Kind == OrderKind.Cancel)
            return RejectReason.None;
        RejectReason reason = CheckTerms(message, options);
        if (reason != RejectReason.None)
            return reason;
        if (!MayRest(message))
            return RejectReason.WrongLifetime;
        return WouldTrade(message, book.SideOf(slot), book, options) ? RejectReason.WouldTrade : RejectReason.None;
    }

    private static RejectReason CheckTerms(in BookMessage message, MatchingOptions options)
    {
        if (message.Quantity < 1 || message.Quantity > options.MaximumQuantity)
            return RejectReason.QuantityOutOfRange;
        bool priced = message.Kind != OrderKind.Market;
        if (priced && (message.Price < options.MinimumPrice || message.Price > options.MaximumPrice))
            return RejectReason.PriceOutOfRange;
        if (message.Lifetime > OrderLifetime.PostOnly)
            return RejectReason.WrongLifetime;
        return message.SelfTrade > SelfTradePolicy.DecrementAndCancel
            ? RejectReason.UnknownSelfTradePolicy
            : RejectReason.None;
    }

    private static bool MayRest(in BookMessage message) =>
        message.Lifetime is OrderLifetime.GoodTillCanceled or OrderLifetime.PostOnly;

    private static bool WouldTrade(in BookMessage message, Side side, RestingBook book, MatchingOptions options) =>
        message.Lifetime == OrderLifetime.PostOnly && book.Crosses(side, message.Price - options.MinimumPrice);
}
