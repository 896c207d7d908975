namespace FinML.Markets;

/// <summary>
/// The options of <see cref="MertonAllocation"/>, and the answers of Merton, "Lifetime portfolio selection under
/// uncertainty" (Review of Economics and Statistics 51, 1969).
/// </summary>
public sealed record MertonOptions
{
    /// <summary>μ, the risky asset's drift a year; -1 to 1.</summary>
    public double Drift { get; init; } = 0.08;

    /// <summary>r, what cash earns a year, continuously compounded; -1 to 1.</summary>
    public double Rate { get; init; } = 0.02;

    /// <summary>σ, the risky asset's volatility a year; above 0 to 5.</summary>
    public double Volatility { get; init; } = 0.2;

    /// <summary>Relative risk aversion γ; 1 is the logarithm; 0.01 to 100.</summary>
    public double RiskAversion { get; init; } = 2;

    /// <summary>T, the years of an episode; above 0 to 1,000.</summary>
    public double Years { get; init; } = 1;

    /// <summary>Decisions in an episode; at least 1.</summary>
    public int Steps { get; init; } = 52;

    /// <summary>The smallest fraction of wealth in the risky asset; -10 to 10.</summary>
    public double MinimumFraction { get; init; } = -1;

    /// <summary>The largest fraction; above the smallest one to 10.</summary>
    public double MaximumFraction { get; init; } = 3;

    /// <summary>Whether wealth is consumed on the way, which adds an action: consumption a year over wealth.</summary>
    public bool Consumes { get; init; }

    /// <summary>ρ, the rate at which utility is discounted where wealth is consumed; 0 to 1.</summary>
    public double TimePreference { get; init; } = 0.04;

    /// <summary>ε: what is left at the end is worth as much as wealth that is consumed in ε years, by its utility
    /// ε^γ U(W_T); above 0 to 1,000.</summary>
    public double Bequest { get; init; } = 1;

    /// <summary>The smallest consumption a year over wealth; above 0 (the utility of nothing is not finite).</summary>
    public double MinimumConsumption { get; init; } = 0.001;

    /// <summary>The largest consumption a year over wealth; above the smallest one to 100.</summary>
    public double MaximumConsumption { get; init; } = 2;

    /// <summary>The best fraction at every time and wealth: (μ - r) / (γ σ²). At γ = 1 it is Kelly's.</summary>
    public double OptimalFraction => (Drift - Rate) / (RiskAversion * Volatility * Volatility);

    /// <summary>The certainty equivalent's growth a year at the best fraction, nothing consumed:
    /// r + (μ - r)² / (2 γ σ²).</summary>
    public double CertaintyEquivalentGrowth => CertaintyEquivalentGrowthAt(OptimalFraction);

    /// <summary>ν = (ρ - (1 - γ)(r + (μ - r)² / (2 γ σ²))) / γ: the best consumption rate of an endless life.</summary>
    public double ConsumptionNu => (TimePreference - (1 - RiskAversion) * CertaintyEquivalentGrowth) / RiskAversion;

    /// <summary>The years between two decisions.</summary>
    public double YearsPerStep => Years / Steps;

    /// <summary>The certainty equivalent's growth a year at a constant fraction, nothing consumed:
    /// r + π (μ - r) - γ π² σ² / 2.</summary>
    public double CertaintyEquivalentGrowthAt(double fraction) =>
        Rate + fraction * (Drift - Rate) - RiskAversion * fraction * fraction * Volatility * Volatility / 2;

    /// <summary>
    /// f, with which the best consumption is W / f and the value of a wealth e^(-ρt) f^γ W^(1-γ) / (1-γ):
    /// (1 + (ν ε - 1) e^(-ν (T-t))) / ν; at ν = 0 it is T - t + ε.
    /// </summary>
    /// <param name="time">t, in years; 0 to T.</param>
    public double WealthPerConsumption(double time)
    {
        Require.InRange(time, 0, Years, nameof(time));
        double nu = ConsumptionNu, left = Years - time;
        return nu == 0 ? left + Bequest : (1 + (nu * Bequest - 1) * Math.Exp(-nu * left)) / nu;
    }

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public MertonOptions Validate()
    {
        Require.InRange(Drift, -1, 1, nameof(Drift));
        Require.InRange(Rate, -1, 1, nameof(Rate));
        Require.InRange(Volatility, 1e-6, 5, nameof(Volatility));
        Require.InRange(RiskAversion, 0.01, CrraUtility.MaximumRiskAversion, nameof(RiskAversion));
        Require.InRange(Years, 1e-6, 1_000, nameof(Years));
        Require.InRange(Steps, 1, 10_000_000, nameof(Steps));
        Require.InRange(MinimumFraction, -10, 10, nameof(MinimumFraction));
        Require.InRange(MaximumFraction, MinimumFraction + 1e-9, 10, nameof(MaximumFraction));
        Require.InRange(TimePreference, 0, 1, nameof(TimePreference));
        Require.InRange(Bequest, 1e-6, 1_000, nameof(Bequest));
        Require.InRange(MinimumConsumption, 1e-6, 100, nameof(MinimumConsumption));
        Require.InRange(MaximumConsumption, MinimumConsumption + 1e-9, 100, nameof(MaximumConsumption));
        return this;
    }
}
