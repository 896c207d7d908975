namespace FinML.Markets.Matching;

/// <summary>What happens to the part of an order that does not trade at once.</summary>
public enum OrderLifetime : byte
{
    /// <summary>It rests until it trades or is canceled. A market order never rests.</summary>
    GoodTillCanceled,

    /// <summary>It is canceled.</summary>
    ImmediateOrCancel,

    /// <summary>The order trades whole at once, or is canceled whole and trades nothing.</summary>
    FillOrKill,

    /// <summary>The order only adds to the book: it is refused where it would trade.</summary>
    PostOnly,
}
