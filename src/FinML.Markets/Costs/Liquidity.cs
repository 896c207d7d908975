namespace FinML.Markets;

/// <summary>How much a market trades, which decides how far an order moves it.</summary>
/// <param name="Volume">Units traded in the bar; NaN where it is not known.</param>
/// <param name="Volatility">The standard deviation of the asset's returns over one bar, as a fraction; NaN where it is
/// not known.</param>
public readonly record struct Liquidity(double Volume, double Volatility)
{
    /// <summary>Neither is known.</summary>
    public static Liquidity Unknown { get; } = new(double.NaN, double.NaN);
}
