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

    /// <summary>The variance of one bar by the formula and its return ln(C/O), in three logarithms; NaN where a price
    /// lies outside the range.</summary>
    internal static (double Variance, double Move) OfBar(double open, double high, double low, double close)
    {
        if (!(low > 0 && high >= Math.Max(open, close) && low <= Math.Min(open, close)))
        {
            return (double.NaN, double.NaN);
        }

        double top = Math.Log(high / close), topFromOpen = Math.Log(high / open), bottom = Math.Log(low / close);
        double move = topFromOpen - top;
        return (top * topFromOpen + bottom * (bottom + move), move);
    }

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<Sum> _variance = new(n, firstRow);

        public double Next(in FeatureRow row) =>
            Math.Sqrt(_variance.Push(new Sum(OfBar(row[0], row[1], row[2], row[3]).Variance)).Value / n);
    }
}
