namespace FinML.Data;

/// <summary>
/// Purging and embargo: M. Lopez de Prado, Advances in Financial Machine Learning (2018), section 7.4. A training row
/// is dropped where its label span meets that of a test row, and where it begins within the embargo after the last
/// row that a test label reads: what was tested is still in the windows and in the slowly decaying dependence there.
/// </summary>
internal static class Purge
{
    /// <summary>The training rows of <paramref name="start"/>.. that may stand beside the test ranges.</summary>
    public static TrainingBlocks Training(LabelSpans labels, int start, IReadOnlyList<RowRange> test, int embargo)
    {
        bool[] keep = new bool[labels.Length];
        keep.AsSpan(start).Fill(true);
        foreach (RowRange range in test)
        {
            // The test labels of a range read all rows from its first to the furthest, without a gap.
            int furthest = range.Rows().Max(labels.Last);
            for (int t = start; t < range.Start; t++)
            {
                keep[t] &= labels.Last(t) < range.Start;
            }

            int end = (int)Math.Min(labels.Length, (long)furthest + embargo + 1);
            keep.AsSpan(range.Start, end - range.Start).Clear();
        }

        return new TrainingBlocks(RowRange.OfMarked(keep), labels.Length);
    }

    /// <summary>Cuts the rows from <paramref name="start"/> on into parts whose lengths differ by 1 at most, the longer
    /// ones first.</summary>
    public static RowRange[] Groups(int start, int length, int count)
    {
        RowRange[] groups = new RowRange[count];
        int rows = length - start, next = start;
        for (int g = 0; g < count; g++)
        {
            int size = rows / count + (g < rows % count ? 1 : 0);
            groups[g] = new RowRange(next, next + size);
            next += size;
        }

        return groups;
    }

    /// <summary>An error where the rows do not suffice for the groups.</summary>
    public static void RequireRows(LabelSpans labels, int start, int groups)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length - (long)start < groups)
        {
            throw new ArgumentException($"{labels.Length} rows are too few: {groups} groups from row {start} on need "
                + $"at least {(long)start + groups}.", nameof(labels));
        }
    }

    /// <summary>The fold, or an error where purging and embargo leave nothing to learn from.</summary>
    public static PurgedFold Fold(int number, LabelSpans labels, int start, RowRange[] test, int embargo)
    {
        TrainingBlocks train = Training(labels, start, test, embargo);
        return train.Length > 0
            ? new PurgedFold(number, train, test)
            : throw new ArgumentException($"Fold {number} has no training row left: the label spans and the embargo of "
                + $"{embargo} rows purge all {labels.Length - start}. Fewer test rows, a shorter horizon or a smaller "
                + "embargo are needed.", nameof(labels));
    }
}
