using System.Numerics;

namespace FinML.Data;

/// <summary>
/// European call prices without dividends in closed or semi-closed form: what simulated paths are held to.
/// </summary>
public static class EuropeanCall
{
    /// <summary>F. Black, M. Scholes (1973).</summary>
    /// <param name="spot">Above 0.</param>
    /// <param name="strike">Above 0.</param>
    /// <param name="rate">Continuously compounded, a year.</param>
    /// <param name="volatility">A square root of a year; above 0.</param>
    /// <param name="years">Above 0.</param>
    public static double BlackScholes(double spot, double strike, double rate, double volatility, double years)
    {
        CheckContract(spot, strike, rate, years);
        Guard.Positive(volatility, nameof(volatility));
        double deviation = volatility * Math.Sqrt(years);
        double d1 = (Math.Log(spot / strike) + rate * years) / deviation + deviation / 2;
        return spot * NormalDistribution.Cdf(d1)
            - strike * Math.Exp(-rate * years) * NormalDistribution.Cdf(d1 - deviation);
    }

    /// <summary>
    /// Merton's series: the Poisson-weighted Black-Scholes prices given n jumps. R. C. Merton (1976), equation 16.
    /// </summary>
    /// <param name="model">The parameters; its drift is not used. Volatility above 0.</param>
    /// <param name="strike">Above 0.</param>
    /// <param name="rate">Continuously compounded, a year.</param>
    /// <param name="years">Above 0; at most 200 expected jumps.</param>
    public static double Merton(MertonJumps model, double strike, double rate, double years)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Validate();
        CheckContract(model.Spot, strike, rate, years);
        double k = model.ExpectedJump, mean = model.Intensity * (1 + k) * years;
        Guard.InRange(mean, 0, 200, nameof(years));
        double price = 0, weight = Math.Exp(-mean);
        for (int n = 0; n <= mean || weight > 1e-18; n++)
        {
            double variance = model.Volatility * model.Volatility
                + n * model.JumpVolatility * model.JumpVolatility / years;
            double growth = rate - model.Intensity * k + n * Math.Log(1 + k) / years;
            price += weight * BlackScholes(model.Spot, strike, growth, Math.Sqrt(variance), years);
            weight *= mean / (n + 1);
        }

        return price;
    }

    /// <summary>Heston's price from the characteristic function of the logarithmic price, in the form without
    /// discontinuities of H. Albrecher, P. Mayer, W. Schoutens, J. Tistaert, "The little Heston trap" (2007).</summary>
    /// <param name="model">The parameters; its drift is not used.</param>
    /// <param name="strike">Above 0.</param>
    /// <param name="rate">Continuously compounded, a year.</param>
    /// <param name="years">Above 0.</param>
    public static double Heston(HestonModel model, double strike, double rate, double years)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Validate();
        double kappa = model.MeanReversion, xi = model.VolatilityOfVariance, square = xi * xi;
        return Lewis(model.Spot, strike, rate, years, z =>
        {
            Complex iz = Complex.ImaginaryOne * z, b = kappa - model.Correlation * xi * iz;
            Complex d = Complex.Sqrt(b * b + square * (iz + z * z)), g = (b - d) / (b + d);
            Complex decay = Complex.Exp(-d * years), ratio = (1 - g * decay) / (1 - g);
            Complex c = kappa * model.LongRunVariance / square * ((b - d) * years - 2 * Complex.Log(ratio));
            return Complex.Exp(c + model.InitialVariance * (b - d) / square * (1 - decay) / (1 - g * decay));
        });
    }

    /// <summary>
    /// C = S - sqrt(S K) e^(-rT/2) / pi x integral over u from 0 of Re[e^(iuk) phi(u - i/2)] / (u^2 + 1/4), with
    /// k = ln(S / K) + rT and phi the characteristic function of ln(S(T) / S) - rT: A. L. Lewis, "A simple option
    /// formula for general jump-diffusion and other exponential Levy processes" (2001).
    /// </summary>
    /// <remarks>The integrand is even and analytic about the real axis, where the trapezoidal rule converges
    /// exponentially in 1 / step: with .05 its error is of the order of exp(-pi / .05).</remarks>
    /// <param name="spot">Above 0.</param>
    /// <param name="strike">Above 0.</param>
    /// <param name="rate">Continuously compounded, a year.</param>
    /// <param name="years">Above 0.</param>
    /// <param name="characteristic">phi, with phi(-i) = 1.</param>
    public static double Lewis(double spot, double strike, double rate, double years,
        Func<Complex, Complex> characteristic)
    {
        CheckContract(spot, strike, rate, years);
        ArgumentNullException.ThrowIfNull(characteristic);
        const double Step = 0.05;
        double k = Math.Log(spot / strike) + rate * years, sum = 0;
        int small = 0;
        for (int i = 0; i < 4_000_000 && small < 20; i++)
        {
            double u = i * Step;
            Complex wave = Complex.Exp(new Complex(0, u * k)) * characteristic(new Complex(u, -0.5));
            double term = wave.Real / (u * u + 0.25);
            sum += i == 0 ? term / 2 : term;
            small = Complex.Abs(wave) / (u * u + 0.25) < 1e-17 ? small + 1 : 0;
        }

        return spot - Math.Sqrt(spot * strike) * Math.Exp(-rate * years / 2) / Math.PI * sum * Step;
    }

    private static void CheckContract(double spot, double strike, double rate, double years)
    {
        Guard.Positive(spot, nameof(spot));
        Guard.Positive(strike, nameof(strike));
        Guard.Finite(rate, nameof(rate));
        Guard.Positive(years, nameof(years));
    }
}
