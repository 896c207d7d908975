namespace FinML.Data;

/// <summary>
/// Something that a market said: a <see cref="Bar"/>, a <see cref="Quote"/>, a <see cref="Trade"/> or an
/// <see cref="OrderBook"/>. The stream side of the data, as <see cref="Panel"/> is the table side.
/// </summary>
/// <remarks>
/// Times are UTC, with a resolution of at least a microsecond. <see cref="Time"/> is what the record is about,
/// <see cref="AvailableAt"/> when a reader could first know it: a bar is about its beginning and known at its end, a
/// quote known after the latency of the feed. Whoever decides at t may use what has AvailableAt &lt;= t and nothing
/// else.
/// </remarks>
public abstract record MarketData
{
    /// <summary>What was traded, as the source names it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Where; empty where the source does not say.</summary>
    public string Venue { get; init; } = "";

    /// <summary>What the record is about, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>When it could be known, UTC; never before <see cref="Time"/>.</summary>
    public required DateTime AvailableAt { get; init; }
}
