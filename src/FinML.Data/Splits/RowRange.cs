namespace FinML.Data;

/// <summary>The rows from <paramref name="Start"/> up to and without <paramref name="End"/>.</summary>
/// <param name="Start">The first row.</param>
/// <param name="End">The row after the last.</param>
public readonly record struct RowRange(int Start, int End)
{
    /// <summary>The number of rows.</summary>
    public int Length => End - Start;

    /// <summary>Whether the row is one of these.</summary>
    public bool Contains(int row) => row >= Start && row < End;

    /// <summary>The rows in order.</summary>
    public IEnumerable<int> Rows() => Enumerable.Range(Start, Length);

    /// <summary>The rows that <paramref name="keep"/> marks, as ranges in order.</summary>
    internal static RowRange[] OfMarked(ReadOnlySpan<bool> keep)
    {
        List<RowRange> ranges = [];
        for (int t = 0; t < keep.Length; t++)
        {
            if (!keep[t])
            {
                continue;
            }

            int start = t;
            while (t < keep.Length && keep[t])
            {
                t++;
            }

            ranges.Add(new RowRange(start, t));
        }

        return [.. ranges];
    }
}
