using FinML.Data;

namespace FinML.Evaluation;

/// <summary>Whole series of test returns from the splits of a combinatorial purged cross-validation.</summary>
public static class CombinatorialPaths
{
    /// <summary>Trades every split and puts its test rows together to paths.</summary>
    /// <param name="folds">The splits: see <see cref="CombinatorialPurgedSplit"/>.</param>
    /// <param name="trade">Learns on a split's training rows and gives one return for each row of the series; only
    /// those
    /// of its test rows are read.</param>
    /// <returns>A series a path, from the first row that any split tests.</returns>
    /// <exception cref="ArgumentException">A split gave no finite return for a row that it tests.</exception>
    public static IReadOnlyList<double[]> Returns(CombinatorialFolds folds, Func<PurgedFold, double[]> trade)
    {
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(trade);
        double[][] results = [.. folds.Folds.Select(trade)];
        int first = folds.Groups[0].Start;
        var paths = new double[folds.PathCount][];
        for (int p = 0; p < paths.Length; p++)
        {
            paths[p] = folds.Path(p, results)[first..];
            int bad = Array.FindIndex(paths[p], value => !double.IsFinite(value));
            if (bad >= 0)
                throw new ArgumentException(
                    $"Path {p + 1} has the return {paths[p][bad]} at row {first + bad}; the split that tests a row has "
                    + "to give a finite one.", nameof(trade));
        }

        return paths;
    }
}
