namespace FinML.Notebooks;

/// <summary>Hears how a run goes. Calls come from any thread, and must return fast.</summary>
public interface INotebookProgress
{
    /// <summary>Cell <paramref name="number"/> of <paramref name="total"/> begins.</summary>
    /// <param name="number">From 1.</param>
    /// <param name="total">The number of code cells.</param>
    /// <param name="caption">The heading above the cell, or its first line.</param>
    void CellStarted(int number, int total, string caption);

    /// <summary>The cell ended.</summary>
    void CellFinished(int number, TimeSpan elapsed, bool succeeded);

    /// <summary>A bar that the cell made with Progress(label) stands at <paramref name="fraction"/>.</summary>
    /// <param name="bar">The bar, from 1, counted over the run.</param>
    /// <param name="label">What it is about.</param>
    /// <param name="fraction">0 to 1.</param>
    void BarChanged(int bar, string label, double fraction);

    /// <summary>The bar is done with.</summary>
    void BarEnded(int bar);
}
