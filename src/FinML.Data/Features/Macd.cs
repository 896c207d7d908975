namespace FinML.Data.Features;

/// <summary>
/// The histogram of moving average convergence/divergence in units of the price: (M - S) / P with M the difference of
/// the fast and the slow exponential average of the price and S the exponential average of M; an average over n rows
/// moves by 2 / (n + 1). Source: G. Appel, Technical Analysis: Power Tools for Active Investors (2005).
/// </summary>
/// <remarks>
/// The averages begin <c>history</c> rows back at the price there; with the default of 5 slow rows their start weighs
/// (1 - 2 / (slow + 1))^(5 slow), about 5e-5. Lookback is the history.
/// </remarks>
public sealed class Macd : IFeature
{
    private readonly int _fast;
    private readonly int _slow;
    private readonly int _signal;
    private readonly string _field;

    /// <summary>The histogram with the given spans, in rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A span is below 1, slow not above fast, or the history below
    /// slow.</exception>
    public Macd(int fast = 12, int slow = 26, int signal = 9, int? history = null, string field = "close")
    {
        _fast = FeatureGuard.AtLeast(fast, 1, nameof(fast));
        _slow = FeatureGuard.AtLeast(slow, fast + 1, nameof(slow));
        _signal = FeatureGuard.AtLeast(signal, 1, nameof(signal));
        Lookback = FeatureGuard.AtLeast(history ?? 5 * slow, slow, nameof(history));
        _field = FeatureGuard.Named(field);
    }

    /// <inheritdoc/>
    public string Name => $"macd_{_fast}_{_slow}_{_signal}{FeatureGuard.Suffix(_field)}";

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
        double fast = price[0], slow = price[0], signal = 0;
        for (int i = 1; i <= Lookback; i++)
        {
            fast += (price[i] - fast) * 2 / (_fast + 1);
            slow += (price[i] - slow) * 2 / (_slow + 1);
            signal += (fast - slow - signal) * 2 / (_signal + 1);
        }

        double last = price[Lookback];
        return last > 0 ? (fast - slow - signal) / last : double.NaN;
    }
}
