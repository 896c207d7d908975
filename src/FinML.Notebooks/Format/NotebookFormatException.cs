namespace FinML.Notebooks;

/// <summary>A notebook file that cannot be read; the message is one sentence that says where and why.</summary>
public sealed class NotebookFormatException(string message, Exception? inner = null) : Exception(message, inner);
