namespace FinML.Data;

/// <summary>
/// Combinatorial purged cross-validation: the series is cut into N groups, every choice of k of them is a test set, and
/// the splits make up C(N-1, k-1) whole backtest paths instead of one. Each split is purged by label span and has an
/// embargo. M. Lopez de Prado, Advances in Financial Machine Learning (2018), section 12.4.
/// </summary>
public static class CombinatorialPurgedSplit
{
    /// <summary>All splits and paths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">There are fewer rows than groups, or a split has nothing left to learn
    /// from.</exception>
    public static CombinatorialFolds Create(LabelSpans labels, CombinatorialSplitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Purge.RequireRows(labels, options.Start, options.Groups);
        RowRange[] groups = Purge.Groups(options.Start, labels.Length, options.Groups);
        int[][] paths = new int[(int)options.PathCount][];
        for (int p = 0; p < paths.Length; p++)
        {
            paths[p] = new int[groups.Length];
        }

        List<PurgedFold> folds = [];
        int[] tested = new int[groups.Length]; // how many splits tested each group so far
        int[] chosen = [.. Enumerable.Range(0, options.TestGroups)];
        do
        {
            foreach (int g in chosen)
            {
                paths[tested[g]++][g] = folds.Count; // the p-th split that tests a group stands for it on path p
            }

            RowRange[] test = Merge(chosen, groups);
            folds.Add(Purge.Fold(folds.Count, labels, options.Start, test, options.Embargo));
        }
        while (Next(chosen, groups.Length));

        return new CombinatorialFolds([.. folds], groups, paths);
    }

    /// <summary>The chosen groups as ranges, neighbours joined.</summary>
    private static RowRange[] Merge(int[] chosen, RowRange[] groups)
    {
        List<RowRange> ranges = [];
        foreach (int g in chosen)
        {
            if (ranges.Count > 0 && ranges[^1].End == groups[g].Start)
            {
                ranges[^1] = ranges[^1] with { End = groups[g].End };
            }
            else
            {
                ranges.Add(groups[g]);
            }
        }

        return [.. ranges];
    }

    /// <summary>The next combination in lexical order; false after the last.</summary>
    private static bool Next(int[] chosen, int n)
    {
        int k = chosen.Length, i = k - 1;
        while (i >= 0 && chosen[i] == n - k + i)
        {
            i--;
        }

        if (i < 0)
        {
            return false;
        }

        chosen[i]++;
        for (int j = i + 1; j < k; j++)
        {
            chosen[j] = chosen[j - 1] + 1;
        }

        return true;
    }
}
