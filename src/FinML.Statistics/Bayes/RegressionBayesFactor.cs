namespace FinML.Statistics;

/// <summary>
/// Bayes factor of a linear regression against the intercept alone (Liang et al. 2008; Rouder and Morey 2012). Two
/// models compare by <see cref="BayesFactor.Against"/>; all subsets of some predictors by <see cref="ModelAverage"/>.
/// </summary>
public static class RegressionBayesFactor
{
    /// <summary>From data.</summary>
    /// <param name="y">n finite values, not constant.</param>
    /// <param name="predictors">n rows; p columns, at most n - 2, without an intercept, none a combination of others.
    /// </param>
    /// <param name="prior"><see cref="ZellnerSiowPrior.Medium"/> by default.</param>
    public static BayesFactor Of(ReadOnlySpan<double> y, DesignMatrix predictors, GPrior? prior = null)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        LinearRegression fit = LinearRegression.Fit(y, predictors.WithIntercept());
        double unexplained = fit.ResidualSumOfSquares / fit.TotalSumOfSquares;
        SubsetRegression.CheckResiduals(unexplained, predictors.Columns);
        return Make(unexplained, y.Length, predictors.Columns, prior, string.Join(" + ", predictors.Names));
    }

    /// <summary>From a published R-squared.</summary>
    /// <param name="rSquared">From 0 to below 1, not adjusted.</param>
    /// <param name="count">n, at least p + 2.</param>
    /// <param name="predictors">p, without the intercept, 1 or more.</param>
    /// <param name="prior"><see cref="ZellnerSiowPrior.Medium"/> by default.</param>
    public static BayesFactor OfRSquared(double rSquared, int count, int predictors, GPrior? prior = null)
    {
        if (!(rSquared >= 0 && rSquared < 1))
            throw new ArgumentOutOfRangeException(
                nameof(rSquared), $"rSquared is {Guard.Text(rSquared)}; it must be from 0 to below 1.");
        Guard.AtLeast(predictors, 1, nameof(predictors));
        Guard.AtLeast(count, predictors + 2L, nameof(count));
        return Make(1 - rSquared, count, predictors, prior, $"{predictors} predictor{(predictors == 1 ? "" : "s")}");
    }

    private static BayesFactor Make(double unexplained, int count, int predictors, GPrior? prior, string what)
    {
        prior ??= ZellnerSiowPrior.Medium;
        (double log, double error) = prior.LogBayesFactor(count, predictors, unexplained);
        return new BayesFactor
        {
            Log = log,
            Alternative = $"{what}, {prior.Name}",
            Null = "intercept only",
            Method = "linear regression (Liang et al. 2008)",
            RelativeError = error,
        };
    }
}
