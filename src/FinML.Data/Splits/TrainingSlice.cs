namespace FinML.Data;

/// <summary>
/// Rows that a split has declared to be training rows. Only a split makes one, so that what is fitted on a
/// TrainingSlice (a scaler, a model) cannot have seen the test set: fitting on anything else does not compile.
/// </summary>
public sealed record TrainingSlice
{
    internal TrainingSlice(int start, int end, int seriesLength)
    {
        Start = start;
        End = end;
        SeriesLength = seriesLength;
    }

    /// <summary>The first row.</summary>
    public int Start { get; }

    /// <summary>The row after the last.</summary>
    public int End { get; }

    /// <summary>The length of the series that was split: data of another length do not belong to this slice.</summary>
    public int SeriesLength { get; }

    /// <summary>The number of rows.</summary>
    public int Length => End - Start;

    /// <summary>The rows of this slice from <paramref name="row"/> on: a part of a training slice is one too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No row of the slice is left.</exception>
    public TrainingSlice From(int row) => row < End
        ? new TrainingSlice(Math.Max(row, Start), End, SeriesLength)
        : throw new ArgumentOutOfRangeException(nameof(row), row,
            $"A training slice that ends before row {End} has no row from {row} on.");
}
