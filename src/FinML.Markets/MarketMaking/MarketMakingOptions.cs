namespace FinML.Markets.MarketMaking;

/// <summary>
/// The market of Avellaneda and Stoikov (2008): a mid that is a random walk, and orders of one unit that hit a quote
/// at distance δ from it at rate λ(δ) = A exp(-k δ). The defaults are those of their section 3.3.
/// </summary>
public sealed record MarketMakingOptions
{
    /// <summary>The mid at the start, in currency; finite.</summary>
    public double InitialPrice { get; init; } = 100;

    /// <summary>σ, currency per square root of time; 0 to 1e6.</summary>
    public double Volatility { get; init; } = 2;

    /// <summary>T; above 0 to 1e6.</summary>
    public double Horizon { get; init; } = 1;

    /// <summary>dt; above 0, and the horizon is a whole number of them.</summary>
    public double TimeStep { get; init; } = 0.005;

    /// <summary>A: orders per time that hit a quote at the mid; 0 to 1e6.</summary>
    public double ArrivalRate { get; init; } = 140;

    /// <summary>k: how fast the rate falls with the distance, per currency; above 0 to 1e6.</summary>
    public double ArrivalDecay { get; init; } = 1.5;

    /// <summary>How a rate becomes a probability within a step; not the paper's by default, which flatters.</summary>
    public FillConvention Fills { get; init; } = FillConvention.Exact;

    /// <summary>At this inventory the side that would exceed it does not trade; 1 to 1,000,000.</summary>
    public int InventoryLimit { get; init; } = 100;

    /// <summary>φ of the running penalty φ q² dt on the reward, currency per unit² and time; 0 to 1e6.</summary>
    public double InventoryPenalty { get; init; }

    /// <summary>The largest |distance| of a quote from the mid, in currency; above 0 to 1e6.</summary>
    public double MaximumOffset { get; init; } = 10;

    /// <summary>Steps of an episode.</summary>
    public int Steps => (int)Math.Round(Horizon / TimeStep);

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public MarketMakingOptions Validate()
    {
        Require.Finite(InitialPrice, nameof(InitialPrice));
        Require.InRange(Volatility, 0, 1e6, nameof(Volatility));
        Require.InRange(Horizon, 1e-9, 1e6, nameof(Horizon));
        Require.InRange(TimeStep, 1e-12, Horizon, nameof(TimeStep));
        Require.InRange(Horizon / TimeStep, 1, 1e8, "Horizon / TimeStep");
        if (Math.Abs(Horizon / TimeStep - Steps) > 1e-6 * Steps)
        {
            throw new ArgumentException(
                $"Horizon has to be a whole number of steps; {Horizon} / {TimeStep} is {Horizon / TimeStep}.");
        }

        Require.InRange(ArrivalRate, 0, 1e6, nameof(ArrivalRate));
        Require.InRange(ArrivalDecay, 1e-9, 1e6, nameof(ArrivalDecay));
        Require.InRange(InventoryLimit, 1, 1_000_000, nameof(InventoryLimit));
        Require.InRange(InventoryPenalty, 0, 1e6, nameof(InventoryPenalty));
        Require.InRange(MaximumOffset, 1e-9, 1e6, nameof(MaximumOffset));
        if (!Enum.IsDefined(Fills))
            throw new ArgumentOutOfRangeException(nameof(Fills), Fills, $"{Fills} is not a fill convention.");
        return this;
    }

    /// <summary>The probability that a quote at <paramref name="offset"/> from the mid is hit within a step.</summary>
    public double FillProbability(double offset)
    {
        double expected = ArrivalRate * Math.Exp(-ArrivalDecay * offset) * TimeStep;
        return Fills == FillConvention.Linear ? Math.Min(expected, 1) : 1 - Math.Exp(-expected);
    }
}
