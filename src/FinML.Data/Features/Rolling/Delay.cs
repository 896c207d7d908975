using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>The value of some rows before: NaN until there was one.</summary>
public struct Delay
{
    private readonly double[] _values;
    private int _at;

    /// <summary>A delay of <paramref name="rows"/> rows, 0 or more.</summary>
    public Delay(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        _values = new double[rows];
        Array.Fill(_values, double.NaN);
        _at = 0;
    }

    /// <summary>Takes the next value and gives the one from that many rows before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Push(double value)
    {
        if (_values.Length == 0)
        {
            return value;
        }

        double old = _values[_at];
        _values[_at] = value;
        _at = _at + 1 == _values.Length ? 0 : _at + 1;
        return old;
    }
}
