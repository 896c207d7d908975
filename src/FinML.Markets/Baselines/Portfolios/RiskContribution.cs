namespace FinML.Markets;

/// <summary>What each asset adds to the variance of a portfolio.</summary>
public static class RiskContribution
{
    /// <summary>w_i (Σw)_i / w'Σw, (assets); they sum to 1.</summary>
    /// <param name="covariance">Row-major, (assets, assets).</param>
    /// <param name="weights">(assets).</param>
    public static double[] Of(ReadOnlySpan<double> covariance, ReadOnlySpan<double> weights)
    {
        int assets = weights.Length;
        Require.SameLength(covariance.Length, assets * assets, nameof(covariance), "assets x assets");
        double[] contributions = new double[assets];
        double variance = 0;
        for (int i = 0; i < assets; i++)
        {
            double marginal = 0;
            for (int j = 0; j < assets; j++)
                marginal += covariance[i * assets + j] * weights[j];
            contributions[i] = weights[i] * marginal;
            variance += contributions[i];
        }

        for (int i = 0; i < assets; i++)
            contributions[i] /= variance;
        return contributions;
    }
}
