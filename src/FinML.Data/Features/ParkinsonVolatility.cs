namespace FinML.Data.Features;

/// <summary>
/// Range volatility of the last n bars, per row: sqrt(sum ln(H/L)^2 / (4 n ln 2)). Reads high and low. Lookback n - 1.
/// Source: M. Parkinson, "The extreme value method for estimating the variance of the rate of return", Journal of
/// Business 53 (1980).
/// </summary>
public sealed class ParkinsonVolatility : IFeature
{
    private readonly int _n;

    /// <summary>The range volatility of the last <paramref name="n"/> bars (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public ParkinsonVolatility(int n = 21) => _n = FeatureGuard.AtLeast(n, 1, nameof(n));

    /// <inheritdoc/>
    public string Name => $"parkinson_{_n}";

    /// <inheritdoc/>
    public int Lookback => _n - 1;

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        if (view.Length <= Lookback)
        {
            return double.NaN;
        }

        ReadOnlySpan<double> high = view.Window(asset, "high", _n);
        ReadOnlySpan<double> low = view.Window(asset, "low", _n);
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            double range = FeatureGuard.LogRatio(high[i], low[i]);
            sum += range >= 0 ? range * range : double.NaN; // a high below its low is no bar
        }

        return Math.Sqrt(sum / (4 * _n * Math.Log(2)));
    }
}
