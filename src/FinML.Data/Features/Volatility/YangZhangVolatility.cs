namespace FinML.Data.Features;

/// <summary>
/// Volatility of the last n bars from open, high, low and close, per row, whatever the drift and the jumps between the
/// bars: the root of Vo + k Vc + (1 - k) Vrs, with Vo the variance of ln(O[t] / C[t-1]), Vc that of ln(C/O) (both with
/// divisor n - 1), Vrs the mean variance of Rogers and Satchell and k = .34 / (1.34 + (n + 1) / (n - 1)). Lookback n.
/// Source: D. Yang and Q. Zhang, "Drift-independent volatility estimation based on high, low, open and close prices",
/// Journal of Business 73 (2000).
/// </summary>
public sealed class YangZhangVolatility : StreamingFeature
{
    /// <summary>The volatility of the last <paramref name="n"/> bars (2 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 2.</exception>
    public YangZhangVolatility(int n = 21)
        : base($"yang_zhang_{n}", FeatureGuard.AtLeast(n, 2, nameof(n)), "open", "high", "low", "close")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private readonly double _k = 0.34 / (1.34 + (n + 1.0) / (n - 1));
        private SlidingWindow<RollingMoments> _overnight = new(n, firstRow);
        private SlidingWindow<RollingMoments> _day = new(n, firstRow);
        private SlidingWindow<Sum> _range = new(n, firstRow);
        private double _lastClose = double.NaN;

        public double Next(in FeatureRow row)
        {
            double open = row[0], close = row[3];
            double night = FeatureGuard.LogRatio(open, _lastClose);
            double overnight = _overnight.Push(RollingMoments.Of(night)).SampleVariance;
            (double satchell, double move) = RogersSatchellVolatility.OfBar(open, row[1], row[2], close);
            double day = _day.Push(RollingMoments.Of(move)).SampleVariance;
            double range = _range.Push(new Sum(satchell)).Value / n;
            _lastClose = close;
            return Math.Sqrt(overnight + _k * day + (1 - _k) * range);
        }
    }
}
