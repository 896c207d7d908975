namespace FinML.Notebooks;

/// <summary>The cell tags of nbval and nbclient that a check and a run obey.</summary>
public static class CheckTag
{
    /// <summary>The cell runs and its outputs are not compared.</summary>
    public const string IgnoreOutput = "nbval-ignore-output";

    /// <summary>The cell does not run in a check.</summary>
    public const string Skip = "nbval-skip";

    /// <summary>An exception of the cell is one of its outputs, and the run goes on.</summary>
    public const string RaisesException = "raises-exception";
}
