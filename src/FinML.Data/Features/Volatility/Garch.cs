using FinML.Shared;

namespace FinML.Data.Features;

/// <summary>
/// Maximum likelihood of a <see cref="GarchModel"/> under normal innovations, with the exact gradient. The recursion
/// begins with e^2 = h = the mean of e^2, which moves with the mean, as in G. Fiorentini, G. Calzolari and L.
/// Panattoni, "Analytic derivatives and the computation of GARCH estimates", Journal of Applied Econometrics 11 (1996).
/// </summary>
public static class Garch
{
    /// <summary>The fewest returns that are fitted.</summary>
    public const int FewestReturns = 50;

    private const int Parameters = 4;
    private const double GradientTolerance = 1e-8;
    private const int MaximumIterations = 200;

    private static readonly double[] StartAlphas = [0.02, 0.06, 0.15];
    private static readonly double[] StartPersistences = [0.7, 0.9, 0.98];

    /// <summary>Fits the returns.</summary>
    /// <exception cref="ArgumentException">There are fewer than <see cref="FewestReturns"/> returns, one is missing, or
    /// they do not vary.</exception>
    public static GarchFit Fit(ReadOnlySpan<double> returns) => TryFit(returns) ?? throw new ArgumentException(
        $"A GARCH fit needs {FewestReturns} or more finite returns that vary; got {returns.Length}.", nameof(returns));

    /// <summary>Fits the returns, or gives null where they are too few, not all finite, or do not vary.</summary>
    public static GarchFit? TryFit(ReadOnlySpan<double> returns)
    {
        RollingMoments moments = new(0, 0, 0);
        foreach (double r in returns)
        {
            moments = RollingMoments.Combine(moments, RollingMoments.Of(r));
        }

        double scale = Math.Sqrt(moments.PopulationVariance);
        if (returns.Length < FewestReturns || !(scale > 0) || !double.IsFinite(scale))
        {
            return null;
        }

        // In units of the standard deviation the search is the same for every unit of the returns.
        double[] x = new double[returns.Length];
        for (int t = 0; t < x.Length; t++)
        {
            x[t] = (returns[t] - moments.Mean) / scale;
        }

        double[] gradient = new double[Parameters];
        QuasiNewton.Objective objective = (theta, slope) => Objective(x, theta, slope);
        double[] start = Starts().MinBy(theta => objective(theta, gradient))!;
        QuasiNewton.Result found = QuasiNewton.Minimise(objective, start, GradientTolerance, MaximumIterations);
        GarchModel model = FromFree(found.X);
        return new GarchFit(
            model with { Mean = moments.Mean + scale * model.Mean, Omega = scale * scale * model.Omega },
            -x.Length * (found.Value + Math.Log(scale)), found.Iterations, found.LargestGradient);
    }

    /// <summary>The log-likelihood of returns under a model.</summary>
    /// <exception cref="ArgumentException">There is no return, or the model is outside its range.</exception>
    public static double LogLikelihood(GarchModel model, ReadOnlySpan<double> returns)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.Validate();
        if (returns.IsEmpty)
        {
            throw new ArgumentException("A likelihood needs at least one return; there are 0.", nameof(returns));
        }

        return -returns.Length * NegativeMeanLogLikelihood(returns, model, new double[Parameters]);
    }

    private static IEnumerable<double[]> Starts() =>
        from alpha in StartAlphas
        from persistence in StartPersistences
        select new[] { 0, Math.Log(1 - persistence), Logit(persistence), Logit(alpha / persistence) };

    /// <summary>The free parameters are mean, ln omega, logit(alpha + beta), logit(alpha / (alpha + beta)).</summary>
    private static GarchModel FromFree(ReadOnlySpan<double> theta)
    {
        double persistence = Logistic(theta[2]), share = Logistic(theta[3]);
        // Rounding must not make a unit root of a persistence that is almost one.
        return new GarchModel(theta[0], Math.Exp(theta[1]), Math.Min(persistence, 1 - 1e-12) * share,
            Math.Min(persistence, 1 - 1e-12) * (1 - share));
    }

    private static double Objective(ReadOnlySpan<double> x, ReadOnlySpan<double> theta, Span<double> slope)
    {
        GarchModel model = FromFree(theta);
        double value = NegativeMeanLogLikelihood(x, model, slope);
        double persistence = Logistic(theta[2]), share = Logistic(theta[3]);
        (double alpha, double beta) = (slope[2], slope[3]);
        slope[1] *= model.Omega;
        slope[2] = (alpha * share + beta * (1 - share)) * persistence * (1 - persistence);
        slope[3] = (alpha - beta) * persistence * share * (1 - share);
        return value;
    }

    /// <summary>-l / T and its gradient by mean, omega, alpha, beta.</summary>
    private static double NegativeMeanLogLikelihood(ReadOnlySpan<double> x, GarchModel model, Span<double> gradient)
    {
        (double mean, double omega, double alpha, double beta) = model;
        double start = 0, meanError = 0;
        foreach (double r in x)
        {
            start += (r - mean) * (r - mean);
            meanError += r - mean;
        }

        start /= x.Length;
        meanError /= x.Length;

        // h before the first return, and its derivatives: d mean(e^2) / d mean = -2 mean(e).
        double square = start, h = start, squareByMean = -2 * meanError;
        double byMean = squareByMean, byOmega = 0, byAlpha = 0, byBeta = 0;
        double sum = 0, gradientMean = 0, gradientOmega = 0, gradientAlpha = 0, gradientBeta = 0;
        foreach (double r in x)
        {
            byMean = alpha * squareByMean + beta * byMean;
            byOmega = 1 + beta * byOmega;
            byAlpha = square + beta * byAlpha;
            byBeta = h + beta * byBeta;
            h = omega + alpha * square + beta * h;
            double error = r - mean, inverse = 1 / h;
            square = error * error;
            squareByMean = -2 * error;
            sum += Math.Log(h) + square * inverse;
            double byVariance = (1 - square * inverse) * inverse; // of ln h + e^2 / h
            gradientMean += byVariance * byMean - 2 * error * inverse;
            gradientOmega += byVariance * byOmega;
            gradientAlpha += byVariance * byAlpha;
            gradientBeta += byVariance * byBeta;
        }

        double half = 0.5 / x.Length;
        gradient[0] = half * gradientMean;
        gradient[1] = half * gradientOmega;
        gradient[2] = half * gradientAlpha;
        gradient[3] = half * gradientBeta;
        return half * sum + 0.5 * Math.Log(2 * Math.PI);
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Logit(double p) => Math.Log(p / (1 - p));
}
