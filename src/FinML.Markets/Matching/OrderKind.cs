namespace FinML.Markets.Matching;

/// <summary>What a message asks of the engine.</summary>
public enum OrderKind : byte
{
    /// <summary>Buy or sell up to a quantity at a price or better.</summary>
    Limit,

    /// <summary>Buy or sell now at whatever the book offers; what finds nothing is canceled.</summary>
    Market,

    /// <summary>Take a resting order out of the book.</summary>
    Cancel,

    /// <summary>
    /// Change the price and the open quantity of a resting order. At the same price and with no more quantity it keeps
    /// its place in the queue; else it goes to the back of its new level, after trading what it crosses.
    /// </summary>
    Replace,
}
