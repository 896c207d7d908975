namespace FinML.Markets;

/// <summary>The options of <see cref="BinomialAllocation"/>, and its answers in closed form.</summary>
public sealed record BinomialOptions
{
    /// <summary>The probability of the risky asset's good return; above 0 to below 1.</summary>
    public double UpProbability { get; init; } = 0.6;

    /// <summary>The good simple return; above <see cref="Rate"/>.</summary>
    public double Up { get; init; } = 0.2;

    /// <summary>The bad simple return; from -1 to below <see cref="Rate"/>.</summary>
    public double Down { get; init; } = -0.15;

    /// <summary>The simple return of cash; above -1 to 1.</summary>
    public double Rate { get; init; }

    /// <summary>Relative risk aversion γ; 1 is the logarithm, that is Kelly's criterion; 0.01 to 100.</summary>
    public double RiskAversion { get; init; } = 1;

    /// <summary>Bets in an episode; at least 1.</summary>
    public int Periods { get; init; } = 20;

    /// <summary>The smallest fraction of wealth in the risky asset.</summary>
    public double MinimumFraction { get; init; }

    /// <summary>The largest fraction; with it and the smallest one no return may cost all wealth.</summary>
    public double MaximumFraction { get; init; } = 4;

    /// <summary>The fraction that maximises expected utility, bounds aside: with
    /// k = (p (u - r) / ((1 - p)(r - d)))^(1/γ) it is (k - 1)(1 + r) / (u - r - k (d - r)).</summary>
    public double OptimalFraction
    {
        get
        {
            double k = Math.Pow(
                UpProbability * (Up - Rate) / ((1 - UpProbability) * (Rate - Down)), 1 / RiskAversion);
            return (k - 1) * (1 + Rate) / (Up - Rate - k * (Down - Rate));
        }
    }

    /// <summary>Kelly's bets: a stake is lost, or won <paramref name="odds"/> times; the best fraction is
    /// p - (1 - p) / odds.</summary>
    public static BinomialOptions Kelly(double winProbability, double odds, int periods = 20) => new()
    {
        UpProbability = winProbability,
        Up = odds,
        Down = -1,
        Periods = periods,
        MaximumFraction = 0.99,
    };

    /// <summary>The expected logarithmic growth a period at a constant fraction.</summary>
    public double GrowthRate(double fraction) => UpProbability * Math.Log(Growth(fraction, true))
        + (1 - UpProbability) * Math.Log(Growth(fraction, false));

    /// <summary>The expected sum of an episode's rewards, E U(W_T) - U(1), at a constant fraction.</summary>
    public double ExpectedReturn(double fraction)
    {
        if (RiskAversion == 1)
            return Periods * GrowthRate(fraction);
        double power = 1 - RiskAversion;
        double mean = UpProbability * Math.Pow(Growth(fraction, true), power)
            + (1 - UpProbability) * Math.Pow(Growth(fraction, false), power);
        return (Math.Pow(mean, Periods) - 1) / power;
    }

    /// <exception cref="ArgumentException">An option lies outside its range, or a bound risks all wealth.</exception>
    public BinomialOptions Validate()
    {
        Require.InRange(UpProbability, 1e-9, 1 - 1e-9, nameof(UpProbability));
        Require.InRange(Rate, -0.99, 1, nameof(Rate));
        Require.InRange(Up, Rate + 1e-9, 1e3, nameof(Up));
        Require.InRange(Down, -1, Rate - 1e-9, nameof(Down));
        Require.InRange(RiskAversion, 0.01, CrraUtility.MaximumRiskAversion, nameof(RiskAversion));
        Require.InRange(Periods, 1, 1_000_000, nameof(Periods));
        Require.InRange(MinimumFraction, -100, 100, nameof(MinimumFraction));
        Require.InRange(MaximumFraction, MinimumFraction + 1e-9, 100, nameof(MaximumFraction));
        foreach (double fraction in (ReadOnlySpan<double>)[MinimumFraction, MaximumFraction])
        {
            double worst = Math.Min(Growth(fraction, true), Growth(fraction, false));
            if (!(worst > 0))
                throw new ArgumentException(
                    $"A fraction of {fraction} may leave {worst} of the wealth; that has to be above 0.");
        }

        return this;
    }

    /// <summary>What a unit of wealth becomes in one period.</summary>
    internal double Growth(double fraction, bool up) => 1 + Rate + fraction * ((up ? Up : Down) - Rate);
}
