namespace FinML.Data.Features;

/// <summary>
/// Volatility of the last n bars from open, high, low and close, per row, whatever the drift: the root of the mean of
/// ln(H/C) ln(H/O) + ln(L/C) ln(L/O). Supposes no jump between the bars. Lookback n - 1.
/// Source: L. C. G. Rogers and S. E. Satchell, "Estimating variance from high, low and closing prices", Annals of
/// Applied Probability 1 (1991).
/// </summary>
public sealed class RogersSatchellVolatility : StreamingFeature
{
    /// <summary>The volatility of the last <paramref name="n"/> bars (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public RogersSatchellVolatility(int n = 21)
        : base($"rogers_satchell_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)) - 1, "open", "high", "low", "close")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback + 1, firstRow), Fields, firstRow);

    /// <summary>The variance of one bar by the formula; NaN where it is none.</summary>
    internal static double BarVariance(double open, double high, double low, double close)
    {
        double top = FeatureGuard.LogRatio(high, close), topFromOpen = FeatureGuard.LogRatio(high, open);
        double bottom = FeatureGuard.LogRatio(low, close), bottomFromOpen = FeatureGuard.LogRatio(low, open);
        return top >= 0 && topFromOpen >= 0 && bottom <= 0 && bottomFromOpen <= 0
            ? top * topFromOpen + bottom * bottomFromOpen
            : double.NaN; // a price outside the range
    }

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<Sum> _variance = new(n, firstRow);

        public double Next(in FeatureRow row) =>
            Math.Sqrt(_variance.Push(new Sum(BarVariance(row[0], row[1], row[2], row[3]))).Value / n);
    }
}
