namespace FinML.Markets;

/// <summary>
/// Long-only weights whose assets contribute equally to the variance, w_i (Σw)_i = w'Σw / N: the minimum of
/// ½ y'Σy - Σ ln y_i, scaled (Maillard, Roncalli and Teïletche, "The properties of equally weighted risk contribution
/// portfolios", Journal of Portfolio Management 36, 2010), by the cyclical coordinate descent of Griveau-Billion,
/// Richard and Roncalli, "A fast algorithm for computing high-dimensional risk parity portfolios" (2013).
/// </summary>
public static class EqualRiskContribution
{
    /// <summary>The weights; the residual is max |w_i (Σw)_i N / w'Σw - 1|.</summary>
    /// <param name="covariance">Row-major, (assets, assets), with positive variances.</param>
    /// <param name="assets">Assets; at least 1.</param>
    /// <exception cref="ArgumentException">The shape is wrong or a variance is not positive.</exception>
    public static WeightSolution Solve(ReadOnlySpan<double> covariance, int assets)
    {
        Require.InRange(assets, 1, 100_000, nameof(assets));

        // y_i (Σ_ii y_i + others) = 1
        (double[] values, int sweeps, _) = CoordinateDescent.Minimise(covariance, assets, (_, others, variance) =>
            (Math.Sqrt(others * others + 4 * variance) - others) / (2 * variance));
        double[] weights = CoordinateDescent.SumToOne(values);
        double[] contributions = RiskContribution.Of(covariance, weights);
        return new WeightSolution(weights, sweeps, contributions.Max(c => Math.Abs(c * assets - 1)));
    }
}
