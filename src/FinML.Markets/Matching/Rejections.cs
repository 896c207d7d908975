namespace FinML.Markets.Matching;

/// <summary>What a refusal says to people.</summary>
public static class Rejections
{
    /// <summary>One sentence with the value and the valid range.</summary>
    public static string Explain(this RejectReason reason, in BookMessage message, MatchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string order = $"Order {message.OrderId} of participant {message.Participant}";
        return reason switch
        {
            RejectReason.None => $"{order} was not refused.",
            RejectReason.UnknownKind => $"{order}: {(byte)message.Kind} is not a kind of message (0 to 3).",
            RejectReason.NoSide => $"{order} has to buy or to sell; its side is {message.Side}.",
            RejectReason.PriceOutOfRange => $"{order} has a price of {message.Price} ticks; the engine takes "
                + $"{options.MinimumPrice} to {options.MaximumPrice}.",
            RejectReason.QuantityOutOfRange => $"{order} has a quantity of {message.Quantity} lots; the engine takes "
                + $"1 to {options.MaximumQuantity}.",
            RejectReason.WrongLifetime => $"{order}: a {message.Kind} message cannot be {message.Lifetime}.",
            RejectReason.UnknownSelfTradePolicy =>
                $"{order}: {(byte)message.SelfTrade} is not a self-trade policy (0 to 4).",
            RejectReason.TimeReversed => $"{order} is stamped {message.Time}, before a message that was taken.",
            RejectReason.DuplicateOrder => $"{order}: an order with that identifier rests in the book.",
            RejectReason.UnknownOrder => $"{order}: no order with that identifier rests in the book.",
            RejectReason.NotOwner => $"{order}: the order belongs to another participant.",
            RejectReason.WouldTrade => $"{order} may only add to the book and would trade at {message.Price} ticks.",
            RejectReason.BookFull => $"{order}: the book holds {options.OrderCapacity} orders, all it has room for.",
            _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, $"{reason} is not a reason."),
        };
    }
}
