namespace FinML.Data;

/// <summary>A training slice without a hole: the past of a walk-forward, which an environment can play
/// through.</summary>
public sealed class TrainingSpan : TrainingSlice
{
    internal TrainingSpan(int start, int end, int seriesLength)
        : base([new RowRange(start, end)], seriesLength)
    {
        Start = start;
        End = end;
    }

    /// <summary>The first row.</summary>
    public int Start { get; }

    /// <summary>The row after the last.</summary>
    public int End { get; }

    /// <summary>The rows of this span from <paramref name="row"/> on: a part of a training span is one too.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No row of the span is left.</exception>
    public TrainingSpan From(int row) => row < End
        ? new TrainingSpan(Math.Max(row, Start), End, SeriesLength)
        : throw new ArgumentOutOfRangeException(nameof(row), row,
            $"A training slice that ends before row {End} has no row from {row} on.");
}
