namespace FinML.Data;

/// <summary>One row as a running feature is given it: its number, its time and the values of the fields that the
/// feature reads, in the feature's order.</summary>
public readonly ref struct FeatureRow
{
    private readonly ReadOnlySpan<double> _values;

    /// <summary>The row of that number and time.</summary>
    public FeatureRow(long number, DateTime time, ReadOnlySpan<double> values)
    {
        Number = number;
        Time = time;
        _values = values;
    }

    /// <summary>The number of the row, counted from the first of the panel.</summary>
    public long Number { get; }

    /// <summary>What the row is about.</summary>
    public DateTime Time { get; }

    /// <summary>How many values there are.</summary>
    public int Count => _values.Length;

    /// <summary>The value of the feature's field <paramref name="i"/>; NaN where it is missing.</summary>
    public double this[int i] => _values[i];
}
