using FinML.Shared;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Linear generalised method of moments (Hansen 1982): b minimises n g'S^-1 g, g = Z'(y - X b) / n, S the covariance of
/// the moments by any <see cref="CovarianceEstimator"/>, without its small-sample factor. More precise than two-stage
/// least squares under unequal variances or dependence; two-step standard errors are too small where moments are many.
/// Continuous updating does not depend on how the moments are scaled and is less biased; with equal variances it is
/// <see cref="LimitedInformationMaximumLikelihood"/>.
/// </summary>
public static class GeneralizedMethodOfMoments
{
    private const double StepTolerance = 1e-12, GradientTolerance = 1e-7;
    private const int MaximumIterations = 1000;

    /// <summary>Fits.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Of the moments and of the standard errors; default
    /// <see cref="CovarianceEstimator.HC0"/>. Estimators that need leverages (HC2, HC3) do not apply.</param>
    /// <param name="iteration">How often the weights are made anew.</param>
    public static InstrumentalEstimate Fit(
        InstrumentalModel model,
        CovarianceEstimator? covariance = null,
        GmmIteration iteration = GmmIteration.TwoStep)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!Enum.IsDefined(iteration))
            throw new ArgumentOutOfRangeException(
                nameof(iteration), $"iteration is {(int)iteration}; it must be a named one.");
        covariance ??= CovarianceEstimator.HC0;
        CovarianceEstimator moments = covariance.WithoutFactor();
        var problem = new MomentProblem(
            model.Outcome,
            InstrumentalModel.Join(model.Endogenous, model.Exogenous)!,
            InstrumentalModel.Join(model.Exogenous, model.Instruments)!);
        RequireIdentified(model);

        Vector<double> first = problem.Minimise(problem.Identity).Estimate;
        ScoreCovariance weights = problem.Covariance(problem.Residuals(first), moments);
        (Vector<double> b, double objective) = problem.Minimise(weights.Value);
        int iterations = 2;
        bool converged = true;
        if (iteration == GmmIteration.Iterated)
            (b, objective, weights, iterations, converged) = Iterate(problem, moments, b);
        if (iteration == GmmIteration.ContinuouslyUpdated)
            (b, objective, weights, iterations, converged) = Update(problem, moments, b, weights.Value);

        double[] residuals = problem.Residuals(b);
        ScoreCovariance s = problem.Covariance(residuals, covariance);
        int restrictions = model.Overidentification, n = model.Count;
        var fit = new GmmFit
        {
            Iteration = iteration,
            Objective = objective,
            J = restrictions == 0 ? null : Overidentification.J(objective, restrictions),
            Iterations = iterations,
            Converged = converged,
            Weighting = weights.Method,
        };
        return new InstrumentalEstimate(
            model, b.ToArray(), problem.Variance(weights.Value, s.Value), int.MaxValue, s.Method, covariance, fit)
        {
            Method = iteration switch
            {
                GmmIteration.TwoStep => "two-step method of moments",
                GmmIteration.Iterated => "iterated method of moments",
                _ => "continuously updated method of moments",
            },
            Kappa = null,
            Residuals = residuals,
            ResidualStandardDeviation = Math.Sqrt(residuals.Sum(e => e * e) / (n - problem.Parameters)),
        };
    }

    /// <summary>Refuses what two-stage least squares refuses, in its words.</summary>
    private static void RequireIdentified(InstrumentalModel model) =>
        KClass.Fit(model, 1, "first step", CovarianceEstimator.Classical);

    private static (Vector<double>, double, ScoreCovariance, int, bool) Iterate(
        MomentProblem problem, CovarianceEstimator moments, Vector<double> b)
    {
        for (int iteration = 3; ; iteration++)
        {
            ScoreCovariance weights = problem.Covariance(problem.Residuals(b), moments);
            (Vector<double> next, double objective) = problem.Minimise(weights.Value);
            Vector<double> errors = problem.Variance(weights.Value, weights.Value).Diagonal().PointwiseSqrt();
            bool done = (next - b).PointwiseDivide(errors).AbsoluteMaximum() < Math.Sqrt(StepTolerance);
            b = next;
            if (done || iteration == MaximumIterations)
                return (b, objective, weights, iteration, done);
        }
    }

    /// <summary>Searches in units of the two-step standard errors, rotated so that the coordinates are independent;
    /// the gradient by central differences.</summary>
    private static (Vector<double>, double, ScoreCovariance, int, bool) Update(
        MomentProblem problem, CovarianceEstimator moments, Vector<double> start, Matrix<double> weights)
    {
        const double Step = 1e-4;
        Matrix<double> scale = problem.Variance(weights, weights).Cholesky().Factor;
        QuasiNewton.Result found = QuasiNewton.Minimise(
            Objective, new double[problem.Parameters], GradientTolerance, MaximumIterations);
        Vector<double> b = At(found.X);
        ScoreCovariance s = problem.Covariance(problem.Residuals(b), moments);
        return (b, found.Value, s, found.Iterations, found.LargestGradient <= GradientTolerance);

        Vector<double> At(ReadOnlySpan<double> d) => start + scale * DenseVector.OfArray(d.ToArray());

        double Value(double[] d)
        {
            Vector<double> trial = At(d);
            return problem.Objective(problem.Covariance(problem.Residuals(trial), moments).Value, trial);
        }

        double Objective(ReadOnlySpan<double> d, Span<double> gradient)
        {
            double[] trial = d.ToArray();
            for (int j = 0; j < trial.Length; j++)
            {
                double centre = trial[j];
                trial[j] = centre + Step;
                double above = Value(trial);
                trial[j] = centre - Step;
                gradient[j] = (above - Value(trial)) / (2 * Step);
                trial[j] = centre;
            }

            return Value(trial);
        }
    }
}
