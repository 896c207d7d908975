using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Time-series momentum on many assets: long what rose over the lookback, short what fell, each scaled to the same
/// volatility, w_i = sign(p_t / p_{t-L} - 1) min(σ* / σ_i, cap) / N (Moskowitz, Ooi and Pedersen, "Time series
/// momentum", Journal of Financial Economics 104, 2012, equation 5; the cap is ours: a pegged currency has no
/// volatility).
/// </summary>
/// <remarks>σ_i² is the exponentially weighted mean of squared returns, with weights summing to 1 over all rows that
/// are known up to twelve half-lives back.</remarks>
public sealed class VolatilityScaledMomentum : IPortfolioStrategy
{
    private readonly VolatilityScaledMomentumOptions options;

    /// <param name="options">The rule's numbers.</param>
    public VolatilityScaledMomentum(VolatilityScaledMomentumOptions? options = null) =>
        this.options = (options ?? new VolatilityScaledMomentumOptions()).Validate();

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant(
        $"volatility_scaled_momentum_{options.Lookback}_{options.HalfLife}_{options.Volatility}");

    /// <inheritdoc/>
    public int WarmUp => options.Lookback;

    /// <inheritdoc/>
    public void Decide(in PointInTimeView view, ReadOnlySpan<double> previous, Span<double> targets)
    {
        int[] assets = Universe.Of(view, options.Field);
        double perRow = options.Volatility / Math.Sqrt(options.PeriodsPerYear);
        int rows = Math.Min(view.Length, 12 * options.HalfLife + 1);
        foreach (int asset in assets)
        {
            double now = view.Value(asset, options.Field);
            int side = Math.Sign(now.CompareTo(view.Value(asset, options.Field, options.Lookback)));
            if (!(view.Value(asset, options.Field, options.Lookback) > 0))
                continue;
            double deviation = Deviation(view.Window(asset, options.Field, rows));
            double scale = deviation > 0 ? Math.Min(perRow / deviation, options.MaximumScale) : options.MaximumScale;
            targets[asset] = side * scale / assets.Length;
        }
    }

    /// <summary>The root of the weighted mean of squared returns, the newest weighing most; rows without a price do not
    /// count.</summary>
    private double Deviation(ReadOnlySpan<double> prices)
    {
        double decay = Math.Pow(0.5, 1.0 / options.HalfLife), squares = 0, weight = 0;
        for (int t = 1; t < prices.Length; t++)
        {
            double change = prices[t] / prices[t - 1] - 1;
            if (double.IsNaN(change))
                continue;
            squares = decay * squares + change * change;
            weight = decay * weight + 1;
        }

        return weight > 0 ? Math.Sqrt(squares / weight) : 0;
    }
}
