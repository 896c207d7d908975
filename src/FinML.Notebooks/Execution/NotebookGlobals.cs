using FinML.Notebooks.Papers;

namespace FinML.Notebooks;

/// <summary>What every cell can call without a using: the members of this class.</summary>
public sealed class NotebookGlobals
{
    private readonly ICellOutput outputs;
    private readonly INotebookProgress? listener;
    private readonly List<ProgressBar> bars = [];

    internal NotebookGlobals(
        ICellOutput outputs, INotebookProgress? listener, NotebookHostOptions options, CancellationToken stop)
    {
        this.outputs = outputs;
        this.listener = listener;
        RunDirectory = options.RunDirectory;
        Resume = options.Resume;
        Cancellation = stop;
        Claims = new Claims(outputs, options.BaseDirectory);
    }

    /// <summary>The folder for this run's checkpoints and files; kept by <c>--resume</c>, emptied without it.</summary>
    public string RunDirectory { get; }

    /// <summary>Whether the run goes on from what <see cref="RunDirectory"/> holds.</summary>
    public bool Resume { get; }

    /// <summary>Cancelled when the cell is stopped or its time is up; pass it to work that takes long.</summary>
    public CancellationToken Cancellation { get; internal set; }

    /// <summary>Gives values of claims, figures and tables to papers.</summary>
    public Claims Claims { get; }

    /// <summary>Shows a value below the cell.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="mime">A media type, such as "text/html" for a string of HTML; null for the value's own.</param>
    public DisplayedValue display(object? value, string? mime = null) =>
        outputs.Display(ValueFormatter.Format(value, mime));

    /// <summary>Takes the cell's outputs away.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    public void ClearOutput(bool wait = false) => outputs.Clear(wait);

    /// <summary>Markup to display as it stands.</summary>
    public HtmlContent HTML(string markup) => new(markup);

    /// <summary>A progress bar in the terminal; dispose it, or leave it to the end of the cell.</summary>
    public ProgressBar Progress(string label)
    {
        lock (bars)
        {
            var bar = new ProgressBar(listener, bars.Count + 1, label);
            bars.Add(bar);
            return bar;
        }
    }

    internal void EndBars()
    {
        lock (bars)
        {
            bars.ForEach(bar => bar.Dispose());
            bars.Clear();
        }
    }
}
