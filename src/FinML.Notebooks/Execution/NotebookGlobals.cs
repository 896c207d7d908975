using FinML.Notebooks.Papers;

namespace FinML.Notebooks;

/// <summary>What every cell can call without a using: the members of this class.</summary>
public sealed class NotebookGlobals
{
    private readonly ICellOutput outputs;
    private readonly INotebookProgress? listener;
    private readonly List<ProgressBar> bars = [];

    internal NotebookGlobals(
        ICellOutput outputs, INotebookProgress? listener, NotebookHostOptions options, CancellationToken stop,
        WidgetManager? widgets = null, Func<string, object?>? variable = null)
    {
        this.outputs = outputs;
        this.listener = listener;
        RunDirectory = options.RunDirectory;
        Resume = options.Resume;
        Cancellation = stop;
        Slider = new SliderFactory(widgets ?? new WidgetManager());
        Claims = new Claims(outputs, options.BaseDirectory);
        Magics = new NotebookMagics(this, options, variable ?? (_ => null));
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

    /// <summary>What the lines that begin with <c>#!</c> call.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public NotebookMagics Magics { get; }

    /// <summary>Makes sliders: <c>var window = Slider.Create("window", 20, min: 5, max: 250);</c></summary>
    public SliderFactory Slider { get; }

    /// <summary>
    /// Shows a slider, and below it what <paramref name="draw"/> makes of its value: drawn anew whenever it is moved.
    /// <code>Interact(window, n => Figure.Create($"{n} days").Line(days, MovingAverage(prices, n)))</code>
    /// </summary>
    /// <param name="slider">The slider.</param>
    /// <param name="draw">What to show for a value: a figure, a table, a text ...</param>
    public void Interact<T>(Slider<T> slider, Func<T, object?> draw)
        where T : struct, System.Numerics.INumber<T>
    {
        ArgumentNullException.ThrowIfNull(slider);
        ArgumentNullException.ThrowIfNull(draw);
        display(slider);
        object? Draw() => draw(slider.Value);
        DisplayedValue shown = display(Draw());
        slider.OnChange(_ => Show(shown, Draw));
    }

    /// <summary>Shows two sliders, and below them what <paramref name="draw"/> makes of their values.</summary>
    /// <param name="first">The first slider.</param>
    /// <param name="second">The second slider.</param>
    /// <param name="draw">What to show for the values.</param>
    public void Interact<T1, T2>(Slider<T1> first, Slider<T2> second, Func<T1, T2, object?> draw)
        where T1 : struct, System.Numerics.INumber<T1>
        where T2 : struct, System.Numerics.INumber<T2>
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(draw);
        display(first);
        display(second);
        object? Draw() => draw(first.Value, second.Value);
        DisplayedValue shown = display(Draw());
        first.OnChange(_ => Show(shown, Draw));
        second.OnChange(_ => Show(shown, Draw));
    }

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

    /// <summary>What cannot be drawn is said in its place, and the error goes on to where the cell's errors
    /// go.</summary>
    private static void Show(DisplayedValue shown, Func<object?> draw)
    {
        object? value;
        try
        {
            value = draw();
        }
        catch (Exception error) when (error is not (OperationCanceledException or ThreadInterruptedException))
        {
            shown.Update(MimeBundle.OfText($"{error.GetType().Name}: {error.Message}"));
            throw;
        }

        shown.Update(value);
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
