namespace FinML.Data.Features;

/// <summary>How far the price is below its maximum of the last n + 1 rows: P[t] / max(P[t-n..t]) - 1, in (-1, 0].
/// Lookback n.</summary>
public sealed class DrawdownFromHigh : StreamingFeature
{
    /// <summary>The drawdown from the maximum of the last <paramref name="n"/> rows (1 or more) and the current
    /// one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public DrawdownFromHigh(int n = 252, string field = "close")
        : base($"drawdown_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field)
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback + 1, firstRow), Fields, firstRow);

    private struct State(int rows, long firstRow) : IFeatureState
    {
        private SlidingWindow<Maximum> _high = new(rows, firstRow);

        public double Next(in FeatureRow row)
        {
            double price = FeatureGuard.Positive(row[0]);
            return price / _high.Push(new Maximum(price)).Value - 1;
        }
    }
}
