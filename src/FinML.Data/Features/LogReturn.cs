namespace FinML.Data.Features;

/// <summary>The logarithmic return over n rows, ln(P[t] / P[t-n]). Lookback n.</summary>
public sealed class LogReturn : IFeature
{
    private readonly string _field;

    /// <summary>The return over <paramref name="n"/> rows (1 or more) of the price <paramref name="field"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public LogReturn(int n = 1, string field = "close")
    {
        Lookback = FeatureGuard.AtLeast(n, 1, nameof(n));
        _field = FeatureGuard.Named(field);
    }

    /// <inheritdoc/>
    public string Name => $"log_return_{Lookback}{FeatureGuard.Suffix(_field)}";

    /// <inheritdoc/>
    public int Lookback { get; }

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset) => view.Length <= Lookback
        ? double.NaN
        : FeatureGuard.LogRatio(view.Value(asset, _field), view.Value(asset, _field, Lookback));
}
