namespace FinML.Markets.Matching;

/// <summary>What happens where an order meets a resting order of the same participant; the incoming message's policy
/// decides.</summary>
public enum SelfTradePolicy : byte
{
    /// <summary>They trade.</summary>
    Allow,

    /// <summary>What is left of the incoming order is canceled.</summary>
    CancelNewest,

    /// <summary>The resting order is canceled and the incoming one goes on.</summary>
    CancelOldest,

    /// <summary>Both are canceled.</summary>
    CancelBoth,

    /// <summary>Both lose the smaller of the two quantities without a trade; an order with nothing left is
    /// canceled.</summary>
    DecrementAndCancel,
}
