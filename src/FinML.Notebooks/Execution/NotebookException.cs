namespace FinML.Notebooks;

/// <summary>A notebook that cannot be run; nothing of it has run and nothing was written.</summary>
public sealed class NotebookException : Exception
{
    /// <summary>A refusal that no cell is to blame for.</summary>
    public NotebookException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal because of an error in a cell.</summary>
    public NotebookException(NotebookError error)
        : base(error.Sentence) => Error = error;

    /// <summary>The error in the cell, or null.</summary>
    public NotebookError? Error { get; }
}
