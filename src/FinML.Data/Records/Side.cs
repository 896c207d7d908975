namespace FinML.Data;

/// <summary>The side of a trade's aggressor, or of an order.</summary>
public enum Side
{
    /// <summary>The source does not say.</summary>
    Unknown,

    Buy,

    Sell,
}
