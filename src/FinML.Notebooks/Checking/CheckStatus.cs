namespace FinML.Notebooks;

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    /// <summary>The fresh outputs are the stored ones.</summary>
    Same,

    /// <summary>A fresh output differs from the stored one.</summary>
    Drifted,

    /// <summary>The notebook stores no outputs, so that there is nothing to compare; it was not run.</summary>
    NeverRun,

    /// <summary>A cell threw.</summary>
    Failed,

    /// <summary>The time limit passed.</summary>
    TimedOut,

    /// <summary>The user stopped it.</summary>
    Cancelled,
}
