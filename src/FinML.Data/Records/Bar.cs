namespace FinML.Data;

/// <summary>Open, high, low, close and volume of the trades of an interval that begins at
/// <see cref="MarketData.Time"/>.</summary>
public sealed record Bar : MarketData
{
    public required double Open { get; init; }

    public required double High { get; init; }

    public required double Low { get; init; }

    public required double Close { get; init; }

    /// <summary>In units of the asset; NaN where the source does not say.</summary>
    public double Volume { get; init; } = double.NaN;
}
