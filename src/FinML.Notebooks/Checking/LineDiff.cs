namespace FinML.Notebooks;

/// <summary>
/// The lines in which two texts differ, by the longest common subsequence, where lines that agree within the tolerance
/// are common.
/// </summary>
internal static class LineDiff
{
    /// <summary>How much of a long difference is told; the files hold all of it.</summary>
    public const int Shown = 16;

    private const int Widest = 160;
    private const int LargestTable = 1_000_000;

    public static IReadOnlyList<string> Of(string stored, string fresh, OutputTolerance tolerance)
    {
        var (a, b) = (Lines(stored), Lines(fresh));
        bool Same(int i, int j) => NumericText.Compare(a[i], b[j], tolerance).Same;

        // What both begin and end with is not of interest, and is most of it.
        var start = 0;
        while (start < a.Length && start < b.Length && Same(start, start))
            start++;
        var (endA, endB) = (a.Length, b.Length);
        while (endA > start && endB > start && Same(endA - 1, endB - 1))
            (endA, endB) = (endA - 1, endB - 1);

        var lines = new List<string>();
        foreach (var (i, j) in Walk(start, endA, start, endB, Same))
        {
            if (i is { } left && j is null)
                lines.Add("- " + Cut(a[left]));
            else if (i is null)
                lines.Add("+ " + Cut(b[j!.Value]));
        }

        return lines.Count <= Shown
            ? lines
            : [.. lines.Take(Shown), $"  \u2026 and {lines.Count - Shown} more lines"];
    }

    /// <summary>Pairs of line numbers in reading order; null stands where one text has no such line.</summary>
    private static IEnumerable<(int? A, int? B)> Walk(int fromA, int toA, int fromB, int toB, Func<int, int, bool> same)
    {
        var (n, m) = (toA - fromA, toB - fromB);
        if ((long)n * m > LargestTable)
        {
            for (var i = 0; i < n; i++)
                yield return (fromA + i, null);
            for (var j = 0; j < m; j++)
                yield return (null, fromB + j);
            yield break;
        }

        // longest[i, j]: common lines of a[i..] and b[j..].
        var longest = new int[n + 1, m + 1];
        var equal = new bool[n, m];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = m - 1; j >= 0; j--)
            {
                equal[i, j] = same(fromA + i, fromB + j);
                longest[i, j] = equal[i, j]
                    ? longest[i + 1, j + 1] + 1
                    : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < n || j < m;)
        {
            if (i < n && j < m && equal[i, j])
                yield return (fromA + i++, fromB + j++);
            else if (j == m || (i < n && longest[i + 1, j] >= longest[i, j + 1]))
                yield return (fromA + i++, null);
            else
                yield return (null, fromB + j++);
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    private static string Cut(string line) => line.Length <= Widest ? line : line[..(Widest - 1)] + "\u2026";
}
