using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// No label of a training row may read a row that a test label reads, in any fold: what the two share is the answer.
/// </summary>
public static class LabelOverlap
{
    /// <summary>Checks folds against the spans of the labels that are really used.</summary>
    /// <param name="folds">Any split.</param>
    /// <param name="labels">Which rows the label of each row reads.</param>
    public static LeakFinding Check(IReadOnlyList<IFold> folds, LabelSpans labels)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(labels);
        if (folds.Count == 0)
            throw new ArgumentException("There are 0 folds; at least 1 is needed.", nameof(folds));
        int overlaps = 0;
        string? first = null;
        foreach (IFold fold in folds)
        {
            if (fold.Train.SeriesLength != labels.Length)
                throw new ArgumentException(
                    $"Fold {fold.Number} was cut from {fold.Train.SeriesLength} rows and there are labels for "
                    + $"{labels.Length}.", nameof(labels));
            foreach (RowRange test in fold.Test)
            {
                int furthest = test.Rows().Max(labels.Last);
                foreach (int row in fold.Train.Rows().Where(row => row <= furthest && labels.Last(row) >= test.Start))
                {
                    overlaps++;
                    first ??= $"in fold {fold.Number} the label of training row {row} reads rows {row} to "
                        + $"{labels.Last(row)}, and those of the test rows {test.Start} to {test.End - 1} read rows "
                        + $"{test.Start} to {furthest}";
                }
            }
        }

        return first is null
            ? new LeakFinding(LeakKind.LabelOverlap, false, $"no label overlaps in {folds.Count} folds.")
            : new LeakFinding(LeakKind.LabelOverlap, true,
                $"{first}; {overlaps} training labels overlap in all: purge them.");
    }
}
