namespace FinML.Statistics;

/// <summary>
/// Noncentral t likelihood times Cauchy prior, as a density of the effect size delta = mu / sqrt(N), up to a constant.
/// </summary>
internal static class EffectSizeDensity
{
    internal static LogIntegral Integrate(
        double t, double degrees, double effective, double scale, Alternative alternative)
    {
        var likelihood = new NoncentralTLikelihood(t, degrees);
        double root = Math.Sqrt(effective), centre = t / root;
        double Log(double delta)
        {
            double ratio = delta / scale;
            return likelihood.LogRatio(root * delta) - Math.Log(1 + ratio * ratio);
        }

        // The likelihood falls as exp(-mu^2 nu / (2 (nu + t^2))) on the far side, and faster on the near side.
        double width = Math.Sqrt((1 + t * t / degrees) / effective);
        double reach = Math.Abs(centre) + 14 * width;
        double lower = alternative == Alternative.Greater ? 0 : -reach;
        double upper = alternative == Alternative.Less ? 0 : reach;
        double slope = width / Math.Max(1, Math.Abs(t)); // of the likelihood at 0: what a half on the far side has
        return LogIntegral.Over(Log, Panels.Around(lower, upper, (0, scale), (centre, width), (0, slope)));
    }
}
