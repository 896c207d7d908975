namespace FinML.Markets.MarketMaking;

/// <summary>The probability that a quote is hit within a time step, where it is hit at rate λ.</summary>
public enum FillConvention
{
    /// <summary>min(λ dt, 1): the convention of the published tables. It overstates fills where λ dt is not small: with
    /// λ dt = 0.7 the profits of the tables are 10 to 12 % higher than with the exact probability.</summary>
    Linear,

    /// <summary>1 - exp(-λ dt): at least one arrival of a Poisson process.</summary>
    Exact,
}
