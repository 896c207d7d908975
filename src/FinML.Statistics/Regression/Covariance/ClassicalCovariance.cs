namespace FinML.Statistics;

/// <summary>s^2 X'X / n, s^2 = e'e / (n - k), or e'e / n.</summary>
internal sealed class ClassicalCovariance(bool residualDivisor = true) : CovarianceEstimator
{
    internal override CovarianceEstimator WithoutFactor() => new ClassicalCovariance(residualDivisor: false);

    internal override ScoreCovariance Of(Scores scores)
    {
        if (scores.Regressors is not { } rows || scores.Residuals is not { } residuals)
            throw new InvalidOperationException(
                "The classical covariance needs regressors and residuals; take HC0 or a kernel for other scores.");
        double sum = 0;
        foreach (double residual in residuals)
            sum += residual * residual;
        double variance = sum / (scores.Rows - (residualDivisor ? scores.Parameters : 0));
        return new ScoreCovariance(
            CrossProduct(rows, scores.Columns) * (variance / scores.Rows),
            $"equal variance, no dependence, {(residualDivisor ? "n - k" : "n")}");
    }
}
