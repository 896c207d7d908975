using FinML.Data;

namespace FinML.Evaluation;

/// <summary>
/// Scaled training features may depend on training rows only. Every other row is changed, and the scaled training rows
/// must stay the same to the bit.
/// </summary>
public static class ScalerLeak
{
    /// <summary>Checks a scaling step.</summary>
    /// <param name="features">All rows.</param>
    /// <param name="train">The training rows of a fold that leaves some out.</param>
    /// <param name="scale">From all features and the training rows to all scaled features.</param>
    /// <exception cref="ArgumentException">Nothing is left out, or the step gives other rows.</exception>
    public static LeakFinding Check(
        FeatureMatrix features, TrainingSlice train, Func<FeatureMatrix, TrainingSlice, FeatureMatrix> scale)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(scale);
        if (train.Length >= features.Rows)
            throw new ArgumentException(
                $"All {features.Rows} rows are training rows; a leak can only be seen where some are left out.",
                nameof(train));
        double[] values = features.Values.ToArray();
        for (int row = 0; row < features.Rows; row++)
        {
            if (train.Contains(row))
                continue;
            for (int column = 0; column < features.Columns; column++)
                values[row * features.Columns + column] = 3 * values[row * features.Columns + column] + 1;
        }

        FeatureMatrix before = scale(features, train);
        FeatureMatrix after = scale(FeatureMatrix.Create(features.Times, features.Names, values), train);
        if (before.Rows != features.Rows || after.Rows != features.Rows || after.Columns != before.Columns)
            throw new ArgumentException(
                $"The scaling gives {before.Rows} rows of {features.Rows}; it must keep them.", nameof(scale));
        foreach (int row in train.Rows())
        {
            for (int column = 0; column < before.Columns; column++)
            {
                double x = before[row, column], y = after[row, column];
                if (x != y && !(double.IsNaN(x) && double.IsNaN(y)))
                    return new LeakFinding(LeakKind.ScalerLeak, true,
                        $"'{before.Names[column]}' of training row {row} is scaled to {x:R}, and to {y:R} when only "
                        + "rows outside the training set change: the scaler was fitted on them.");
            }
        }

        return new LeakFinding(LeakKind.ScalerLeak, false,
            $"{train.Length} training rows stayed the same when the other {features.Rows - train.Length} changed.");
    }
}
