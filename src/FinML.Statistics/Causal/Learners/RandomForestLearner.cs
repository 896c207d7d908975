using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// A random forest (Breiman 2001): the mean of trees grown on bootstrap samples with a random choice of features at
/// each node. For a target of 0 and 1 its mean is the probability. Tree t reads stream t of the seed, so that the
/// forest does not depend on the number of threads.
/// </summary>
public sealed class RandomForestLearner : ILearner
{
    /// <summary>Trees, 1 to 100,000.</summary>
    public int Trees { get; init; } = 200;

    /// <summary>Fewest rows of a leaf, 1 or more.</summary>
    public int SmallestLeaf { get; init; } = 5;

    /// <summary>Features tried at each node; 0 (default) for a third of them, at least one.</summary>
    public int FeaturesTried { get; init; }

    /// <inheritdoc/>
    public string Name => $"random forest, {Trees} trees, leaves of {SmallestLeaf} or more";

    /// <inheritdoc/>
    public IFittedLearner Fit(DesignMatrix features, ReadOnlySpan<double> target, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(features);
        LinearRegression.CheckResponse(target, DesignMatrix.Intercept(features.Rows));
        Guard.InRange(Trees, 1, 100_000, nameof(Trees));
        Guard.AtLeast(SmallestLeaf, 1, nameof(SmallestLeaf));
        Guard.InRange(FeaturesTried, 0, features.Columns, nameof(FeaturesTried));
        double[][] columns = Columns(features);
        double[] y = target.ToArray();
        int tried = FeaturesTried == 0 ? Math.Max(1, features.Columns / 3) : FeaturesTried, leaf = SmallestLeaf;
        var trees = new RegressionTree[Trees];
        Parallel.For(0, Trees, t =>
        {
            var random = new PhiloxStream(seed, (ulong)t);
            var rows = new int[y.Length];
            for (int i = 0; i < rows.Length; i++)
                rows[i] = random.NextInt(rows.Length);
            trees[t] = new RegressionTree(columns, y, rows, tried, leaf, random);
        });
        return new Forest(trees, features.Columns);
    }

    private static double[][] Columns(DesignMatrix features) =>
        [.. Enumerable.Range(0, features.Columns).Select(j => features.Column(j).ToArray())];

    private sealed class Forest(RegressionTree[] trees, int columns) : IFittedLearner
    {
        public double[] Predict(DesignMatrix features)
        {
            ArgumentNullException.ThrowIfNull(features);
            if (features.Columns != columns)
                throw new ArgumentException(
                    $"features has {features.Columns} columns; the forest was grown on {columns}.", nameof(features));
            double[][] values = Columns(features);
            return [.. Enumerable.Range(0, features.Rows)
                .Select(row => trees.Average(tree => tree.Predict(values, row)))];
        }
    }
}
