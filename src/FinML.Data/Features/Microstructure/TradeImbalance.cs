namespace FinML.Data.Features;

/// <summary>
/// What buyers took against what sellers hit in the last n trades: the sum of signed sizes over the sum of sizes, in
/// [-1, 1]. A trade's sign is its side; where the source does not say, that of the price change (the tick test), and
/// none where the price did not change. Reads price, size and side (1 a buyer, -1 a seller, 0 unknown). Lookback n.
/// Source: C. M. C. Lee and M. J. Ready, "Inferring trade direction from intraday data", Journal of Finance 46 (1991).
/// </summary>
public sealed class TradeImbalance : StreamingFeature
{
    /// <summary>The imbalance of the last <paramref name="n"/> trades (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
    public TradeImbalance(int n = 100)
        : base($"trade_imbalance_{n}", FeatureGuard.AtLeast(n, 1, nameof(n)), "price", "size", "side")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(Lookback, firstRow), Fields, firstRow);

    private struct State(int n, long firstRow) : IFeatureState
    {
        private SlidingWindow<SumPair> _sums = new(n, firstRow);
        private double _lastPrice = double.NaN;

        public double Next(in FeatureRow row)
        {
            double price = FeatureGuard.Positive(row[0]), size = row[1] >= 0 ? row[1] : double.NaN, side = row[2];
            double change = price - _lastPrice;
            _lastPrice = price;
            double direction = side != 0 ? side : change;
            double signed = direction > 0 ? size : direction < 0 ? -size : 0;
            // A missing price or side makes it missing, whatever decided the sign.
            (double balance, double all) = _sums.Push(new SumPair(signed + (change + side) * 0, size));
            return balance / FeatureGuard.Positive(all);
        }
    }
}
