namespace FinML.Markets;

/// <summary>How long an order stands.</summary>
public enum TimeInForce
{
    /// <summary>To the end of the day on which it became active.</summary>
    Day,

    /// <summary>What cannot be filled at once is cancelled.</summary>
    ImmediateOrCancel,

    /// <summary>Until it is filled or cancelled.</summary>
    GoodTillCancelled,
}
