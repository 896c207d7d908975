using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Long after a rise over the lookback, else flat or short: the sign rule of Moskowitz, Ooi and Pedersen, "Time series
/// momentum", Journal of Financial Economics 104 (2012), without their volatility scaling.
/// </summary>
public sealed class TimeSeriesMomentum : IStrategy
{
    private readonly int lookback;
    private readonly bool shorts;
    private readonly string field;

    /// <param name="lookback">Rows; 252 trading days are 12 months. At least 1.</param>
    /// <param name="shorts">Whether a fall means -1 rather than 0.</param>
    /// <param name="field">The price that is compared.</param>
    public TimeSeriesMomentum(int lookback = 252, bool shorts = false, string field = "close")
    {
        Require.InRange(lookback, 1, 1_000_000, nameof(lookback));
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        this.lookback = lookback;
        this.shorts = shorts;
        this.field = field;
    }

    /// <inheritdoc/>
    public string Name => $"time_series_momentum_{lookback}_{(shorts ? "long_short" : "long_flat")}";

    /// <inheritdoc/>
    public int WarmUp => lookback;

    /// <inheritdoc/>
    public double Decide(in PointInTimeView view, int asset, double previousTarget)
    {
        double now = view.Value(asset, field), then = view.Value(asset, field, lookback);
        return now > then ? 1 : shorts && now < then ? -1 : 0;
    }
}
