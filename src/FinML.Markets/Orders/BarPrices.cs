using FinML.Data;

namespace FinML.Markets;

/// <summary>What an order can meet in one bar.</summary>
/// <param name="Open">NaN where nothing traded.</param>
/// <param name="High">NaN where it is not known: then only the open is seen.</param>
/// <param name="Low">NaN where it is not known: then only the open is seen.</param>
/// <param name="Liquidity">Volume and volatility.</param>
public readonly record struct BarPrices(double Open, double High, double Low, Liquidity Liquidity)
{
    /// <summary>Whether anything can be traded.</summary>
    public bool HasPrice => Open > 0;

    /// <summary>The prices of a bar.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="volatility">The standard deviation of the asset's returns over one bar; NaN where it is not
    /// known.</param>
    public static BarPrices Of(Bar bar, double volatility = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(bar);
        return new BarPrices(bar.Open, bar.High, bar.Low, new Liquidity(bar.Volume, volatility));
    }
}
