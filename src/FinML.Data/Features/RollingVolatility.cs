namespace FinML.Data.Features;

/// <summary>
/// Close-to-close volatility: the sample standard deviation (divisor n - 1) of the last n logarithmic returns, times
/// the square root of the rows a year; 1 leaves it per row. Lookback n.
/// </summary>
public sealed class RollingVolatility : IFeature
{
    private readonly string _field;
    private readonly double _annualisation;

    /// <summary>The volatility of the last <paramref name="n"/> returns (2 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, or the rows a year are not above 0.</exception>
    public RollingVolatility(int n = 21, double rowsPerYear = 1, string field = "close")
    {
        Lookback = FeatureGuard.AtLeast(n, 2, nameof(n));
        _field = FeatureGuard.Named(field);
        _annualisation = rowsPerYear > 0 && double.IsFinite(rowsPerYear)
            ? Math.Sqrt(rowsPerYear)
            : throw new ArgumentOutOfRangeException(nameof(rowsPerYear), rowsPerYear, "rowsPerYear must be above 0.");
    }

    /// <inheritdoc/>
    public string Name => $"volatility_{Lookback}{FeatureGuard.Suffix(_field)}";

    /// <inheritdoc/>
    public int Lookback { get; }

    /// <inheritdoc/>
    public double Compute(in PointInTimeView view, int asset)
    {
        if (view.Length <= Lookback)
        {
            return double.NaN;
        }

        ReadOnlySpan<double> price = view.Window(asset, _field, Lookback + 1);
        // Welford's update: one logarithm a return, and no cancellation.
        double mean = 0, squares = 0;
        for (int i = 1; i <= Lookback; i++)
        {
            double r = FeatureGuard.LogRatio(price[i], price[i - 1]);
            double delta = r - mean;
            mean += delta / i;
            squares += delta * (r - mean);
        }

        return Math.Sqrt(squares / (Lookback - 1)) * _annualisation;
    }
}
