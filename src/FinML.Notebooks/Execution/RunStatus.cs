namespace FinML.Notebooks;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>Every cell ran.</summary>
    Succeeded,

    /// <summary>A cell threw; the ones after it did not run.</summary>
    Failed,

    /// <summary>The time limit passed.</summary>
    TimedOut,

    /// <summary>The user stopped it.</summary>
    Cancelled,
}
