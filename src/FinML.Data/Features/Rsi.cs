namespace FinML.Data.Features;

/// <summary>
/// The relative strength index, 100 * U / (U + D), of Wilder's averages of gains U and losses D: both start as the mean
/// of the first n changes and then move as A += (change - A) / n. 50 where the price stood still. In [0, 100].
/// Source: J. W. Wilder, New Concepts in Technical Trading Systems (1978).
/// </summary>
/// <remarks>
/// Wilder's average never forgets; here it begins <c>history</c> rows back, so that the value depends on a known window
/// and not on where the data begin. With the default of 10 n rows the start weighs (1 - 1/n)^(9 n), about 1e-4.
/// </remarks>
public sealed class Rsi : IFeature
{
    private readonly int _n;
    private readonly string _field;

    /// <summary>The index over <paramref name="n"/> rows, with averages that begin <paramref name="history"/> rows
    /// back.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2, or the history is shorter than n.</exception>
    public Rsi(int n = 14, int? history = null, string field = "close")
    {
        _n = FeatureGuard.AtLeast(n, 2, nameof(n));
        Lookback = FeatureGuard.AtLeast(history ?? 10 * n, n, nameof(history));
        _field = FeatureGuard.Named(field);
    }

    /// <inheritdoc/>
    public string Name => $"rsi_{_n}{FeatureGuard.Suffix(_field)}";

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
        double up = 0, down = 0;
        for (int i = 1; i <= Lookback; i++)
        {
            double change = price[i] - price[i - 1];
            // Not Math.Max for the loss: NaN must reach both averages.
            double gain = change > 0 ? change : change * 0;
            double loss = change < 0 ? -change : change * 0;
            if (i <= _n)
            {
                up += gain / _n;
                down += loss / _n;
            }
            else
            {
                up += (gain - up) / _n;
                down += (loss - down) / _n;
            }
        }

        double total = up + down;
        return total == 0 ? 50 : 100 * up / total;
    }
}
