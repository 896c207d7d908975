namespace FinML.Markets.Execution;

/// <summary>
/// A position to be sold and what selling costs, after Almgren and Chriss (2000): linear permanent impact
/// g(v) = γ v, and temporary impact h(v) = ε sgn(v) + η v. The defaults are those of their section 3.4.
/// </summary>
public sealed record ImpactOptions
{
    /// <summary>S₀, in currency; above 0 to 1e12.</summary>
    public double InitialPrice { get; init; } = 50;

    /// <summary>X; above 0 to 1e15.</summary>
    public double Shares { get; init; } = 1e6;

    /// <summary>T, in days or any unit of time; above 0 to 1e6.</summary>
    public double Horizon { get; init; } = 5;

    /// <summary>N: trades, one at the end of each interval of τ = T / N; 1 to 1,000,000.</summary>
    public int Intervals { get; init; } = 5;

    /// <summary>σ, currency per share and square root of time; 0 to 1e6.</summary>
    public double Volatility { get; init; } = 0.95;

    /// <summary>γ, currency per share, per share sold; 0 to 1e6.</summary>
    public double PermanentImpact { get; init; } = 2.5e-7;

    /// <summary>ε: half the spread and fees, currency per share; 0 to 1e6.</summary>
    public double FixedCost { get; init; } = 0.0625;

    /// <summary>η, currency per share, per share sold in a unit of time; above γ τ / 2, to 1e6.</summary>
    public double TemporaryImpact { get; init; } = 2.5e-6;

    /// <summary>λ: what a unit of variance costs, per currency; 0 to 1e6.</summary>
    public double RiskAversion { get; init; } = 1e-6;

    /// <summary>τ.</summary>
    public double Interval => Horizon / Intervals;

    /// <summary>η~ = η - γ τ / 2.</summary>
    public double AdjustedTemporaryImpact => TemporaryImpact - PermanentImpact * Interval / 2;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public ImpactOptions Validate()
    {
        Require.InRange(InitialPrice, 1e-12, 1e12, nameof(InitialPrice));
        Require.InRange(Shares, 1e-12, 1e15, nameof(Shares));
        Require.InRange(Horizon, 1e-9, 1e6, nameof(Horizon));
        Require.InRange(Intervals, 1, 1_000_000, nameof(Intervals));
        Require.InRange(Volatility, 0, 1e6, nameof(Volatility));
        Require.InRange(PermanentImpact, 0, 1e6, nameof(PermanentImpact));
        Require.InRange(FixedCost, 0, 1e6, nameof(FixedCost));
        Require.InRange(TemporaryImpact, 0, 1e6, nameof(TemporaryImpact));
        Require.InRange(RiskAversion, 0, 1e6, nameof(RiskAversion));
        if (!(AdjustedTemporaryImpact > 0))
        {
            throw new ArgumentException(
                $"TemporaryImpact has to be above half of PermanentImpact x Interval, {PermanentImpact * Interval / 2};"
                + $" it is {TemporaryImpact}.");
        }

        return this;
    }
}
