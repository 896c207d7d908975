namespace FinML.Data.Features;

/// <summary>
/// The return of the last n rows in units of its own volatility: sum r / sqrt(sum r^2), r the logarithmic returns. The
/// volatility is taken about zero, so that the value lies in [-sqrt(n), sqrt(n)] and a steady trend does not divide by
/// nothing; 0 where the price stood still. Lookback n.
/// </summary>
public sealed class Momentum : IFeature
{
    private readonly string _field;

    /// <summary>Momentum over <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public Momentum(int n = 252, string field = "close")
    {
        Lookback = FeatureGuard.AtLeast(n, 1, nameof(n));
        _field = FeatureGuard.Named(field);
    }

    /// <inheritdoc/>
    public string Name => $"momentum_{Lookback}{FeatureGuard.Suffix(_field)}";

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
        double sum = 0, squares = 0;
        for (int i = 1; i <= Lookback; i++)
        {
            double r = FeatureGuard.LogRatio(price[i], price[i - 1]);
            sum += r;
            squares += r * r;
        }

        return squares == 0 ? 0 : sum / Math.Sqrt(squares);
    }
}
