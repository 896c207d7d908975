using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// A volatility model fitted by maximum likelihood, with variances, standardised errors and three kinds of standard
/// errors. The search holds the parameters where the process is stationary and the variance positive: alpha, beta and
/// (GJR) alpha + gamma of 0 or more, persistence below 1, nu above 2.
/// </summary>
public sealed record VolatilityFit
{
    private readonly Func<LikelihoodErrors, Matrix<double>> _covariance;

    internal VolatilityFit(Func<LikelihoodErrors, Matrix<double>> covariance) => _covariance = covariance;

    /// <summary>The estimates.</summary>
    public required VolatilityModel Model { get; init; }

    /// <summary>The estimates in the order of <see cref="VolatilitySpecification.ParameterNames"/>.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }

    /// <summary>Of all values after the first lags.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of values in the likelihood.</summary>
    public required int Count { get; init; }

    /// <summary>Steps of the optimiser.</summary>
    public required int Iterations { get; init; }

    /// <summary>The largest component of the gradient of the mean log-likelihood where the optimiser stopped, by the
    /// free parameters of the search.</summary>
    public required double LargestGradient { get; init; }

    /// <summary>Whether that gradient is below 1e-5; of EGARCH, whose likelihood has a kink wherever an error is 0,
    /// below one value's part, 1 / n.</summary>
    public bool Converged => LargestGradient < GradientBound(Model.Specification, Count);

    /// <summary>A sentence about what is wrong with the fit: not converged, or at a bound, where standard errors do not
    /// hold; empty where nothing is.</summary>
    public required string Remark { get; init; }

    /// <summary>h_t, one for each value after the first lags.</summary>
    public required IReadOnlyList<double> Variances { get; init; }

    /// <summary>e_t, likewise.</summary>
    public required IReadOnlyList<double> Errors { get; init; }

    /// <summary>-2 l + 2 k.</summary>
    public double Aic => -2 * LogLikelihood + 2 * Parameters.Count;

    /// <summary>-2 l + k ln n.</summary>
    public double Bic => -2 * LogLikelihood + Parameters.Count * Math.Log(Count);

    internal static double GradientBound(VolatilitySpecification specification, int count) =>
        specification.Kind == VolatilityKind.Egarch ? 1.0 / count : 1e-5;

    /// <summary>e_t / sqrt(h_t): independent with variance 1 where the model is right.</summary>
    public double[] StandardisedErrors()
    {
        var z = new double[Count];
        for (int t = 0; t < Count; t++)
            z[t] = Errors[t] / Math.Sqrt(Variances[t]);
        return z;
    }

    /// <summary>The covariance matrix of the estimates.</summary>
    /// <exception cref="InvalidOperationException">It is not defined, as at a bound.</exception>
    public double[,] Covariance(LikelihoodErrors kind = LikelihoodErrors.Robust) => _covariance(kind).ToArray();

    /// <summary>The standard errors of the estimates.</summary>
    /// <exception cref="InvalidOperationException">They are not defined, as at a bound.</exception>
    public double[] StandardErrors(LikelihoodErrors kind = LikelihoodErrors.Robust) =>
        [.. _covariance(kind).Diagonal().Select(Math.Sqrt)];

    /// <summary>The expected variances of the next values, 1 ... <paramref name="horizon"/> steps after the
    /// sample.</summary>
    public double[] Forecast(int horizon) =>
        Model.Forecast(Model.NextVariance(Variances[^1], Errors[^1]), horizon);
}
