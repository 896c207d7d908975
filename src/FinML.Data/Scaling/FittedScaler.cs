namespace FinML.Data;

/// <summary>What all scalers share: they are fitted on training rows only and work column by column.</summary>
public abstract class FittedScaler : IScaler
{
    private protected FittedScaler(IReadOnlyList<string> names)
    {
        Names = names;
    }

    private protected FittedScaler(ScalerState state, string kind)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Kind != kind)
        {
            throw new ArgumentException($"The state is of a '{state.Kind}' scaler; '{kind}' is expected.",
                nameof(state));
        }

        Names = [.. state.Names];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    private protected abstract string Kind { get; }

    /// <summary>A scaler of the right kind from its state: what a checkpoint holds.</summary>
    /// <exception cref="ArgumentException">The kind is not known, or the state is not consistent.</exception>
    public static IScaler FromState(ScalerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Kind switch
        {
            StandardScaler.KindName => new StandardScaler(state),
            RobustScaler.KindName => new RobustScaler(state),
            RankGaussianScaler.KindName => new RankGaussianScaler(state),
            _ => throw new ArgumentException($"There is no scaler '{state.Kind}'; there are "
                + $"{StandardScaler.KindName}, {RobustScaler.KindName} and {RankGaussianScaler.KindName}.",
                nameof(state)),
        };
    }

    /// <inheritdoc/>
    public FeatureMatrix Transform(FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (!features.Names.SequenceEqual(Names, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The scaler was fitted on [{string.Join(", ", Names)}]; this matrix has "
                + $"[{string.Join(", ", features.Names)}].", nameof(features));
        }

        double[] values = new double[features.Rows * features.Columns];
        for (int t = 0; t < features.Rows; t++)
        {
            Transform(features.Row(t), values.AsSpan(t * features.Columns, features.Columns));
        }

        return FeatureMatrix.Wrap(features.Times, features.Names, values);
    }

    /// <inheritdoc/>
    public void Transform(ReadOnlySpan<double> row, Span<double> output)
    {
        if (row.Length != Names.Count || output.Length != Names.Count)
        {
            throw new ArgumentException($"The row has {row.Length} values and the output {output.Length}; the scaler "
                + $"has "
                + $"{Names.Count} columns.", nameof(row));
        }

        for (int j = 0; j < row.Length; j++)
        {
            output[j] = Scaled(j, row[j]);
        }
    }

    /// <inheritdoc/>
    public abstract ScalerState GetState();

    private protected abstract double Scaled(int column, double x);

    /// <summary>The present training values of one column, in row order.</summary>
    private protected static double[] TrainingValues(TrainingSlice train, FeatureMatrix features, int column)
    {
        List<double> values = new(train.Length);
        foreach (int t in train.Rows())
        {
            double x = features[t, column];
            if (double.IsFinite(x))
            {
                values.Add(x);
            }
        }

        return values.Count > 0
            ? [.. values]
            : throw new ArgumentException($"Feature '{features.Names[column]}' has no value in the training rows "
                + $"{train}: is the training inside the warm-up?", nameof(train));
    }

    private protected static void CheckFit(TrainingSlice train, FeatureMatrix features)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(features);
        if (features.Rows != train.SeriesLength)
        {
            throw new ArgumentException($"The training slice was split from a series of {train.SeriesLength} rows; the "
                + $"matrix has {features.Rows}.", nameof(features));
        }
    }
}
