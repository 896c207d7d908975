namespace FinML.Statistics;

/// <summary>
/// Limited-information maximum likelihood (Anderson and Rubin 1949), the k-class estimator whose kappa is the smallest
/// ratio of variances that the exogenous regressors and all instruments leave of a combination of the outcome and the
/// endogenous regressors; and the modification of Fuller (1977), which has moments. Less biased than two-stage least
/// squares where instruments are many or weak; equal to it where k = m.
/// </summary>
public static class LimitedInformationMaximumLikelihood
{
    /// <summary>Fits.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>.</param>
    public static InstrumentalEstimate Fit(InstrumentalModel model, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return KClass.Fit(
            model, 1 + KClass.LimitedInformationExcess(model), "limited-information maximum likelihood", covariance);
    }

    /// <summary>Fuller's: kappa less alpha / (n - L), L all instruments.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="alpha">1 is nearly unbiased, 4 has the smallest mean squared error under small departures; above 0.
    /// </param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>.</param>
    public static InstrumentalEstimate Fuller(
        InstrumentalModel model, double alpha = 1, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.Positive(alpha, nameof(alpha));
        double kappa = 1 + KClass.LimitedInformationExcess(model) - alpha / (model.Count - model.AllInstruments);
        return KClass.Fit(model, kappa, $"Fuller's k-class, alpha {Guard.Text(alpha)}", covariance);
    }
}
