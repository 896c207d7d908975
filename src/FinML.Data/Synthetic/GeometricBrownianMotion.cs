namespace FinML.Data;

/// <summary>
/// dS / S = mu dt + sigma dW, exact at the steps: the logarithmic return of a step is normal with mean
/// (mu - sigma^2 / 2) dt and variance sigma^2 dt. F. Black, M. Scholes (1973); P. Samuelson (1965).
/// </summary>
public sealed record GeometricBrownianMotion : IPriceGenerator
{
    /// <summary>mu, a year.</summary>
    public double Drift { get; init; } = 0.05;

    /// <summary>sigma, a square root of a year; 0 or more.</summary>
    public double Volatility { get; init; } = 0.2;

    /// <summary>The first price, above 0.</summary>
    public double Spot { get; init; } = 100;

    /// <summary>dt in years, above 0.</summary>
    public double StepYears { get; init; } = 1.0 / 252;

    /// <inheritdoc/>
    public double[] Prices(int steps, RandomStream random)
    {
        Validate();
        PricePath.Check(steps, random);
        double mean = (Drift - Volatility * Volatility / 2) * StepYears;
        double deviation = Volatility * Math.Sqrt(StepYears);
        double[] returns = new double[steps];
        for (int t = 0; t < steps; t++)
        {
            returns[t] = mean + deviation * random.NextNormal();
        }

        return PricePath.Compound(Spot, returns);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.Finite(Drift, nameof(Drift));
        Guard.NotNegative(Volatility, nameof(Volatility));
        Guard.Positive(Spot, nameof(Spot));
        Guard.Positive(StepYears, nameof(StepYears));
    }
}
