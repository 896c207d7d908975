namespace FinML.Markets.Participants;

/// <summary>How long messages take between a participant and the market.</summary>
/// <param name="Orders">From the participant to the book; 0 to 1 day.</param>
/// <param name="Data">From the book to the participant, of market data and of news about its own orders; 0 to 1
/// day.</param>
public readonly record struct Latency(TimeSpan Orders, TimeSpan Data)
{
    /// <summary>The same both ways.</summary>
    public static Latency Of(TimeSpan oneWay) => new(oneWay, oneWay);

    /// <exception cref="ArgumentOutOfRangeException">A latency lies outside its range.</exception>
    public Latency Validate()
    {
        Require.InRange(Orders.Ticks, 0, TimeSpan.TicksPerDay, "Orders, in units of 100 ns,");
        Require.InRange(Data.Ticks, 0, TimeSpan.TicksPerDay, "Data, in units of 100 ns,");
        return this;
    }
}
