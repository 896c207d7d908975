namespace FinML.Data;

/// <summary>
/// Rows that a split has declared to be training rows. Only a split makes one, so that what is fitted on a
/// TrainingSlice (a scaler, a model) cannot have seen the test set: fitting on anything else does not compile.
/// </summary>
/// <remarks>
/// A slice may have holes: the test sets of a cross-validation lie between its rows. It therefore shows no first and
/// last row to loop between; what needs rows without a hole asks for a <see cref="TrainingSpan"/>.
/// </remarks>
public abstract class TrainingSlice
{
    private readonly RowRange[] _ranges;

    private protected TrainingSlice(RowRange[] ranges, int seriesLength)
    {
        _ranges = ranges;
        SeriesLength = seriesLength;
        Length = ranges.Sum(range => range.Length);
    }

    /// <summary>The rows as ranges, in order, with at least one other row between two of them.</summary>
    public IReadOnlyList<RowRange> Ranges => _ranges.AsReadOnly();

    /// <summary>The length of the series that was split: data of another length do not belong to this slice.</summary>
    public int SeriesLength { get; }

    /// <summary>The number of rows.</summary>
    public int Length { get; }

    /// <summary>The rows in order.</summary>
    public IEnumerable<int> Rows() => _ranges.SelectMany(range => range.Rows());

    /// <summary>Whether the row is a training row.</summary>
    public bool Contains(int row) => Array.Exists(_ranges, range => range.Contains(row));

    /// <summary>The ranges as text, such as [0, 50) [80, 100).</summary>
    public override string ToString() => string.Join(" ", _ranges.Select(range => $"[{range.Start}, {range.End})"));
}
