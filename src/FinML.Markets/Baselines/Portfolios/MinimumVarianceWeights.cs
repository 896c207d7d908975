namespace FinML.Markets;

/// <summary>
/// The weights of least variance that sum to 1: w ~ Σ⁻¹1, or without short positions the scaled minimum of
/// ½ y'Σy - 1'y over y >= 0 (Markowitz 1952; the constraint as in Jagannathan and Ma, "Risk reduction in large
/// portfolios: why imposing the wrong constraints helps", Journal of Finance 58, 2003), by cyclical coordinate descent.
/// </summary>
public static class MinimumVarianceWeights
{
    /// <summary>
    /// The weights; the residual is the largest violation of (Σw)_i = w'Σw where w_i is not 0 and (Σw)_i >= w'Σw where
    /// it is, relative to w'Σw.
    /// </summary>
    /// <param name="covariance">Row-major, (assets, assets), positive definite.</param>
    /// <param name="assets">Assets; at least 1.</param>
    /// <param name="longOnly">Whether no weight may be negative.</param>
    /// <exception cref="ArgumentException">The shape is wrong, a variance is not positive, or the matrix is too near to
    /// singular for the sweeps to settle.</exception>
    public static WeightSolution Solve(ReadOnlySpan<double> covariance, int assets, bool longOnly = true)
    {
        Require.InRange(assets, 1, 100_000, nameof(assets));

        // Σ_ii y_i + others = 1
        (double[] values, int sweeps, double change) = CoordinateDescent.Minimise(
            covariance, assets, (_, others, variance) =>
            longOnly ? Math.Max(0, (1 - others) / variance) : (1 - others) / variance);
        if (!(change <= 1e-6) || !(values.Sum() > 0))
            throw new ArgumentException(
                $"The weights still changed by {change} after {sweeps} sweeps: the covariance is too near to singular; "
                + "use more rows or fewer assets.", nameof(covariance));
        double[] weights = CoordinateDescent.SumToOne(values);
        double[] contributions = RiskContribution.Of(covariance, weights); // w_i (Σw)_i / w'Σw
        double residual = 0;
        for (int i = 0; i < assets; i++)
        {
            residual = Math.Max(residual, weights[i] != 0
                ? Math.Abs(contributions[i] / weights[i] - 1)
                : Math.Max(0, 1 - Marginal(covariance, weights, i) / Variance(covariance, weights)));
        }

        return new WeightSolution(weights, sweeps, residual);
    }

    private static double Marginal(ReadOnlySpan<double> covariance, double[] weights, int asset)
    {
        double sum = 0;
        for (int j = 0; j < weights.Length; j++)
            sum += covariance[asset * weights.Length + j] * weights[j];
        return sum;
    }

    private static double Variance(ReadOnlySpan<double> covariance, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * Marginal(covariance, weights, i);
        return sum;
    }
}
