namespace FinML.Data;

/// <summary>
/// Geometric Brownian motion with jumps: a Poisson number of jumps a step, each multiplying the price by exp(m + d Z).
/// The drift is compensated, so that mu is the expected growth; the paths are exact at the steps. R. C. Merton, "Option
/// pricing when underlying stock returns are discontinuous", Journal of Financial Economics 3 (1976).
/// </summary>
public sealed record MertonJumps : IPriceGenerator
{
    /// <summary>mu, a year.</summary>
    public double Drift { get; init; } = 0.05;

    /// <summary>sigma, the volatility between jumps, a square root of a year; 0 or more.</summary>
    public double Volatility { get; init; } = 0.15;

    /// <summary>lambda, jumps a year; 0 or more, at most 10,000 a step.</summary>
    public double Intensity { get; init; } = 1;

    /// <summary>m, the mean logarithmic jump.</summary>
    public double JumpMean { get; init; } = -0.1;

    /// <summary>d, the deviation of a logarithmic jump; 0 or more.</summary>
    public double JumpVolatility { get; init; } = 0.15;

    /// <summary>The first price, above 0.</summary>
    public double Spot { get; init; } = 100;

    /// <summary>dt in years, above 0.</summary>
    public double StepYears { get; init; } = 1.0 / 252;

    /// <summary>k = E[exp(jump)] - 1, the expected relative jump.</summary>
    public double ExpectedJump => Math.Exp(JumpMean + JumpVolatility * JumpVolatility / 2) - 1;

    /// <inheritdoc/>
    public double[] Prices(int steps, RandomStream random)
    {
        Validate();
        PricePath.Check(steps, random);
        double mean = (Drift - Intensity * ExpectedJump - Volatility * Volatility / 2) * StepYears;
        double variance = Volatility * Volatility * StepYears;
        double[] returns = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            int jumps = random.NextPoisson(Intensity * StepYears);
            double deviation = Math.Sqrt(variance + jumps * JumpVolatility * JumpVolatility);
            returns[t] = mean + jumps * JumpMean + deviation * random.NextNormal();
        }

        return PricePath.Compound(Spot, returns);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.Finite(Drift, nameof(Drift));
        Guard.NotNegative(Volatility, nameof(Volatility));
        Guard.Positive(StepYears, nameof(StepYears));
        Guard.InRange(Intensity, 0, 10_000 / StepYears, nameof(Intensity));
        Guard.InRange(JumpMean, -5, 5, nameof(JumpMean));
        Guard.InRange(JumpVolatility, 0, 5, nameof(JumpVolatility));
        Guard.Positive(Spot, nameof(Spot));
    }
}
