using System.Runtime.CompilerServices;

namespace FinML.Data.Features;

/// <summary>
/// The aggregate of the last n rows, in three joins a row on average and without an inverse: nothing is ever
/// subtracted, so that nothing drifts, and what has left the window has left no trace.
/// </summary>
/// <remarks>
/// The rows are cut into blocks of n, at the row numbers that n divides. A window is the end of one block and the
/// beginning of the next: the ends are joined backwards once, when their block is whole, the beginning grows row by
/// row. A value hence depends on the rows of the window and on where the blocks lie, but not on where the rows began:
/// windows that began at different rows agree to the bit. A window that is not full yet is
/// <see cref="IAggregate{T}.Missing"/>. Source: M. van Herk, "A fast algorithm for local minimum and maximum filters",
/// Pattern Recognition Letters 13 (1992); J. Gil and M. Werman, IEEE PAMI 15 (1993).
/// </remarks>
/// <typeparam name="T">What sums up a stretch of rows.</typeparam>
public struct SlidingWindow<T>
    where T : struct, IAggregate<T>
{
    private readonly T[] _rows; // before _at the rows of this block, from there on the joined ends of the last one
    private T _recent;          // this block's rows so far, joined
    private int _at;

    /// <summary>A window of <paramref name="length"/> rows, 1 or more, before the row of number
    /// <paramref name="row"/>.</summary>
    public SlidingWindow(int length, long row)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        _rows = new T[length];
        Array.Fill(_rows, T.Missing);
        _recent = T.Missing;
        _at = (int)(row % length);
    }

    /// <summary>Takes the next row's value and gives the aggregate of the last n rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Push(T value)
    {
        T[] rows = _rows;
        int at = _at;
        T recent = at == 0 ? value : T.Combine(_recent, value);
        _recent = recent;
        rows[at] = value;
        if (at + 1 < rows.Length)
        {
            _at = at + 1;
            return T.Combine(rows[at + 1], recent);
        }

        _at = 0;
        JoinEnds(rows);
        return recent;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void JoinEnds(T[] rows)
    {
        for (int i = rows.Length - 2; i >= 0; i--)
        {
            rows[i] = T.Combine(rows[i], rows[i + 1]);
        }
    }
}
