namespace FinML.Data.Features;

/// <summary>The close against the volume-weighted average price of the last n bars, ln(C / VWAP), with the mean of
/// high, low and close as the price of a bar. Reads high, low, close and volume. Lookback n - 1.</summary>
public sealed class VwapRatio : StreamingFeature
{
    /// <summary>The close against the average price of the last <paramref name="n"/> bars (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public VwapRatio(int n = 21)
        : base($"vwap_ratio_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)) - 1, "high", "low", "close", "volume")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback + 1, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<SumPair> _sums = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            double close = row[2], volume = row[3] >= 0 ? row[3] : double.NaN;
            (double value, double all) = _sums.Push(new SumPair((row[0] + row[1] + close) / 3 * volume, volume));
            return FeatureGuard.LogRatio(close, value / FeatureGuard.Positive(all));
        }
    }
}
