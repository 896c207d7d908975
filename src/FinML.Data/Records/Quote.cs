namespace FinML.Data;

/// <summary>The best bid and ask.</summary>
public sealed record Quote : MarketData
{
    /// <summary>NaN where nobody bids.</summary>
    public required double BidPrice { get; init; }

    /// <summary>In units of the asset.</summary>
    public required double BidSize { get; init; }

    /// <summary>NaN where nobody offers.</summary>
    public required double AskPrice { get; init; }

    /// <summary>In units of the asset.</summary>
    public required double AskSize { get; init; }

    /// <summary>The middle of bid and ask; NaN where one is missing.</summary>
    public double Mid => (BidPrice + AskPrice) / 2;

    /// <summary>Ask less bid; NaN where one is missing.</summary>
    public double Spread => AskPrice - BidPrice;
}
