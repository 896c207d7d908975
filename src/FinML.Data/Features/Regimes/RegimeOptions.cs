namespace FinML.Data.Features;

/// <summary>How regimes are fitted.</summary>
public sealed record RegimeOptions
{
    /// <summary>The most rounds of expectation and maximisation, at least 1.</summary>
    public int MaximumIterations { get; init; } = 1000;

    /// <summary>The gain of log-likelihood a return below which a round is the last; above 0.</summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>The smallest volatility of a regime, as a fraction of that of all returns, in (0, 1): it keeps a regime
    /// from closing in on a single return, where the likelihood has no bound.</summary>
    public double SmallestVolatility { get; init; } = 0.01;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        FeatureGuard.AtLeast(MaximumIterations, 1, nameof(MaximumIterations));
        FeatureGuard.AboveZero(Tolerance, nameof(Tolerance));
        FeatureGuard.Between(SmallestVolatility, 0, 1, nameof(SmallestVolatility));
    }
}
