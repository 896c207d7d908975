namespace FinML.Data.Features;

/// <summary>How far the price is below its maximum of the last n + 1 rows: P[t] / max(P[t-n..t]) - 1, in (-1, 0].
/// Lookback n.</summary>
public sealed class DrawdownFromHigh : IFeature
{
    private readonly string _field;

    /// <summary>The drawdown from the maximum of the last <paramref name="n"/> rows (1 or more) and the current
    /// one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public DrawdownFromHigh(int n = 252, string field = "close")
    {
        Lookback = FeatureGuard.AtLeast(n, 1, nameof(n));
        _field = FeatureGuard.Named(field);
    }

    /// <inheritdoc/>
    public string Name => $"drawdown_{Lookback}{FeatureGuard.Suffix(_field)}";

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
        double high = 0;
        foreach (double p in price)
        {
            if (!(p > 0))
            {
                return double.NaN;
            }

            high = Math.Max(high, p);
        }

        return price[Lookback] / high - 1;
    }
}
