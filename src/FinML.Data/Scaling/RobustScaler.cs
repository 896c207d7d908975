namespace FinML.Data;

/// <summary>
/// z = (x - median) / interquartile range of the training rows, clipped: for features with tails. Quantiles by linear
/// interpolation (type 7 of Hyndman and Fan 1996). A feature whose quartiles coincide is only centred.
/// </summary>
public sealed class RobustScaler : AffineScaler
{
    internal const string KindName = "robust";

    private RobustScaler(IReadOnlyList<string> names, double[] center, double[] scale, double clip)
        : base(names, center, scale, clip)
    {
    }

    /// <summary>A scaler from its state: what a checkpoint holds.</summary>
    /// <exception cref="ArgumentException">The state is not of a robust scaler, or not consistent.</exception>
    public RobustScaler(ScalerState state) : base(state, KindName)
    {
    }

    private protected override string Kind => KindName;

    /// <summary>Fits median and interquartile range of each feature on the training rows.</summary>
    /// <param name="train">The rows, from a split of a series as long as the matrix.</param>
    /// <param name="features">The whole matrix; only the training rows are read.</param>
    /// <param name="clip">Scaled values are cut to [-clip, clip]; above 0, infinity for none.</param>
    /// <exception cref="ArgumentException">No slice, another length, or a feature without a value in
    /// training.</exception>
    public static RobustScaler Fit(TrainingSlice train, FeatureMatrix features, double clip = 10)
    {
        CheckFit(train, features);
        double[] center = new double[features.Columns];
        double[] scale = new double[features.Columns];
        for (int j = 0; j < center.Length; j++)
        {
            double[] values = TrainingValues(train, features, j);
            Array.Sort(values);
            center[j] = Quantile(values, 0.5);
            double range = Quantile(values, 0.75) - Quantile(values, 0.25);
            scale[j] = range > 0 ? range : 1;
        }

        return new RobustScaler([.. features.Names], center, scale, clip);
    }

    private static double Quantile(double[] sorted, double p)
    {
        double position = p * (sorted.Length - 1);
        int below = (int)position;
        double weight = position - below;
        return weight == 0 ? sorted[below] : sorted[below] + weight * (sorted[below + 1] - sorted[below]);
    }
}
