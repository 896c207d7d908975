namespace FinML.Data;

/// <summary>
/// r(t) = mu + sigma(t) z(t), sigma^2(t+1) = omega + alpha (r(t) - mu)^2 + beta sigma^2(t): T. Bollerslev, Journal of
/// Econometrics 31 (1986). z is standard normal or Student's t scaled to variance 1; the path starts at the
/// unconditional variance omega / (1 - alpha - beta).
/// </summary>
public sealed record GarchProcess : IPriceGenerator
{
    /// <summary>mu, a step.</summary>
    public double Mean { get; init; }

    /// <summary>omega, above 0.</summary>
    public double Constant { get; init; } = 2e-6;

    /// <summary>alpha, 0 or more; alpha + beta below 1.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>beta, 0 or more.</summary>
    public double Beta { get; init; } = 0.88;

    /// <summary>Those of z, above 2; null for the normal distribution.</summary>
    public double? DegreesOfFreedom { get; init; }

    /// <summary>The first price, above 0.</summary>
    public double Spot { get; init; } = 100;

    /// <summary>The variance of r, a step.</summary>
    public double UnconditionalVariance => Constant / (1 - Alpha - Beta);

    /// <inheritdoc/>
    public double[] Prices(int steps, RandomStream random) =>
        PricePath.Compound(Spot, Returns(steps, random));

    /// <summary>The logarithmic returns, one a step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option or the steps are outside their range.</exception>
    public double[] Returns(int steps, RandomStream random)
    {
        Validate();
        PricePath.Check(steps, random);
        double[] returns = new double[steps];
        double variance = UnconditionalVariance;
        for (int t = 0; t < steps; t++)
        {
            double shock = Math.Sqrt(variance) * Innovation(random);
            returns[t] = Mean + shock;
            variance = Constant + Alpha * shock * shock + Beta * variance;
        }

        return returns;
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.Finite(Mean, nameof(Mean));
        Guard.Positive(Constant, nameof(Constant));
        Guard.NotNegative(Alpha, nameof(Alpha));
        Guard.NotNegative(Beta, nameof(Beta));
        Guard.Positive(Spot, nameof(Spot));
        if (Alpha + Beta >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(Beta), Beta,
                $"Alpha + Beta is {Alpha + Beta}: it must be below 1 for a finite variance.");
        }

        if (DegreesOfFreedom is { } degrees && !(degrees > 2))
        {
            throw new ArgumentOutOfRangeException(nameof(DegreesOfFreedom), degrees,
                "DegreesOfFreedom must be above 2, or null for the normal distribution.");
        }
    }

    private double Innovation(RandomStream random)
    {
        double z = random.NextNormal();
        return DegreesOfFreedom is { } degrees
            ? z * Math.Sqrt((degrees - 2) / (2 * random.NextGamma(degrees / 2))) // chi-squared is 2 Gamma(n / 2)
            : z;
    }
}
