namespace FinML.Markets.Execution;

/// <summary>Why a parent order was not filled whole.</summary>
public enum UnfilledReason
{
    /// <summary>It was, or its time is not over.</summary>
    None,

    /// <summary>The algorithm did not ask for everything: too little volume was traded.</summary>
    Algorithm,

    /// <summary>The limit on the participation held lots back.</summary>
    Participation,

    /// <summary>Everything was sent, and the market did not have it within the limit price.</summary>
    Market,
}
