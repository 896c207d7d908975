namespace FinML.Figures;

/// <summary>A figure that could not be written as it was asked for: no browser is here, or plotly.js cannot be
/// had.</summary>
public sealed class FigureExportException : Exception
{
    /// <summary>What is missing, and what to do about it, in a sentence.</summary>
    public FigureExportException(string message)
        : base(message)
    {
    }

    /// <summary>The same with what it came from.</summary>
    public FigureExportException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
