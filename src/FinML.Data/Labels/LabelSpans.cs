namespace FinML.Data;

/// <summary>
/// Which rows the label of each row reads: t to Last(t), both included. What a split purges by and what uniqueness
/// weights count. A row without a label reads only itself.
/// </summary>
public sealed class LabelSpans
{
    private readonly int[] _last; // [t]: the last row that the label of t reads; -1 without a label

    private LabelSpans(int[] last)
    {
        _last = last;
    }

    /// <summary>The number of rows.</summary>
    public int Length => _last.Length;

    /// <summary>Spans by their last rows, which are copied.</summary>
    /// <param name="last">For each row t the last row its label reads, in [t, rows), or -1 where it has
    /// none.</param>
    /// <exception cref="ArgumentException">A last row is outside its range.</exception>
    public static LabelSpans Create(ReadOnlySpan<int> last)
    {
        for (int t = 0; t < last.Length; t++)
        {
            if (last[t] != -1 && (last[t] < t || last[t] >= last.Length))
            {
                throw new ArgumentException($"The label of row {t} ends at row {last[t]}: that must be in "
                    + $"[{t}, {last.Length}), or -1 where there is no label.", nameof(last));
            }
        }

        return new LabelSpans(last.ToArray());
    }

    /// <summary>Labels that all read <paramref name="horizon"/> rows after their own; the last rows have
    /// none.</summary>
    /// <param name="length">The rows of the series, 0 or more.</param>
    /// <param name="horizon">0 or more: <see cref="ForwardReturn.LabelSpan"/>, for instance.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0.</exception>
    public static LabelSpans Fixed(int length, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        int[] last = new int[length];
        for (int t = 0; t < length; t++)
        {
            last[t] = t < (long)length - horizon ? t + horizon : -1;
        }

        return new LabelSpans(last);
    }

    /// <summary>Whether row <paramref name="t"/> has a label.</summary>
    /// <exception cref="ArgumentOutOfRangeException">t is not a row.</exception>
    public bool HasLabel(int t) => _last[Row(t)] >= 0;

    /// <summary>The last row that the label of row <paramref name="t"/> reads; t itself where it has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">t is not a row.</exception>
    public int Last(int t) => Math.Max(_last[Row(t)], t);

    /// <summary>The rows that have a label, in order.</summary>
    public int[] Labelled() => [.. Enumerable.Range(0, Length).Where(t => _last[t] >= 0)];

    private int Row(int t) => (uint)t < (uint)_last.Length
        ? t
        : throw new ArgumentOutOfRangeException(nameof(t), t, $"The row must be in [0, {_last.Length}).");
}
