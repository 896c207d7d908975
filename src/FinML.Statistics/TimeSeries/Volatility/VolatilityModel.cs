namespace FinML.Statistics;

/// <summary>
/// The parameters of a volatility model, r_t = c + sum phi_j r_{t-j} + e_t with e_t of variance h_t, and what follows
/// from them. In the unit of the values and its square.
/// </summary>
public sealed record VolatilityModel
{
    /// <summary>Which model.</summary>
    public required VolatilitySpecification Specification { get; init; }

    /// <summary>c; 0 where the model has none.</summary>
    public double Constant { get; init; }

    /// <summary>phi_1 ... phi_p.</summary>
    public IReadOnlyList<double> Autoregression { get; init; } = [];

    /// <summary>Above 0; for EGARCH any finite number.</summary>
    public required double Omega { get; init; }

    /// <summary>0 or more; for EGARCH any finite number.</summary>
    public required double Alpha { get; init; }

    /// <summary>The asymmetry: of GJR above -Alpha, of EGARCH any finite number; 0 for GARCH.</summary>
    public double Gamma { get; init; }

    /// <summary>0 or more; for EGARCH between -1 and 1.</summary>
    public required double Beta { get; init; }

    /// <summary>Of Student's t, above 2; infinite under the normal law.</summary>
    public double DegreesOfFreedom { get; init; } = double.PositiveInfinity;

    /// <summary>How much of a deviation of the variance (EGARCH: of its logarithm) is left after one step: alpha +
    /// beta, alpha + gamma / 2 + beta (errors symmetric), or beta. Below 1: weak stationarity.</summary>
    public double Persistence => Specification.Kind == VolatilityKind.Egarch ? Beta : Alpha + Gamma / 2 + Beta;

    /// <summary>Steps after which half of a deviation is left, ln .5 / ln persistence; 0 where persistence is not above
    /// 0, infinite where it is not below 1.</summary>
    public double HalfLife => Persistence <= 0 ? 0
        : Persistence >= 1 ? double.PositiveInfinity : Math.Log(0.5) / Math.Log(Persistence);

    /// <summary>The unconditional variance.</summary>
    /// <exception cref="InvalidOperationException">The persistence is 1 or more, or EGARCH has Student's t errors: the
    /// variance is infinite.</exception>
    public double LongRunVariance
    {
        get
        {
            if (!(Persistence < 1))
                throw new InvalidOperationException($"The unconditional variance is infinite: the persistence is "
                    + $"{Guard.Text(Persistence)}; it must be below 1.");
            if (Specification.Kind != VolatilityKind.Egarch)
                return Omega / (1 - Persistence);
            RequireNormal();
            double log = Drift / (1 - Beta), weight = 1;
            for (int i = 0; Math.Abs(weight) > 1e-18 && i < 1_000_000; i++, weight *= Beta)
                log += LogMoment(weight);
            return Math.Exp(log);
        }
    }

    /// <summary>omega - alpha E|z|.</summary>
    private double Drift => Omega - Alpha * MeanAbsolute;

    private double MeanAbsolute => Specification.Innovations == InnovationLaw.StudentT
        ? StandardisedT.MeanAbsolute(DegreesOfFreedom).Value
        : Math.Sqrt(2 / Math.PI);

    /// <summary>Fits a model by maximum likelihood; see <see cref="VolatilityFit"/>.</summary>
    /// <param name="values">50 or more beyond the lags, finite, not constant: returns, in any unit.</param>
    /// <param name="specification">GARCH(1,1) with a constant and normal errors where left out.</param>
    public static VolatilityFit Fit(ReadOnlySpan<double> values, VolatilitySpecification? specification = null) =>
        VolatilityEstimation.Fit(values, specification ?? new VolatilitySpecification());

    /// <summary>Fits a model, or gives null where the values are too few, not all finite, or constant.</summary>
    /// <param name="values">Returns, in any unit.</param>
    /// <param name="specification">GARCH(1,1) with a constant and normal errors where left out.</param>
    public static VolatilityFit? TryFit(ReadOnlySpan<double> values, VolatilitySpecification? specification = null)
    {
        specification ??= new VolatilitySpecification();
        if (values.Length < VolatilityEstimation.FewestValues + specification.Lags || Guard.IsConstant(values))
            return null;
        foreach (double value in values)
        {
            if (!double.IsFinite(value))
                return null;
        }

        return VolatilityEstimation.Fit(values, specification);
    }

    /// <summary>The variance of the value after one whose variance was <paramref name="variance"/> and whose error
    /// turned out to be <paramref name="error"/>.</summary>
    public double NextVariance(double variance, double error) => Specification.Kind == VolatilityKind.Egarch
        ? VolatilityRecursion.Egarch(Omega, Alpha, Gamma, Beta, MeanAbsolute, variance, error)
        : VolatilityRecursion.Gjr(Omega, Alpha, Gamma, Beta, variance, error);

    /// <summary>The variance of the value after the last one given, known from these alone; the recursion begins with
    /// the mean of their squared errors.</summary>
    /// <param name="values">More than the lags, finite.</param>
    public double NextVariance(ReadOnlySpan<double> values)
    {
        (_, VolatilityPath path) = Run(values);
        return NextVariance(path.Variances[^1], path.Errors[^1]);
    }

    /// <summary>The log-likelihood of the values after the first lags.</summary>
    /// <param name="values">More than the lags, finite.</param>
    public double LogLikelihood(ReadOnlySpan<double> values) => Run(values).LogLikelihood;

    /// <summary>The news impact curve of Engle and Ng (1993): the next variance by the last error, the last variance at
    /// its long-run value (EGARCH: the logarithm at its mean).</summary>
    public double NewsImpact(double error)
    {
        Guard.Finite(error, nameof(error));
        return NextVariance(
            Specification.Kind == VolatilityKind.Egarch ? Math.Exp(Omega / (1 - Beta)) : LongRunVariance, error);
    }

    /// <summary>The expected variances 1, 2, ... <paramref name="horizon"/> steps ahead.</summary>
    /// <param name="nextVariance">That of one step ahead, which is known; above 0.</param>
    /// <param name="horizon">1 or more.</param>
    /// <exception cref="InvalidOperationException">EGARCH with Student's t, beyond one step: infinite.</exception>
    public double[] Forecast(double nextVariance, int horizon)
    {
        Guard.Positive(nextVariance, nameof(nextVariance));
        Guard.AtLeast(horizon, 1, nameof(horizon));
        var path = new double[horizon];
        path[0] = nextVariance;
        if (Specification.Kind != VolatilityKind.Egarch)
        {
            for (int k = 1; k < horizon; k++)
                path[k] = Omega + Persistence * path[k - 1];
            return path;
        }

        if (horizon > 1)
            RequireNormal();

        // ln h_{1+k} = beta^k ln h_1 + sum_{i<k} beta^i (drift + alpha |z| + gamma z), the z independent.
        double log = Math.Log(nextVariance), weight = 1, sum = 0;
        for (int k = 1; k < horizon; k++)
        {
            sum += weight * Drift + LogMoment(weight);
            weight *= Beta;
            path[k] = Math.Exp(weight * log + sum);
        }

        return path;
    }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public void Validate()
    {
        Specification.Validate();
        Guard.Finite(Constant, nameof(Constant));
        foreach (double phi in Autoregression)
            Guard.Finite(phi, nameof(Autoregression));
        if (!(DegreesOfFreedom > 2))
            throw new ArgumentOutOfRangeException(nameof(DegreesOfFreedom),
                $"DegreesOfFreedom is {Guard.Text(DegreesOfFreedom)}; it must be above 2, for a variance to exist.");
        if (Specification.Kind == VolatilityKind.Garch && Gamma != 0)
            throw new ArgumentOutOfRangeException(
                nameof(Gamma), $"Gamma is {Guard.Text(Gamma)}; it must be 0 for GARCH, which has no asymmetry.");
        bool inside = Specification.Kind == VolatilityKind.Egarch
            ? double.IsFinite(Omega) && double.IsFinite(Alpha) && double.IsFinite(Gamma) && Math.Abs(Beta) < 1
            : Omega > 0 && double.IsFinite(Omega) && Alpha >= 0 && Alpha + Gamma >= 0 && Beta >= 0 && Persistence < 1;
        if (!inside)
            throw new ArgumentOutOfRangeException(nameof(VolatilityModel),
                $"omega {Guard.Text(Omega)}, alpha {Guard.Text(Alpha)}, gamma {Guard.Text(Gamma)}, beta "
                + $"{Guard.Text(Beta)} of {Specification.Kind} are out of range; needed are "
                + (Specification.Kind == VolatilityKind.Egarch
                    ? "finite numbers and beta between -1 and 1."
                    : "omega above 0, alpha, alpha + gamma and beta of 0 or more, and a persistence below 1."));
    }

    private (double LogLikelihood, VolatilityPath Path) Run(ReadOnlySpan<double> values)
    {
        Validate();
        Guard.Series(values, Specification.Lags + 1, nameof(values));
        if (Autoregression.Count != Specification.Lags)
            throw new ArgumentException(
                $"Autoregression has {Autoregression.Count} coefficients; the model has {Specification.Lags} lags.");
        double[] theta =
        [
            .. Specification.HasConstant ? [Constant] : Array.Empty<double>(), .. Autoregression, Omega, Alpha,
            .. Specification.HasGamma ? [Gamma] : Array.Empty<double>(), Beta,
            .. Specification.Innovations == InnovationLaw.StudentT ? [DegreesOfFreedom] : Array.Empty<double>(),
        ];
        var path = new VolatilityPath(values.Length - Specification.Lags, theta.Length);
        double[] gradient = new double[theta.Length];
        return (VolatilityLikelihood.Evaluate(Specification, values, theta, gradient, path), path);
    }

    /// <summary>ln E exp(b (alpha |z| + gamma z)), z standard normal.</summary>
    private double LogMoment(double b)
    {
        double up = b * (Alpha + Gamma), down = b * (Alpha - Gamma);
        return Math.Log(Math.Exp(up * up / 2) * StandardNormal.Cdf(up)
            + Math.Exp(down * down / 2) * StandardNormal.Cdf(down));
    }

    private void RequireNormal()
    {
        if (Specification.Innovations != InnovationLaw.Normal)
            throw new InvalidOperationException("The expected variance of an EGARCH with Student's t errors is "
                + "infinite (Nelson 1991); it is finite under the normal law.");
    }
}
