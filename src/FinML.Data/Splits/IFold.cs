namespace FinML.Data;

/// <summary>
/// What every split yields: rows to learn from and rows to be judged on. No label span of a training row meets the
/// label span of a test row, and the embargo of the split lies between them; the conformance suite SplitConformance
/// holds every split to it.
/// </summary>
public interface IFold
{
    /// <summary>The number of the fold, from 0.</summary>
    int Number { get; }

    /// <summary>The training rows.</summary>
    TrainingSlice Train { get; }

    /// <summary>The test rows as ranges, in order.</summary>
    IReadOnlyList<RowRange> Test { get; }
}
