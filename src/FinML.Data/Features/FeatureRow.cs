using System.Runtime.CompilerServices;

namespace FinML.Data;

/// <summary>One row as a running feature is given it: its number, its time and the values of the fields that the
/// feature reads, in the feature's order.</summary>
public ref struct FeatureRow
{
    private readonly ReadOnlySpan<double> _values; // column after column
    private readonly ReadOnlySpan<DateTime> _times;
    private readonly long _first;
    private int _at;

    /// <summary>The row of that number and time.</summary>
    /// <param name="number">Counted from the first row of the panel.</param>
    /// <param name="time">What the row is about.</param>
    /// <param name="values">One value for each field.</param>
    public FeatureRow(long number, in DateTime time, ReadOnlySpan<double> values)
        : this(number, new ReadOnlySpan<DateTime>(in time), values)
    {
    }

    /// <summary>The first of some rows: their values lie column after column, as many as there are times.</summary>
    internal FeatureRow(long first, ReadOnlySpan<DateTime> times, ReadOnlySpan<double> columns)
    {
        _first = first;
        _times = times;
        _values = columns;
        _at = 0;
    }

    /// <summary>The number of the row, counted from the first of the panel.</summary>
    public readonly long Number => _first + _at;

    /// <summary>What the row is about.</summary>
    public readonly DateTime Time => _times[_at];

    /// <summary>The value of the feature's field <paramref name="i"/>; NaN where it is missing.</summary>
    public readonly double this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _values[i * _times.Length + _at];
    }

    /// <summary>Goes to the next of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Advance() => _at++;
}
