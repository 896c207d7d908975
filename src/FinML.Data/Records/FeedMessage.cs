namespace FinML.Data;

/// <summary>One message of an exchange's feed of orders.</summary>
public sealed record FeedMessage : MarketData
{
    /// <summary>What happened.</summary>
    public required FeedMessageKind Kind { get; init; }

    /// <summary>The limit order that it happened to; 0 where it is hidden.</summary>
    public required long OrderId { get; init; }

    /// <summary>In units of the asset; of a cancellation or an execution what was taken from the order.</summary>
    public required double Size { get; init; }

    /// <summary>Of the limit order; NaN in a halt.</summary>
    public required double Price { get; init; }

    /// <summary>The side of the limit order: whoever trades with it is on the other.</summary>
    public required Side Side { get; init; }
}
