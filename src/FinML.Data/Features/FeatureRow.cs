namespace FinML.Data;

/// <summary>One row as a running feature is given it: its number, its time and the values of the fields that the
/// feature reads, in the feature's order.</summary>
public readonly ref struct FeatureRow
{
    private readonly ReadOnlySpan<double> _values;
    private readonly int _stride;

    /// <summary>The row of that number and time.</summary>
    /// <param name="number">Counted from the first row of the panel.</param>
    /// <param name="time">What the row is about.</param>
    /// <param name="values">Begins with the value of the feature's first field.</param>
    /// <param name="stride">How far the values of two fields are apart: 1 where they lie in a row, the length of a
    /// column where they lie in columns.</param>
    public FeatureRow(long number, DateTime time, ReadOnlySpan<double> values, int stride = 1)
    {
        Number = number;
        Time = time;
        _values = values;
        _stride = stride;
    }

    /// <summary>The number of the row, counted from the first of the panel.</summary>
    public long Number { get; }

    /// <summary>What the row is about.</summary>
    public DateTime Time { get; }

    /// <summary>The value of the feature's field <paramref name="i"/>; NaN where it is missing.</summary>
    public double this[int i] => _values[i * _stride];
}
