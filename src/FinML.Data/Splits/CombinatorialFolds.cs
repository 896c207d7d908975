namespace FinML.Data;

/// <summary>The splits of a combinatorial purged cross-validation and the backtest paths that they make up.</summary>
public sealed class CombinatorialFolds
{
    private readonly int[][] _paths; // [path][group]: the fold that forecasts the group on that path

    internal CombinatorialFolds(PurgedFold[] folds, RowRange[] groups, int[][] paths)
    {
        Folds = folds.AsReadOnly();
        Groups = groups.AsReadOnly();
        _paths = paths;
    }

    /// <summary>The splits, in lexical order of their test groups.</summary>
    public IReadOnlyList<PurgedFold> Folds { get; }

    /// <summary>The groups of rows, in time order.</summary>
    public IReadOnlyList<RowRange> Groups { get; }

    /// <summary>How many whole series of test results the splits make up.</summary>
    public int PathCount => _paths.Length;

    /// <summary>The number of the fold whose results stand for <paramref name="group"/> on <paramref name="path"/>:
    /// every (fold, group it tests) belongs to exactly one path.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such path or group.</exception>
    public int FoldOf(int path, int group)
    {
        if ((uint)path >= (uint)_paths.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(path), path, $"The path must be in [0, {_paths.Length}).");
        }

        return (uint)group < (uint)Groups.Count
            ? _paths[path][group]
            : throw new ArgumentOutOfRangeException(nameof(group), group,
                $"The group must be in [0, {Groups.Count}).");
    }

    /// <summary>One path of results: for each row the value of the fold that stands for its group, NaN before the
    /// first group.</summary>
    /// <param name="path">The number of the path.</param>
    /// <param name="results">For each fold one value a row of the series; only its test rows are read.</param>
    /// <exception cref="ArgumentException">There are not as many series as folds, or one is too short.</exception>
    public double[] Path(int path, IReadOnlyList<double[]> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        int length = Folds[0].Train.SeriesLength;
        if (results.Count != Folds.Count || results.Any(series => series.Length != length))
        {
            throw new ArgumentException($"{Folds.Count} series of {length} values are needed, one for each fold; there "
                + $"are {results.Count}.", nameof(results));
        }

        double[] values = new double[length];
        Array.Fill(values, double.NaN);
        for (int g = 0; g < Groups.Count; g++)
        {
            results[FoldOf(path, g)].AsSpan(Groups[g].Start, Groups[g].Length).CopyTo(values.AsSpan(Groups[g].Start));
        }

        return values;
    }
}
