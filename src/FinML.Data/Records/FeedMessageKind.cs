namespace FinML.Data;

/// <summary>What an <see cref="FeedMessage"/> says; the numbers are LOBSTER's.</summary>
public enum FeedMessageKind
{
    /// <summary>A new limit order.</summary>
    Submission = 1,

    /// <summary>A part of a limit order is taken back.</summary>
    PartialCancellation = 2,

    /// <summary>A limit order is taken back.</summary>
    Deletion = 3,

    /// <summary>A visible limit order is executed, whole or in part.</summary>
    Execution = 4,

    /// <summary>A hidden limit order is executed: the visible book does not change.</summary>
    HiddenExecution = 5,

    /// <summary>A cross, such as the auction at the open.</summary>
    Cross = 6,

    /// <summary>Trading is halted, quoting is resumed, or trading is.</summary>
    Halt = 7,
}
