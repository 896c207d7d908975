namespace FinML.Markets;

/// <summary>When an order may trade.</summary>
public enum OrderType
{
    /// <summary>At once, at the price that there is.</summary>
    Market,

    /// <summary>At the order's price or better only.</summary>
    Limit,

    /// <summary>As a market order once the market has reached the order's price: a buy above it, a sale
    /// below.</summary>
    Stop,
}
