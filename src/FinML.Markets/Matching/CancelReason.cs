namespace FinML.Markets.Matching;

/// <summary>Why an order, or what was left of it, was canceled.</summary>
public enum CancelReason : byte
{
    /// <summary>It was not canceled.</summary>
    None,

    /// <summary>Its owner asked for it.</summary>
    Requested,

    /// <summary>An <see cref="OrderLifetime.ImmediateOrCancel"/> order that did not trade whole.</summary>
    ImmediateOrCancel,

    /// <summary>A <see cref="OrderLifetime.FillOrKill"/> order that could not trade whole.</summary>
    FillOrKill,

    /// <summary>A market order that emptied the other side.</summary>
    NoLiquidity,

    /// <summary>The <see cref="SelfTradePolicy"/>.</summary>
    SelfTrade,
}
