namespace FinML.Data;

/// <summary>
/// dS / S = mu dt + sqrt(v) dW1, dv = kappa (theta - v) dt + xi sqrt(v) dW2, correlation rho: S. L. Heston, Review of
/// Financial Studies 6 (1993). Simulated by the quadratic-exponential scheme with martingale correction of L. Andersen,
/// "Simple and efficient simulation of the Heston stochastic volatility model", Journal of Computational Finance 11
/// (2008): the first two moments of v are exact in every step, v stays at or above 0 whatever the parameters, and the
/// discounted price is a martingale for any step length.
/// </summary>
public sealed record HestonModel : IPriceGenerator
{
    private const double SwitchOver = 1.5; // psi_c: Andersen's choice between the quadratic and the exponential form

    /// <summary>mu, a year.</summary>
    public double Drift { get; init; } = 0.05;

    /// <summary>v at the start, a year; 0 or more.</summary>
    public double InitialVariance { get; init; } = 0.04;

    /// <summary>theta, the variance that v returns to, a year; above 0.</summary>
    public double LongRunVariance { get; init; } = 0.04;

    /// <summary>kappa, the speed of the return, a year; above 0.</summary>
    public double MeanReversion { get; init; } = 2;

    /// <summary>xi, the volatility of the variance; in [1e-6, 1000].</summary>
    public double VolatilityOfVariance { get; init; } = 0.4;

    /// <summary>rho, of returns and changes of the variance; in [-1, 1].</summary>
    public double Correlation { get; init; } = -0.7;

    /// <summary>The first price, above 0.</summary>
    public double Spot { get; init; } = 100;

    /// <summary>dt in years, above 0.</summary>
    public double StepYears { get; init; } = 1.0 / 252;

    /// <inheritdoc/>
    public double[] Prices(int steps, RandomStream random) => Path(steps, random).Prices;

    /// <summary>Prices and variances.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option or the steps are outside their range.</exception>
    public HestonPath Path(int steps, RandomStream random)
    {
        Validate();
        PricePath.Check(steps, random);
        double[] returns = new double[steps], variances = new double[steps + 1];
        variances[0] = InitialVariance;
        Step step = new(this);
        for (int t = 0; t < steps; t++)
        {
            (returns[t], variances[t + 1]) = step.Next(variances[t], random);
        }

        return new HestonPath(PricePath.Compound(Spot, returns), variances);
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says both.</exception>
    public void Validate()
    {
        Guard.Finite(Drift, nameof(Drift));
        Guard.NotNegative(InitialVariance, nameof(InitialVariance));
        Guard.Positive(LongRunVariance, nameof(LongRunVariance));
        Guard.Positive(MeanReversion, nameof(MeanReversion));
        Guard.InRange(VolatilityOfVariance, 1e-6, 1e3, nameof(VolatilityOfVariance));
        Guard.InRange(Correlation, -1, 1, nameof(Correlation));
        Guard.Positive(Spot, nameof(Spot));
        Guard.Positive(StepYears, nameof(StepYears));
    }

    /// <summary>One step of the scheme; the letters are Andersen's.</summary>
    private readonly struct Step
    {
        private readonly double _decay, _theta, _noiseV, _noise0, _drift, _k0, _k1, _k2, _k3;

        public Step(HestonModel model)
        {
            double dt = model.StepYears, kappa = model.MeanReversion, xi = model.VolatilityOfVariance;
            double rho = model.Correlation, grown = -double.ExpM1(-kappa * dt); // 1 - exp(-kappa dt)
            _decay = Math.Exp(-kappa * dt);
            _theta = model.LongRunVariance;
            _noiseV = xi * xi * _decay * grown / kappa;
            _noise0 = _theta * xi * xi * grown * grown / (2 * kappa);
            _drift = model.Drift * dt;
            _k0 = -rho * kappa * _theta * dt / xi;
            _k1 = dt / 2 * (kappa * rho / xi - 0.5) - rho / xi; // the central weights gamma1 = gamma2 = 1/2
            _k2 = dt / 2 * (kappa * rho / xi - 0.5) + rho / xi;
            _k3 = dt / 2 * (1 - rho * rho);
        }

        public (double Return, double Variance) Next(double v, RandomStream random)
        {
            double m = _theta + (v - _theta) * _decay, s2 = v * _noiseV + _noise0, psi = s2 / (m * m);
            double next, a = _k2 + _k3 / 2, logM = double.NaN; // M = E[exp(A v')], A as in proposition 6
            if (psi <= SwitchOver)
            {
                double inverse = 2 / psi, b2 = inverse - 1 + Math.Sqrt(inverse) * Math.Sqrt(inverse - 1);
                double scale = m / (1 + b2), root = Math.Sqrt(b2) + random.NextNormal();
                next = scale * root * root;
                if (2 * a * scale < 1)
                {
                    logM = a * b2 * scale / (1 - 2 * a * scale) - 0.5 * Math.Log(1 - 2 * a * scale);
                }
            }
            else
            {
                double p = (psi - 1) / (psi + 1), beta = (1 - p) / m, u = random.NextDouble();
                next = u <= p ? 0 : Math.Log((1 - p) / (1 - u)) / beta;
                if (a < beta)
                {
                    logM = Math.Log(p + beta * (1 - p) / (beta - a));
                }
            }

            // Where E[exp(A v')] is infinite the plain scheme stands, without the correction.
            double k0 = double.IsNaN(logM) ? _k0 : -logM - (_k1 + _k3 / 2) * v;
            double diffusion = Math.Sqrt(_k3 * (v + next)) * random.NextNormal();
            return (_drift + k0 + _k1 * v + _k2 * next + diffusion, next);
        }
    }
}
