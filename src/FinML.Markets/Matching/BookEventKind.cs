namespace FinML.Markets.Matching;

/// <summary>What happened in the book.</summary>
public enum BookEventKind : byte
{
    /// <summary>A new order was taken; what it did follows.</summary>
    Accepted,

    /// <summary>A message was refused and changed nothing.</summary>
    Rejected,

    /// <summary>The incoming order traded with a resting one, at the resting order's price.</summary>
    Traded,

    /// <summary>What was left of the incoming order joined the back of its level.</summary>
    Rested,

    /// <summary>An order, or what was left of it, is gone.</summary>
    Canceled,

    /// <summary>An order lost quantity to the self-trade policy and keeps its place.</summary>
    Reduced,

    /// <summary>A resting order has a new price or quantity; where it lost its place, what it did follows.</summary>
    Replaced,
}
