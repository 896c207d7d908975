using FinML.Shared;

namespace FinML.Statistics;

/// <summary>Which rows are held out together.</summary>
internal static class FoldAssignment
{
    /// <summary>The fold of each row, sizes equal but for one.</summary>
    internal static int[] Random(int rows, int folds, ulong seed, ulong stream)
    {
        int[] order = [.. Enumerable.Range(0, rows)], fold = new int[rows];
        new PhiloxStream(seed, stream).Shuffle<int>(order);
        for (int i = 0; i < rows; i++)
            fold[order[i]] = i % folds;
        return fold;
    }

    /// <summary>The rows that are not in a fold, and those that are.</summary>
    internal static (int[] Inside, int[] Outside) Split(int[] fold, int held) =>
    (
        [.. Enumerable.Range(0, fold.Length).Where(row => fold[row] != held)],
        [.. Enumerable.Range(0, fold.Length).Where(row => fold[row] == held)]
    );
}
