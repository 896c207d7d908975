namespace FinML.Data.Features;

/// <summary>The size that bids against the size that offers, (B - A) / (B + A) of the sums over the first levels, in
/// [-1, 1]; levels that are not there count as empty. Reads bid, bid_size, ask, ask_size and those of the further
/// levels. Lookback 0.</summary>
public sealed class BookImbalance : StreamingFeature
{
    private readonly int _levels;

    /// <summary>The imbalance of the first <paramref name="levels"/> levels (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">levels is below 1.</exception>
    public BookImbalance(int levels = 1)
        : base($"book_imbalance_{levels}", 0, BookFields.OfLevels(levels))
    {
        _levels = levels;
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => new State(_levels), Fields, firstRow);

    private readonly struct State(int levels) : IFeatureState
    {
        public double Next(in FeatureRow row)
        {
            double bids = Depth(row, Side.Buy), asks = Depth(row, Side.Sell);
            return (bids - asks) / FeatureGuard.Positive(bids + asks);
        }

        private double Depth(in FeatureRow row, Side side)
        {
            double depth = 0;
            for (int level = 0; level < levels; level++)
            {
                (double price, double size) = BookFields.At(row, level, side);
                if (price > 0 && size >= 0)
                {
                    depth += size;
                }
                else if (level == 0 || !(double.IsNaN(price) && double.IsNaN(size)))
                {
                    return double.NaN;
                }
            }

            return depth;
        }
    }
}
