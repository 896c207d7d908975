using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// A switching model fitted by maximum likelihood. The regimes stand in the order of their deviations, or of their
/// means where they share one. The likelihood may have several maxima: the best from several starts is kept. Usual
/// tests of the number of regimes by likelihood ratios do not hold: a regime that does not exist has no parameters.
/// </summary>
public sealed record MarkovSwitchingFit
{
    private readonly Func<Matrix<double>> _covariance;

    internal MarkovSwitchingFit(Func<Matrix<double>> covariance) => _covariance = covariance;

    /// <summary>The estimates.</summary>
    public required MarkovSwitchingModel Model { get; init; }

    /// <summary>The estimates in the order of <see cref="MarkovSwitchingOptions.ParameterNames"/>.</summary>
    public required IReadOnlyList<double> Parameters { get; init; }

    /// <summary>What was fitted.</summary>
    public required MarkovSwitchingOptions Options { get; init; }

    /// <summary>Of the values after the first lags.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Number of values in the likelihood.</summary>
    public required int Count { get; init; }

    /// <summary>Rounds of expectation and maximisation, and steps of the optimiser, from the best start.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether a round gained less than the tolerance, or the gradient of the mean log-likelihood came below
    /// 1e-5.</summary>
    public required bool Converged { get; init; }

    /// <summary>A sentence about what is wrong with the fit; empty where nothing is.</summary>
    public required string Remark { get; init; }

    /// <summary>-2 l + 2 k.</summary>
    public double Aic => -2 * LogLikelihood + 2 * Parameters.Count;

    /// <summary>-2 l + k ln n.</summary>
    public double Bic => -2 * LogLikelihood + Parameters.Count * Math.Log(Count);

    /// <summary>Filtered and smoothed probabilities of the sample.</summary>
    public required RegimeProbabilities Probabilities { get; init; }

    /// <summary>The standard errors of <see cref="Parameters"/>, from the Hessian; the initial distribution counts as
    /// known.</summary>
    /// <exception cref="InvalidOperationException">The Hessian is not negative definite, as where a probability is 0 or
    /// 1.</exception>
    public double[] StandardErrors() => [.. _covariance().Diagonal().Select(Math.Sqrt)];

    /// <summary>The covariance matrix of <see cref="Parameters"/>; see <see cref="StandardErrors"/>.</summary>
    public double[,] Covariance() => _covariance().ToArray();
}
