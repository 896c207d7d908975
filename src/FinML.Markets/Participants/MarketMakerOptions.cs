namespace FinML.Markets.Participants;

/// <summary>How a <see cref="MarketMaker"/> quotes, in ticks and lots.</summary>
public sealed record MarketMakerOptions
{
    /// <summary>Half of ask less bid, in ticks; 0.5 to 100,000.</summary>
    public double HalfSpread { get; init; } = 2;

    /// <summary>Ticks by which both quotes go down for every lot held; 0 to 1,000. Avellaneda and Stoikov's
    /// γ σ² (T - t).</summary>
    public double Skew { get; init; } = 0.1;

    /// <summary>Lots on each side; 1 to 1e9.</summary>
    public int QuoteSize { get; init; } = 5;

    /// <summary>Lots: at this position the side that would exceed it is not quoted; 1 to 1e9.</summary>
    public int PositionLimit { get; init; } = 50;

    /// <summary>How often the quotes are looked at; 1 ms to 1 day.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Where the mid is unknown, in ticks.</summary>
    public int InitialPrice { get; init; } = 10_000;

    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public MarketMakerOptions Validate()
    {
        Require.InRange(HalfSpread, 0.5, 100_000, nameof(HalfSpread));
        Require.InRange(Skew, 0, 1_000, nameof(Skew));
        Require.InRange(QuoteSize, 1, 1_000_000_000, nameof(QuoteSize));
        Require.InRange(PositionLimit, 1, 1_000_000_000, nameof(PositionLimit));
        Require.InRange(
            Interval.Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerDay, "Interval, in units of 100 ns,");
        return this;
    }
}
