namespace FinML.Statistics;

/// <summary>
/// Two-stage least squares (Theil 1953; Basmann 1957): the regression on what the instruments explain of the
/// regressors. Biased towards least squares where the instruments are weak or many; then
/// <see cref="LimitedInformationMaximumLikelihood"/> is less so, and the <see cref="AndersonRubinSet"/> is valid.
/// </summary>
public static class TwoStageLeastSquares
{
    /// <summary>Fits.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>: s^2 with divisor n - regressors,
    /// as R's ivreg and Stata's ivregress, small.</param>
    public static InstrumentalEstimate Fit(InstrumentalModel model, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return KClass.Fit(model, 1, "two-stage least squares", covariance);
    }
}
