namespace FinML.Markets.Matching;

/// <summary>Why a message was refused; a refused message changes nothing.</summary>
public enum RejectReason : byte
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>The kind is not one of <see cref="OrderKind"/>.</summary>
    UnknownKind,

    /// <summary>The side of a new order is neither buy nor sell.</summary>
    NoSide,

    /// <summary>The price lies outside the engine's range.</summary>
    PriceOutOfRange,

    /// <summary>The quantity lies outside the engine's range.</summary>
    QuantityOutOfRange,

    /// <summary>The lifetime is unknown or does not go with the kind of order.</summary>
    WrongLifetime,

    /// <summary>The self-trade policy is not one of <see cref="SelfTradePolicy"/>.</summary>
    UnknownSelfTradePolicy,

    /// <summary>The message is from before the last one that was taken.</summary>
    TimeReversed,

    /// <summary>An order with this identifier rests in the book.</summary>
    DuplicateOrder,

    /// <summary>No order with this identifier rests in the book.</summary>
    UnknownOrder,

    /// <summary>The order belongs to another participant.</summary>
    NotOwner,

    /// <summary>The order only adds to the book, and would trade.</summary>
    WouldTrade,

    /// <summary>The book holds as many orders as it has room for.</summary>
    BookFull,
}
