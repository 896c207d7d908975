using FinML.Data;

namespace FinML.Markets.Participants;

/// <summary>What the public tape said at a time, in ticks and lots.</summary>
public readonly record struct MarketView
{
    /// <summary>Of the last message in it; 100 ns, as <see cref="DateTime.Ticks"/>.</summary>
    public long Time { get; init; }

    /// <summary>Null where nobody bids.</summary>
    public int? Bid { get; init; }

    /// <summary>Null where nobody offers.</summary>
    public int? Ask { get; init; }

    public long BidSize { get; init; }

    public long AskSize { get; init; }

    /// <summary>Of the last trade; null before the first.</summary>
    public int? LastPrice { get; init; }

    /// <summary>Lots traded since the simulation began.</summary>
    public long Volume { get; init; }

    /// <summary>Lots traded by aggressors who bought, less those by aggressors who sold.</summary>
    public long SignedVolume { get; init; }

    /// <summary>The middle of bid and ask; the last price where a side is empty; NaN before any.</summary>
    public double Mid => Bid is { } bid && Ask is { } ask ? 0.5 * ((double)bid + ask) : LastPrice ?? double.NaN;

    /// <summary>The best price of a side.</summary>
    public int? Best(Side side) => side == Side.Buy ? Bid : Ask;
}
