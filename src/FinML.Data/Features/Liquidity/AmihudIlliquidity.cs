namespace FinML.Data.Features;

/// <summary>
/// How far a million of traded value moves the price: 10^6 times the mean of |r| / (P V) over the last n rows, r the
/// logarithmic return. Depends on the currency and on the unit of the volume. NaN where a row had no volume. Reads
/// volume. Lookback n.
/// Source: Y. Amihud, "Illiquidity and stock returns", Journal of Financial Markets 5 (2002).
/// </summary>
public sealed class AmihudIlliquidity : StreamingFeature
{
    /// <summary>The illiquidity of the last <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public AmihudIlliquidity(int n = 21, string field = "close")
        : base($"amihud_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field, "volume")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private LogReturns _returns = new();
        private SlidingWindow<Sum> _impact = new(n, firstRow);

        public double Next(in FeatureRow row)
        {
            double impact = Math.Abs(_returns.Push(row[0])) / FeatureGuard.Positive(row[0] * row[1]);
            return 1e6 * (_impact.Push(new Sum(impact)).Value / n);
        }
    }
}
