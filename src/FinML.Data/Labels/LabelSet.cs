namespace FinML.Data;

/// <summary>The labels of a series, one a row, and the rows that each of them reads.</summary>
public sealed class LabelSet
{
    private readonly double[] _values;

    internal LabelSet(double[] values, int[] last)
    {
        for (int t = 0; t < values.Length; t++)
        {
            last[t] = double.IsNaN(values[t]) ? -1 : last[t];
        }

        _values = values;
        Spans = LabelSpans.Create(last);
    }

    /// <summary>The labels, NaN where there is none.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The rows that the labels read: what a split purges by.</summary>
    public LabelSpans Spans { get; }

    /// <summary>The number of rows.</summary>
    public int Length => _values.Length;

    /// <summary>A copy of the labels, as <see cref="WindowDataset"/> takes them.</summary>
    public double[] ToArray() => (double[])_values.Clone();
}
