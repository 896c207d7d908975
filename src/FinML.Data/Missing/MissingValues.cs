namespace FinML.Data;

/// <summary>Applies policies for missing values to panels and features.</summary>
public static class MissingValues
{
    /// <summary>The features after the policies, in their order.</summary>
    /// <param name="features">The features, NaN where missing.</param>
    /// <param name="policies">The policies; none changes nothing.</param>
    /// <param name="warmUp">The first rows, in which features are undefined: they are never padded. 0 or
    /// more.</param>
    /// <param name="train">The training rows, for the policies that need them.</param>
    /// <exception cref="ArgumentException">A policy needs training rows and there are none, or they are of another
    /// series.</exception>
    public static FeatureMatrix Apply(FeatureMatrix features, IReadOnlyList<MissingPolicy> policies, int warmUp = 0,
        TrainingSlice? train = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(policies);
        Guard.AtLeast(warmUp, 0, nameof(warmUp));
        MissingPolicy.CheckTraining(policies, train, features.Rows);
        if (policies.Count == 0)
        {
            return features;
        }

        IReadOnlyList<string> names = features.Names;
        double[][] columns = [.. names.Select(features.Column)];
        foreach (MissingPolicy policy in policies)
        {
            columns = policy.Apply(columns, warmUp, train);
            names = policy.Columns(names);
        }

        double[] values = new double[features.Rows * columns.Length]; // (rows, columns)
        for (int j = 0; j < columns.Length; j++)
        {
            for (int t = 0; t < features.Rows; t++)
            {
                values[t * columns.Length + j] = columns[j][t];
            }
        }

        return FeatureMatrix.Wrap(features.Times, names, values);
    }

    /// <summary>A panel whose columns were filled by the policies, in their order.</summary>
    /// <exception cref="ArgumentException">As above.</exception>
    public static Panel Apply(Panel panel, IReadOnlyList<FillPolicy> policies, TrainingSlice? train = null)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(policies);
        MissingPolicy.CheckTraining(policies, train, panel.Length);
        return policies.Count == 0
            ? panel
            : panel.Map((_, _, values) =>
            {
                foreach (FillPolicy policy in policies)
                {
                    values = policy.Apply([values], 0, train)[0];
                }

                return values;
            });
    }
}
