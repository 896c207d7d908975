namespace FinML.Data;

/// <summary>A transformation of features that was fitted on training rows only.</summary>
public interface IScaler
{
    /// <summary>The features it was fitted on, in column order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The scaled features; NaN stays NaN.</summary>
    /// <exception cref="ArgumentException">The matrix has other columns than the scaler was fitted on.</exception>
    FeatureMatrix Transform(FeatureMatrix features);

    /// <summary>Scales one row into <paramref name="output"/>.</summary>
    /// <exception cref="ArgumentException">A span is not as long as <see cref="Names"/>.</exception>
    void Transform(ReadOnlySpan<double> row, Span<double> output);

    /// <summary>All that is needed to make it again: for checkpoints.</summary>
    ScalerState GetState();
}
