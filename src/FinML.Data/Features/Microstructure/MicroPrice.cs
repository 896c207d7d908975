namespace FinML.Data.Features;

/// <summary>
/// The micro-price against the middle: (M - mid) / mid with M = (Pb qa + Pa qb) / (qb + qa), which leans to the side
/// that is about to be used up; (Pa - Pb) / (Pa + Pb) times (qb - qa) / (qb + qa). Reads bid, bid_size, ask, ask_size.
/// Lookback 0.
/// Source: J. Gatheral and R. Oomen, "Zero-intelligence realized variance estimation", Finance and Stochastics 14
/// (2010).
/// </summary>
public sealed class MicroPrice : StreamingFeature
{
    /// <summary>The micro-price of the best quotes.</summary>
    public MicroPrice()
        : base("micro_price", 0, "bid", "bid_size", "ask", "ask_size")
    {
    }

    /// <inheritdoc/>
    public override FeatureStream Start(long firstRow = 0) =>
        FeatureStream.Create(() => default(State), Fields, firstRow);

    private readonly struct State : IFeatureState
    {
        public double Next(in FeatureRow row)
        {
            double bid = row[0], bidSize = row[1], ask = row[2], askSize = row[3];
            return bid > 0 && ask > 0 && bidSize >= 0 && askSize >= 0 && bidSize + askSize > 0
                ? (ask - bid) / (ask + bid) * ((bidSize - askSize) / (bidSize + askSize))
                : double.NaN;
        }
    }
}
