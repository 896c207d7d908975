namespace FinML.Data;

/// <summary>One trade of the tape.</summary>
public sealed record Trade : MarketData
{
    public required double Price { get; init; }

    /// <summary>In units of the asset.</summary>
    public required double Size { get; init; }

    /// <summary>Who crossed the spread.</summary>
    public Side Side { get; init; }
}
