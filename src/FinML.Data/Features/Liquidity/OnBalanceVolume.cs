namespace FinML.Data.Features;

/// <summary>
/// The volume of the rising rows less that of the falling ones, as a fraction of all volume of the last n rows:
/// sum sign(P[t] - P[t-1]) V / sum V, in [-1, 1]. The numerator is the change of Granville's on-balance volume over n
/// rows. Reads volume. Lookback n. Source: J. Granville, Granville's New Key to Stock Market Profits (1963).
/// </summary>
public sealed class OnBalanceVolume : StreamingFeature
{
    /// <summary>The balance of the last <paramref name="n"/> rows (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public OnBalanceVolume(int n = 21, string field = "close")
        : base($"on_balance_volume_{n}{FeatureGuard.Suffix(field)}", FeatureGuard.AtLeast(n, 1, nameof(n)), field,
            "volume")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<SumPair> _sums = new(n, firstRow);
        private double _last = double.NaN;

        public double Next(in FeatureRow row)
        {
            double change = row[0] - _last, volume = row[1];
            _last = row[0];
            double signed = change > 0 ? volume : change < 0 ? -volume : change * 0; // NaN stays NaN
            (double balance, double all) = _sums.Push(new SumPair(signed, volume >= 0 ? volume : double.NaN));
            return balance / FeatureGuard.Positive(all);
        }
    }
}
