using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// The search for the maximum of a volatility model's likelihood: values in units of their standard deviation, the
/// parameters mapped onto the whole line, a coarse grid of starts, then a quasi-Newton method on the exact gradient.
/// </summary>
internal static class VolatilityEstimation
{
    internal const int FewestValues = 50;
    private const double GradientTolerance = 1e-8;
    private const int MaximumIterations = 500;

    // 1 / nu lies between these: Student's t with 10,000 degrees of freedom is normal to four digits.
    private const double SmallestInverse = 1e-4, InverseRange = 0.5 - SmallestInverse;

    // Rounding must not make a unit root of a persistence that is almost one.
    private const double LargestPersistence = 1 - 1e-12;

    internal static VolatilityFit Fit(ReadOnlySpan<double> values, VolatilitySpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        specification.Validate();
        Guard.Series(values, FewestValues + specification.Lags, nameof(values));
        Guard.NotConstant(values, nameof(values));
        Moments moments = Moments.Of(values);
        double scale = moments.StandardDeviation(0);
        var x = new double[values.Length];
        for (int t = 0; t < x.Length; t++)
            x[t] = values[t] / scale;

        int n = x.Length - specification.Lags, k = specification.Count;
        double[] theta = new double[k], slope = new double[k];
        QuasiNewton.Objective objective = (free, gradient) =>
        {
            ToNatural(specification, free, theta);
            double value = VolatilityLikelihood.Evaluate(specification, x, theta, slope);
            Chain(specification, free, theta, slope, gradient);
            for (int j = 0; j < k; j++)
                gradient[j] /= -n;
            return -value / n;
        };
        double[] scratch = new double[k];
        double[] start = Starts(specification, moments.Mean / scale).MinBy(free => Held(objective(free, scratch)))!;
        QuasiNewton.Result found =
            QuasiNewton.Minimise(objective, start, GradientTolerance, MaximumIterations);
        ToNatural(specification, found.X, theta);
        return Describe(specification, x, theta, scale, found);

        static double Held(double value) => double.IsNaN(value) ? double.PositiveInfinity : value;
    }

    private static VolatilityFit Describe(VolatilitySpecification specification, double[] x, double[] theta,
        double scale, QuasiNewton.Result found)
    {
        int k = theta.Length, n = x.Length - specification.Lags, means = specification.MeanCount;
        var path = new VolatilityPath(n, k);
        double[] gradient = new double[k];
        double likelihood = VolatilityLikelihood.Evaluate(specification, x, theta, gradient, path)
            - n * Math.Log(scale);

        // From units of the standard deviation to those of the values.
        int beta = means + specification.VarianceCount - 1;
        bool logarithmic = specification.Kind == VolatilityKind.Egarch;
        Matrix<double> units = DenseMatrix.CreateIdentity(k); // derivatives of the one by the other
        double[] natural = [.. theta];
        if (specification.HasConstant)
        {
            natural[0] *= scale;
            units[0, 0] = scale;
        }

        if (logarithmic)
        {
            natural[means] += (1 - theta[beta]) * 2 * Math.Log(scale);
            units[means, beta] = -2 * Math.Log(scale);
        }
        else
        {
            natural[means] *= scale * scale;
            units[means, means] = scale * scale;
        }

        VolatilityModel model = ModelOf(specification, natural);

        // EGARCH's likelihood has a kink wherever an error is 0, which the mean moves: steps that cross many of them.
        double[] steps = [.. theta.Select((value, j) =>
            logarithmic && j < means ? 0.01 : 2e-4 * Math.Max(Math.Abs(value), 0.01))];
        var information = new Lazy<Matrix<double>>(() => LikelihoodCovariance.Information(
            (at, slope) => VolatilityLikelihood.Evaluate(specification, x, at, slope), theta, steps));
        return new VolatilityFit(kind =>
            units * LikelihoodCovariance.Of(kind, () => information.Value, path.Scores) * units.Transpose())
        {
            Model = model,
            Parameters = natural,
            LogLikelihood = likelihood,
            Count = n,
            Iterations = found.Iterations,
            LargestGradient = found.LargestGradient,
            Remark = RemarkOn(model, found, n),
            Variances = Array.ConvertAll(path.Variances, h => h * scale * scale),
            Errors = Array.ConvertAll(path.Errors, e => e * scale),
        };
    }

    private static string RemarkOn(VolatilityModel model, QuasiNewton.Result found, int count)
    {
        if (!(found.LargestGradient < VolatilityFit.GradientBound(model.Specification, count)))
            return $"Not converged: the largest component of the gradient is {Guard.Text(found.LargestGradient)} after "
                + $"{found.Iterations} iterations.";
        string bound = model.Persistence > 1 - 1e-5 ? "the persistence is at 1"
            : model.Specification.Kind != VolatilityKind.Egarch && model.Alpha < 1e-6 ? "alpha is at 0"
            : model.Specification.Kind == VolatilityKind.Gjr && model.Alpha + model.Gamma < 1e-6
                ? "alpha + gamma is at 0"
            : model.Specification.Kind != VolatilityKind.Egarch && model.Beta < 1e-6 ? "beta is at 0"
            : model.DegreesOfFreedom < 2.001 ? "nu is at 2"
            : model.DegreesOfFreedom is > 5000 and < double.PositiveInfinity ? "nu is at its upper bound: normal errors"
            : "";
        return bound.Length == 0 ? "" : $"At a bound: {bound}, where the standard errors do not hold.";
    }

    private static VolatilityModel ModelOf(VolatilitySpecification specification, double[] theta)
    {
        int first = specification.HasConstant ? 1 : 0, means = specification.MeanCount;
        return new VolatilityModel
        {
            Specification = specification,
            Constant = specification.HasConstant ? theta[0] : 0,
            Autoregression = theta[first..means],
            Omega = theta[means],
            Alpha = theta[means + 1],
            Gamma = specification.HasGamma ? theta[means + 2] : 0,
            Beta = theta[means + specification.VarianceCount - 1],
            DegreesOfFreedom = specification.Innovations == InnovationLaw.StudentT
                ? theta[^1]
                : double.PositiveInfinity,
        };
    }

    private static IEnumerable<double[]> Starts(VolatilitySpecification specification, double mean)
    {
        bool logarithmic = specification.Kind == VolatilityKind.Egarch;
        foreach (double alpha in logarithmic ? new[] { 0.05, 0.15, 0.3 } : [0.02, 0.06, 0.15])
        {
            foreach (double persistence in logarithmic ? new[] { 0.8, 0.95, 0.99 } : [0.7, 0.9, 0.98])
            {
                var free = new double[specification.Count];
                if (specification.HasConstant)
                    free[0] = mean;
                Span<double> variance = free.AsSpan(specification.MeanCount);
                if (logarithmic)
                {
                    variance[1] = alpha;
                    variance[2] = -alpha / 4;
                    variance[3] = Math.Atanh(persistence);
                }
                else
                {
                    variance[0] = Math.Log(1 - persistence);
                    variance[1] = Logit(persistence);
                    double beta = persistence - alpha;
                    if (specification.HasGamma)
                    {
                        variance[2] = Math.Log(0.25 * alpha / beta);
                        variance[3] = Math.Log(0.75 * alpha / beta);
                    }
                    else
                    {
                        variance[2] = Math.Log(alpha / beta);
                    }
                }

                if (specification.Innovations == InnovationLaw.StudentT)
                    free[^1] = Logit((1 / 8.0 - SmallestInverse) / InverseRange);
                yield return free;
            }
        }
    }

    /// <summary>
    /// The mean's parameters and EGARCH's first three are free as they are. Otherwise omega is free in its logarithm,
    /// the persistence in its logit, and its parts (alpha, beta; for GJR alpha / 2, (alpha + gamma) / 2, beta) in their
    /// log-ratios to beta. EGARCH's beta is free in its inverse hyperbolic tangent, 1 / nu in its logit.
    /// </summary>
    private static void ToNatural(VolatilitySpecification specification, ReadOnlySpan<double> free, double[] theta)
    {
        free.CopyTo(theta);
        int at = specification.MeanCount;
        if (specification.Kind == VolatilityKind.Egarch)
        {
            theta[at + 3] = Math.Tanh(free[at + 3]);
        }
        else
        {
            double persistence = Math.Min(Logistic(free[at + 1]), LargestPersistence);
            (double positive, double negative, double old) = Shares(specification, free);
            theta[at] = Math.Exp(free[at]);
            if (specification.HasGamma)
            {
                theta[at + 1] = 2 * persistence * positive;
                theta[at + 2] = 2 * persistence * (negative - positive);
                theta[at + 3] = persistence * old;
            }
            else
            {
                theta[at + 1] = persistence * positive;
                theta[at + 2] = persistence * old;
            }
        }

        if (specification.Innovations == InnovationLaw.StudentT)
            theta[^1] = 1 / (SmallestInverse + InverseRange * Logistic(free[^1]));
    }

    /// <summary>The gradient by the free parameters from that by the natural ones.</summary>
    private static void Chain(VolatilitySpecification specification, ReadOnlySpan<double> free, double[] theta,
        double[] slope, Span<double> gradient)
    {
        slope.CopyTo(gradient);
        int at = specification.MeanCount;
        if (specification.Kind == VolatilityKind.Egarch)
        {
            gradient[at + 3] *= 1 - theta[at + 3] * theta[at + 3];
        }
        else
        {
            double persistence = Logistic(free[at + 1]);
            (double positive, double negative, double old) = Shares(specification, free);
            bool gjr = specification.HasGamma;
            double byPositive = gjr ? 2 * (slope[at + 1] - slope[at + 2]) : slope[at + 1];
            double byNegative = gjr ? 2 * slope[at + 2] : 0, byOld = slope[at + (gjr ? 3 : 2)];
            double mean = positive * byPositive + negative * byNegative + old * byOld;
            gradient[at] *= theta[at];
            gradient[at + 1] = mean * persistence * (1 - persistence);
            gradient[at + 2] = persistence * positive * (byPositive - mean);
            if (gjr)
                gradient[at + 3] = persistence * negative * (byNegative - mean);
        }

        if (specification.Innovations == InnovationLaw.StudentT)
        {
            double share = Logistic(free[^1]);
            gradient[^1] *= -theta[^1] * theta[^1] * InverseRange * share * (1 - share);
        }
    }

    /// <summary>The parts of the persistence that are due to positive errors (GARCH: all errors), negative ones, and
    /// the last variance.</summary>
    private static (double Positive, double Negative, double Old) Shares(
        VolatilitySpecification specification, ReadOnlySpan<double> free)
    {
        int at = specification.MeanCount;
        double a = free[at + 2], b = specification.HasGamma ? free[at + 3] : double.NegativeInfinity;
        double largest = Math.Max(0, Math.Max(a, b));
        double up = Math.Exp(a - largest), down = Math.Exp(b - largest), rest = Math.Exp(-largest);
        double sum = up + down + rest;
        return (up / sum, down / sum, rest / sum);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
