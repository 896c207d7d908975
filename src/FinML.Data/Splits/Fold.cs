namespace FinML.Data;

/// <summary>One step of a walk-forward: the rows to learn from and the rows to be judged on, which come
/// later.</summary>
public sealed record Fold : IFold
{
    internal Fold(int number, TrainingSpan train, int testStart, int testEnd)
    {
        Number = number;
        Train = train;
        TestStart = testStart;
        TestEnd = testEnd;
    }

    /// <summary>The number of the fold, from 0.</summary>
    public int Number { get; }

    /// <summary>The training rows; no label of theirs reaches into the test rows.</summary>
    public TrainingSpan Train { get; }

    /// <summary>The first test row.</summary>
    public int TestStart { get; }

    /// <summary>The row after the last test row.</summary>
    public int TestEnd { get; }

    TrainingSlice IFold.Train => Train;

    IReadOnlyList<RowRange> IFold.Test => [new RowRange(TestStart, TestEnd)];
}
