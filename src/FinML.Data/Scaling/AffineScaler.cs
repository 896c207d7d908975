namespace FinML.Data;

/// <summary>What the linear scalers share: z = clip((x - center) / scale), column by column.</summary>
public abstract class AffineScaler : FittedScaler
{
    private readonly double[] _center;
    private readonly double[] _scale;

    private protected AffineScaler(IReadOnlyList<string> names, double[] center, double[] scale, double clip)
        : base(names)
    {
        CheckClip(clip);
        _center = center;
        _scale = scale;
        Clip = clip;
    }

    private protected AffineScaler(ScalerState state, string kind)
        : base(state, kind)
    {
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
        _center = [.. state.Center];
        _scale = [.. state.Scale];
        Clip = clip;
    }

    /// <summary>What is subtracted, per column.</summary>
    public IReadOnlyList<double> Center => _center.AsReadOnly();

    /// <summary>What is divided by, per column; 1 for a column that does not vary.</summary>
    public IReadOnlyList<double> Scale => _scale.AsReadOnly();

    /// <summary>The largest size of a scaled value.</summary>
    public double Clip { get; }

    private protected override double Scaled(int column, double x)
    {
        double z = (x - _center[column]) / _scale[column];
        return double.IsNaN(z) ? double.NaN : Math.Clamp(z, -Clip, Clip);
    }

    /// <inheritdoc/>
    public override ScalerState GetState() =>
        new(Kind, [.. Names], [.. _center], [.. _scale], double.IsPositiveInfinity(Clip) ? null : Clip);

    private static void CheckClip(double clip)
    {
        if (!(clip > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(clip),
                clip, "The clip must be above 0 (infinity: no clipping).");
        }
    }
}
