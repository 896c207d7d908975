namespace FinML.Notebooks.Kernel;

/// <summary>Whether code can be run.</summary>
internal enum CodeCompleteness
{
    /// <summary>It can.</summary>
    Complete,

    /// <summary>Something is still open: a bracket, a string, a statement.</summary>
    Incomplete,

    /// <summary>Nothing that follows makes it right.</summary>
    Invalid,
}
