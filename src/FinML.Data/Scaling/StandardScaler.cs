namespace FinML.Data;

/// <summary>
/// z = (x - mean) / standard deviation, with the population moments (divisor n) of the training rows, clipped. A
/// feature that does not vary there is only centred. NaN is skipped in fitting and kept in transforming.
/// </summary>
public sealed class StandardScaler : AffineScaler
{
    internal const string KindName = "standard";

    private StandardScaler(IReadOnlyList<string> names, double[] center, double[] scale, double clip)
        : base(names, center, scale, clip)
    {
    }

    /// <summary>A scaler from its state: what a checkpoint holds.</summary>
    /// <exception cref="ArgumentException">The state is not of a standard scaler, or not consistent.</exception>
    public StandardScaler(ScalerState state) : base(state, KindName)
    {
    }

    private protected override string Kind => KindName;

    /// <summary>Fits mean and deviation of each feature on the training rows.</summary>
    /// <param name="train">The rows, from a split of a series as long as the matrix.</param>
    /// <param name="features">The whole matrix; only the training rows are read.</param>
    /// <param name="clip">Scaled values are cut to [-clip, clip]; above 0, infinity for none.</param>
    /// <exception cref="ArgumentException">No slice, another length, or a feature without a value in
    /// training.</exception>
    public static StandardScaler Fit(TrainingSlice train, FeatureMatrix features, double clip = 10)
    {
        CheckFit(train, features);
        double[] mean = new double[features.Columns];
        double[] deviation = new double[features.Columns];
        for (int j = 0; j < mean.Length; j++)
        {
            double[] values = TrainingValues(train, features, j);
            mean[j] = values.Sum() / values.Length;
            double squares = 0;
            foreach (double x in values)
            {
                squares += (x - mean[j]) * (x - mean[j]);
            }

            double sigma = Math.Sqrt(squares / values.Length);
            // A constant column's sum carries rounding: a deviation of the order of the last bit is no deviation.
            deviation[j] = sigma > 1e-14 * Math.Abs(mean[j]) && sigma > 0 ? sigma : 1;
        }

        return new StandardScaler([.. features.Names], mean, deviation, clip);
    }
}
