namespace FinML.Markets;

/// <summary>The options of <see cref="VolatilityScaledMomentum"/>.</summary>
public sealed record VolatilityScaledMomentumOptions
{
    /// <summary>Rows between the two prices that are compared; 1 to 1,000,000.</summary>
    public int Lookback { get; init; } = 252;

    /// <summary>Rows after which a squared return weighs half in the volatility; 1 to 100,000.</summary>
    public int HalfLife { get; init; } = 30;

    /// <summary>The yearly volatility that each position is scaled to, as a fraction; above 0 to 10.</summary>
    public double Volatility { get; init; } = 0.1;

    /// <summary>The largest scale of one position, before it is divided by the assets; above 0 to 100.</summary>
    public double MaximumScale { get; init; } = 2.5;

    /// <summary>Rows in a year; 1 to 10,000,000.</summary>
    public double PeriodsPerYear { get; init; } = 252;

    /// <summary>The price.</summary>
    public string Field { get; init; } = "close";

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public VolatilityScaledMomentumOptions Validate()
    {
        Require.InRange(Lookback, 1, 1_000_000, nameof(Lookback));
        Require.InRange(HalfLife, 1, 100_000, nameof(HalfLife));
        Require.InRange(Volatility, 1e-9, 10, nameof(Volatility));
        Require.InRange(MaximumScale, 1e-9, 100, nameof(MaximumScale));
        Require.InRange(PeriodsPerYear, 1, 1e7, nameof(PeriodsPerYear));
        ArgumentException.ThrowIfNullOrWhiteSpace(Field);
        return this;
    }
}
