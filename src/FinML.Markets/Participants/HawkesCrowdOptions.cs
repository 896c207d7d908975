namespace FinML.Markets.Participants;

/// <summary>The rates of <see cref="HawkesCrowd"/>; types of events in the order market buy, market sell, limit buy,
/// limit sell, cancel buy, cancel sell.</summary>
public sealed record HawkesCrowdOptions
{
    /// <summary>μ, events a second, (6).</summary>
    public IReadOnlyList<double> BaseRates { get; init; } = [0.4, 0.4, 1.5, 1.5, 0.6, 0.6];

    /// <summary>α / β where an event excites its own type; 0 to below 1.</summary>
    public double SelfExcitation { get; init; } = 0.4;

    /// <summary>α / β where a market order excites limit orders of the other side, which refill the book; 0 to below
    /// 1.</summary>
    public double Refill { get; init; } = 0.3;

    /// <summary>β, a second; above 0 to 1e6.</summary>
    public double Decay { get; init; } = 5;

    /// <summary>Lots of every order; 1 to 1e9.</summary>
    public int OrderSize { get; init; } = 1;

    /// <summary>Limit orders come geometrically, with this mean, behind one tick better than the best price of their
    /// side; 0 to 10,000 ticks.</summary>
    public double MeanDepth { get; init; } = 4;

    /// <summary>Stands in for a best price where there is none and was no trade, in ticks.</summary>
    public int InitialPrice { get; init; } = 10_000;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public HawkesCrowdOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(BaseRates);
        Require.SameLength(BaseRates.Count, 6, nameof(BaseRates), "the list of types");
        Require.InRange(SelfExcitation, 0, 0.999, nameof(SelfExcitation));
        Require.InRange(Refill, 0, 0.999, nameof(Refill));
        Require.InRange(Decay, 1e-6, 1e6, nameof(Decay));
        Require.InRange(OrderSize, 1, 1_000_000_000, nameof(OrderSize));
        Require.InRange(MeanDepth, 0, 10_000, nameof(MeanDepth));
        return this;
    }
}
