using FinML.Statistics;

namespace FinML.Data.Features;

/// <summary>
/// A GARCH(1,1) process with a constant mean: r[t] = Mean + e[t], e[t] of variance
/// h[t] = Omega + Alpha e[t-1]^2 + Beta h[t-1], which begins with e^2 = h = the mean of e^2.
/// Source: T. Bollerslev, "Generalized autoregressive conditional heteroskedasticity", Journal of Econometrics 31
/// (1986).
/// </summary>
/// <param name="Mean">In the unit of the returns.</param>
/// <param name="Omega">In that unit squared; above 0.</param>
/// <param name="Alpha">0 or more.</param>
/// <param name="Beta">0 or more; Alpha + Beta below 1.</param>
public sealed record GarchModel(double Mean, double Omega, double Alpha, double Beta)
{
    /// <summary>The variance that it returns to: Omega / (1 - Alpha - Beta).</summary>
    public double LongRunVariance => Omega / (1 - Alpha - Beta);

    internal VolatilityModel Process => new()
    {
        Specification = new VolatilitySpecification(),
        Constant = Mean,
        Omega = Omega,
        Alpha = Alpha,
        Beta = Beta,
    };

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public void Validate()
    {
        if (!double.IsFinite(Mean) || !(Omega > 0) || !(Alpha >= 0) || !(Beta >= 0) || !(Alpha + Beta < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(GarchModel), this, "A GARCH model needs a finite mean, Omega "
                + "above 0, Alpha and Beta of 0 or more, and Alpha + Beta below 1.");
        }
    }

    /// <summary>The variance of the return after the last one given, known from these alone.</summary>
    /// <param name="returns">At least one; NaN gives NaN.</param>
    public double NextVariance(ReadOnlySpan<double> returns)
    {
        Validate();
        if (returns.IsEmpty)
        {
            throw new ArgumentException("A variance needs at least one return; there are 0.", nameof(returns));
        }

        return returns.ContainsAnyExceptInRange(double.MinValue, double.MaxValue)
            ? double.NaN
            : Process.NextVariance(returns);
    }

    /// <summary>The variance of the next return, after one of variance <paramref name="h"/> that turned out to be
    /// <paramref name="r"/>.</summary>
    public double NextVariance(double h, double r) => VolatilityRecursion.Garch(Omega, Alpha, Beta, h, r - Mean);
}
