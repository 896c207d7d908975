namespace FinML.Data;

/// <summary>A training slice around the test sets of a cross-validation: mostly several ranges.</summary>
public sealed class TrainingBlocks : TrainingSlice
{
    internal TrainingBlocks(RowRange[] ranges, int seriesLength)
        : base(ranges, seriesLength)
    {
    }
}
