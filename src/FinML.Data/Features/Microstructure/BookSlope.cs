namespace FinML.Data.Features;

/// <summary>
/// How fast depth grows with the distance from the middle, the mean of both sides of
/// (v[1] / |p[1]/p[0] - 1| + sum (v[k+1]/v[k] - 1) / |p[k+1]/p[k] - 1|) / N, with p[0] the middle, p[k] the price of
/// level k, v[k] the logarithm of the size up to level k and N the levels that are there. Steep is liquid near the
/// middle. Reads bid, bid_size, ask, ask_size and those of the further levels. Lookback 0.
/// Source: R. Naes and J. A. Skjeltorp, "Order book characteristics and the volume-volatility relation", Journal of
/// Financial Markets 9 (2006).
/// </summary>
/// <remarks>Because of the logarithm sizes have to be in units of which the best level has more than one, such as
/// shares; it is NaN otherwise, where a side is empty, and where prices do not leave the middle level by
/// level.</remarks>
public sealed class BookSlope : StreamingFeature
{
    private readonly int _levels;

    /// <summary>The slope of the first <paramref name="levels"/> levels (1 or more).</summary>
    /// <exception cref="ArgumentOutOfRangeException">levels is below 1.</exception>
    public BookSlope(int levels = 5)
        : base($"book_slope_{levels}", 0, BookFields.OfLevels(levels))
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
            double mid = (row[0] + row[2]) / 2;
            return (Slope(row, Side.Buy, mid) + Slope(row, Side.Sell, mid)) / 2;
        }

        private double Slope(in FeatureRow row, Side side, double mid)
        {
            double sum = 0, depth = 0, lastDepth = 0, lastPrice = mid;
            for (int level = 0; level < levels; level++)
            {
                (double price, double size) = BookFields.At(row, level, side);
                if (level > 0 && double.IsNaN(price) && double.IsNaN(size))
                {
                    return sum / level; // the book ends here
                }

                double away = side == Side.Buy ? lastPrice - price : price - lastPrice;
                depth += size;
                double logDepth = Math.Log(depth);
                if (!(price > 0 && size >= 0 && away > 0 && logDepth > 0))
                {
                    return double.NaN;
                }

                double growth = level == 0 ? logDepth : logDepth / lastDepth - 1;
                sum += growth / (away / lastPrice);
                (lastDepth, lastPrice) = (logDepth, price);
            }

            return sum / levels;
        }
    }
}
