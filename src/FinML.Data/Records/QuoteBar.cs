namespace FinML.Data;

/// <summary>Open, high, low and close of the bid and of the ask over an interval that begins at
/// <see cref="MarketData.Time"/>: a bar of a market without a tape, such as foreign exchange.</summary>
public sealed record QuoteBar : MarketData
{
    /// <summary>Of the bid; its volume is the last size, NaN where the source does not say.</summary>
    public required Bar Bid { get; init; }

    /// <summary>Of the ask; its volume is the last size, NaN where the source does not say.</summary>
    public required Bar Ask { get; init; }
}
