using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>The covariance of scores ("meat"), and how it was had.</summary>
/// <param name="Value">Estimate of Var(sum_t s_t) / n, (k, k); for one centred series, of n Var(mean).</param>
/// <param name="Method">In words, with the bandwidth or the number of clusters.</param>
internal sealed record ScoreCovariance(Matrix<double> Value, string Method)
{
    /// <summary>The kernel's bandwidth; null where there is no kernel.</summary>
    internal double? Bandwidth { get; init; }

    /// <summary>Degrees of freedom of the tests where they are not n - k: clusters less 1.</summary>
    internal int? DegreesOfFreedom { get; init; }
}
