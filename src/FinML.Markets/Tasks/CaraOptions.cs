namespace FinML.Markets;

/// <summary>
/// The options of <see cref="CaraAllocation"/>, and its answers: Rao and Jelvis, "Foundations of Reinforcement Learning
/// with Applications in Finance" (2022), chapter 8, exact in discrete time.
/// </summary>
public sealed record CaraOptions
{
    /// <summary>μ, the mean of the risky asset's simple return a period; -1 to 1.</summary>
    public double Mean { get; init; } = 0.13;

    /// <summary>σ, its standard deviation (it is normal); above 0 to 5.</summary>
    public double Deviation { get; init; } = 0.2;

    /// <summary>r, the simple return of cash a period; above -1 to 1.</summary>
    public double Rate { get; init; } = 0.07;

    /// <summary>a of the utility -exp(-a W) / a of the last wealth; above 0 to 100.</summary>
    public double RiskAversion { get; init; } = 1;

    /// <summary>T, the periods; 1 to 1,000.</summary>
    public int Periods { get; init; } = 4;

    /// <summary>The largest |amount| in the risky asset, in currency; above 0 to 1,000.</summary>
    public double MaximumAmount { get; init; } = 5;

    /// <summary>The best amount with t periods behind: (μ - r) / (a σ² (1 + r)^(T-t-1)), whatever the
    /// wealth.</summary>
    public double OptimalAmount(int period)
    {
        Require.InRange(period, 0, Periods - 1, nameof(period));
        return (Mean - Rate) / (RiskAversion * Deviation * Deviation * Math.Pow(1 + Rate, Periods - period - 1));
    }

    /// <summary>The expected utility of the last wealth at the best amounts:
    /// -exp(-(μ - r)² (T - t) / (2 σ²) - a (1 + r)^(T-t) W) / a.</summary>
    public double Value(int period, double wealth)
    {
        Require.InRange(period, 0, Periods, nameof(period));
        double premium = (Mean - Rate) / Deviation;
        int left = Periods - period;
        return -Math.Exp(-premium * premium * left / 2 - RiskAversion * Math.Pow(1 + Rate, left) * wealth)
            / RiskAversion;
    }

    /// <summary>-exp(-a W) / a.</summary>
    public double Utility(double wealth) => -Math.Exp(-RiskAversion * wealth) / RiskAversion;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public CaraOptions Validate()
    {
        Require.InRange(Mean, -1, 1, nameof(Mean));
        Require.InRange(Deviation, 1e-6, 5, nameof(Deviation));
        Require.InRange(Rate, -0.99, 1, nameof(Rate));
        Require.InRange(RiskAversion, 1e-6, 100, nameof(RiskAversion));
        Require.InRange(Periods, 1, 1_000, nameof(Periods));
        Require.InRange(MaximumAmount, 1e-6, 1_000, nameof(MaximumAmount));
        return this;
    }
}
