namespace FinML.Data;

/// <summary>The levels of an order book at one time.</summary>
public sealed record OrderBook : MarketData
{
    /// <summary>The best first: prices strictly falling.</summary>
    public required IReadOnlyList<BookLevel> Bids { get; init; }

    /// <summary>The best first: prices strictly rising.</summary>
    public required IReadOnlyList<BookLevel> Asks { get; init; }
}
