namespace FinML.Notebooks;

/// <summary>
/// A bar in the terminal for work that takes long; it leaves nothing in the executed notebook, so that two runs write
/// the same outputs.
/// </summary>
public sealed class ProgressBar : IProgress<double>, IDisposable
{
    private readonly INotebookProgress? listener;
    private readonly int number;
    private int ended;

    internal ProgressBar(INotebookProgress? listener, int number, string label)
    {
        this.listener = listener;
        this.number = number;
        Label = label;
        listener?.BarChanged(number, label, 0);
    }

    /// <summary>What the bar is about.</summary>
    public string Label { get; }

    /// <summary>How far the work is, 0 to 1.</summary>
    public double Fraction { get; private set; }

    /// <summary>Says how far the work is.</summary>
    /// <param name="value">0 to 1; what lies outside is clipped.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN.</exception>
    public void Report(double value)
    {
        if (double.IsNaN(value))
            throw new ArgumentOutOfRangeException(nameof(value), "A fraction is 0 to 1, but was NaN.");
        Fraction = Math.Clamp(value, 0, 1);
        if (ended == 0)
            listener?.BarChanged(number, Label, Fraction);
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) == 0)
            listener?.BarEnded(number);
    }
}
