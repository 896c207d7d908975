namespace FinML.Data.Features;

/// <summary>
/// Volatility of the last n bars from open, high, low and close, per row: the root of the mean of
/// ln(H/L)^2 / 2 - (2 ln 2 - 1) ln(C/O)^2. Supposes no drift, and no jump between the bars. Lookback n - 1.
/// Source: M. B. Garman and M. J. Klass, "On the estimation of security price volatilities from historical data",
/// Journal of Business 53 (1980).
/// </summary>
public sealed class GarmanKlassVolatility : StreamingFeature
{
    /// <summary>The volatility of the last <paramref name="n"/> bars (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public GarmanKlassVolatility(int n = 21)
        : base($"garman_klass_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)) - 1, "open", "high", "low", "close")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback + 1, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private static readonly double OpenToClose = 2 * Math.Log(2) - 1;

        private SlidingWindow<Sum> _variance = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            double open = row[0], high = row[1], low = row[2], close = row[3];
            double range = FeatureGuard.LogRatio(high, low), move = FeatureGuard.LogRatio(close, open);
            // A bar whose close or open lies outside its range is no bar.
            double variance = high >= Math.Max(open, close) && low <= Math.Min(open, close)
                ? range * range / 2 - OpenToClose * move * move
                : double.NaN;
            return Math.Sqrt(_variance.Push(new Sum(variance)).Value / n);
        }
    }
}
