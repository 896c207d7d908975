namespace FinML.Data;

/// <summary>
/// z = Phi^-1(F(x)), F the empirical distribution of the training rows: any continuous feature becomes standard normal
/// there, and its outliers count by rank. F at the value of rank r of n is (r - 1/2) / n (Hazen), at equal values that
/// of their mean rank; between values it is linear, and beyond the training range it stays at its ends.
/// </summary>
/// <remarks>
/// A table of at most 1,000 values is kept of each feature: of a longer training set evenly spaced order statistics
/// with both extremes. A feature that does not vary in training is 0. The normal scores are those of B. L. van der
/// Waerden and G. Blom; see T. M. Beasley, S. Erickson, D. B. Allison, Behavior Genetics 39 (2009).
/// </remarks>
public sealed class RankGaussianScaler : FittedScaler
{
    internal const string KindName = "rank_gaussian";
    private const int MaximumKnots = 1000;

    private readonly double[][] _knots;  // [column][k]: values, strictly increasing
    private readonly double[][] _levels; // [column][k]: F there, strictly increasing

    private RankGaussianScaler(IReadOnlyList<string> names, double[][] knots, double[][] levels)
        : base(names)
    {
        _knots = knots;
        _levels = levels;
    }

    /// <summary>A scaler from its state: what a checkpoint holds.</summary>
    /// <exception cref="ArgumentException">The state is not of a rank-Gaussian scaler, or not consistent.</exception>
    public RankGaussianScaler(ScalerState state) : base(state, KindName)
    {
        if (state.Knots is null || state.Levels is null || state.Knots.Count != state.Names.Count
            || state.Levels.Count != state.Names.Count)
        {
            throw new ArgumentException($"The state has {state.Names.Count} names, {state.Knots?.Count ?? 0} tables of "
                + $"knots and {state.Levels?.Count ?? 0} of levels; they must be as many.", nameof(state));
        }

        _knots = [.. state.Knots.Select(knots => knots.ToArray())];
        _levels = [.. state.Levels.Select(levels => levels.ToArray())];
        for (int j = 0; j < _knots.Length; j++)
        {
            double[] knots = _knots[j], levels = _levels[j];
            bool ordered = knots.Length > 0 && knots.Length == levels.Length && knots.All(double.IsFinite)
                && levels[0] > 0 && levels[^1] < 1;
            for (int k = 1; ordered && k < knots.Length; k++)
            {
                ordered = knots[k] > knots[k - 1] && levels[k] > levels[k - 1];
            }

            if (!ordered)
            {
                throw new ArgumentException($"The table of '{Names[j]}' in the state is not of strictly increasing "
                    + "finite knots with strictly increasing levels in (0, 1).", nameof(state));
            }
        }
    }

    private protected override string Kind => KindName;

    /// <summary>Fits the distribution of each feature on the training rows.</summary>
    /// <param name="train">The rows, from a split of a series as long as the matrix.</param>
    /// <param name="features">The whole matrix; only the training rows are read.</param>
    /// <exception cref="ArgumentException">No slice, another length, or a feature without a value in
    /// training.</exception>
    public static RankGaussianScaler Fit(TrainingSlice train, FeatureMatrix features)
    {
        CheckFit(train, features);
        double[][] knots = new double[features.Columns][], levels = new double[features.Columns][];
        for (int j = 0; j < knots.Length; j++)
        {
            double[] values = TrainingValues(train, features, j);
            Array.Sort(values);
            (knots[j], levels[j]) = Table(values);
        }

        return new RankGaussianScaler([.. features.Names], knots, levels);
    }

    /// <inheritdoc/>
    public override ScalerState GetState() => new(KindName, [.. Names], [], [], null,
        [.. _knots.Select(knots => (double[])knots.Clone())], [.. _levels.Select(levels => (double[])levels.Clone())]);

    private protected override double Scaled(int column, double x)
    {
        double[] knots = _knots[column], levels = _levels[column];
        if (double.IsNaN(x) || knots.Length == 1)
        {
            return double.IsNaN(x) ? double.NaN : 0;
        }

        int k = Array.BinarySearch(knots, x);
        double p;
        if (k >= 0 || ~k == 0 || ~k == knots.Length)
        {
            p = levels[k >= 0 ? k : Math.Min(~k, knots.Length - 1)];
        }
        else
        {
            double weight = (x - knots[~k - 1]) / (knots[~k] - knots[~k - 1]);
            p = levels[~k - 1] + weight * (levels[~k] - levels[~k - 1]);
        }

        return NormalDistribution.Quantile(p);
    }

    /// <summary>The distinct values and F at each, thinned to the largest table.</summary>
    private static (double[] Knots, double[] Levels) Table(double[] sorted)
    {
        List<double> knots = [], levels = [];
        for (int first = 0; first < sorted.Length;)
        {
            int end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first])
            {
                end++;
            }

            knots.Add(sorted[first]);
            levels.Add((first + end) / (2.0 * sorted.Length)); // the mean of the ranks first + 1 .. end, less 1/2
            first = end;
        }

        if (knots.Count <= MaximumKnots)
        {
            return ([.. knots], [.. levels]);
        }

        int[] kept = [.. Enumerable.Range(0, MaximumKnots).Select(
            i => (int)((long)i * (knots.Count - 1) / (MaximumKnots - 1)))];
        return ([.. kept.Select(k => knots[k])], [.. kept.Select(k => levels[k])]);
    }
}
