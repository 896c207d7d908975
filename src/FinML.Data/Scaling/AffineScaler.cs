namespace FinML.Data;

/// <summary>What the scalers share: z = clip((x - center) / scale), column by column.</summary>
public abstract class AffineScaler : IScaler
{
    private readonly double[] _center;
    private readonly double[] _scale;

    private protected AffineScaler(IReadOnlyList<string> names, double[] center, double[] scale, double clip)
    {
        CheckClip(clip);
        Names = names;
        _center = center;
        _scale = scale;
        Clip = clip;
    }

    private protected AffineScaler(ScalerState state, string kind)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Kind != kind)
        {
            throw new ArgumentException($"The state is of a '{state.Kind}' scaler; '{kind}' is expected.",
                nameof(state));
        }

        if (state.Center.Count != state.Names.Count || state.Scale.Count != state.Names.Count)
        {
            throw new ArgumentException($"The state has {state.Names.Count} names, {state.Center.Count} centers and "
                + $"{state.Scale.Count} scales; they must be as many.", nameof(state));
        }

        for (int j = 0; j < state.Names.Count; j++)
        {
            if (!double.IsFinite(state.Center[j]) || !double.IsFinite(state.Scale[j]) || state.Scale[j] <= 0)
            {
                throw new ArgumentException($"Column '{state.Names[j]}' of the state has center {state.Center[j]} and "
                    + $"scale {state.Scale[j]}; both must be finite and the scale above 0.", nameof(state));
            }
        }

        double clip = state.Clip ?? double.PositiveInfinity;
        CheckClip(clip);
        Names = [.. state.Names];
        _center = [.. state.Center];
        _scale = [.. state.Scale];
        Clip = clip;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What is subtracted, per column.</summary>
    public IReadOnlyList<double> Center => _center.AsReadOnly();

    /// <summary>What is divided by, per column; 1 for a column that does not vary.</summary>
    public IReadOnlyList<double> Scale => _scale.AsReadOnly();

    /// <summary>The largest size of a scaled value.</summary>
    public double Clip { get; }

    private protected abstract string Kind { get; }

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
            double z = (row[j] - _center[j]) / _scale[j];
            output[j] = double.IsNaN(z) ? double.NaN : Math.Clamp(z, -Clip, Clip);
        }
    }

    /// <inheritdoc/>
    public ScalerState GetState() =>
        new(Kind, [.. Names], [.. _center], [.. _scale], double.IsPositiveInfinity(Clip) ? null : Clip);

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

    private static void CheckClip(double clip)
    {
        if (!(clip > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(clip),
                clip, "The clip must be above 0 (infinity: no clipping).");
        }
    }
}
