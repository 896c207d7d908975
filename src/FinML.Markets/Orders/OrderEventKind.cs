namespace FinML.Markets;

/// <summary>What happened to an order.</summary>
public enum OrderEventKind
{
    /// <summary>It stands.</summary>
    Accepted,

    /// <summary>A part was filled; the rest stands.</summary>
    PartiallyFilled,

    /// <summary>The whole rest was filled.</summary>
    Filled,

    /// <summary>A limit allowed a part of what was wanted.</summary>
    Clipped,

    /// <summary>Nothing of it was allowed or possible.</summary>
    Rejected,

    /// <summary>Who sent it took it back, or an immediate order found too little.</summary>
    Cancelled,

    /// <summary>Its day ended.</summary>
    Expired,

    /// <summary>The equity fell below the maintenance margin and a position was reduced by force.</summary>
    MarginCall,
}
