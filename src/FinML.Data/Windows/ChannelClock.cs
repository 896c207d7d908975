namespace FinML.Data;

/// <summary>Which time the steps of a channel's window follow.</summary>
public enum ChannelClock
{
    /// <summary>The channel's own: its last rows that were known at the decision.</summary>
    Own,

    /// <summary>That of the decisions: for each of the last decision times, what was known then.</summary>
    Decisions,
}
