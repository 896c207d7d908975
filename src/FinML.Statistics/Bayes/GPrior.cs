namespace FinML.Statistics;

/// <summary>
/// A prior of Zellner's kind on the slopes of a linear regression: normal about 0 with covariance g sigma^2 (X'X)^-1,
/// flat on the intercept and on log sigma. What differs is g: a number, or a random variable with a density. Then the
/// Bayes factor of p predictors against the intercept alone depends on the data through n and R-squared only: it is the
/// integral of (1 + g)^((n - 1 - p) / 2) (1 + g (1 - R^2))^(-(n - 1) / 2) p(g). Liang, Paulo, Molina, Clyde and Berger
/// (2008), "Mixtures of g priors for Bayesian variable selection", equation 6.
/// </summary>
public abstract class GPrior
{
    /// <summary>Name with the parameters.</summary>
    public abstract string Name { get; }

    /// <summary>Log BF against the intercept alone, and the relative error of the quadrature.</summary>
    /// <param name="count">n, above p + 1.</param>
    /// <param name="predictors">p, without the intercept; 1 or more.</param>
    /// <param name="unexplained">1 - R^2, above 0.</param>
    internal abstract (double Log, double RelativeError) LogBayesFactor(
        int count, int predictors, double unexplained);

    /// <summary>What is needed for the posterior mean and variance of the slopes; n above 3.</summary>
    internal abstract Shrinkage Shrink(int count, int predictors, double unexplained);

    /// <summary>Log of the integrand at g, without the prior.</summary>
    private protected static double LogLikelihoodRatio(double g, int count, int predictors, double unexplained)
    {
        // (1 + g (1 - R^2)) / (1 + g), from whichever end keeps the digits.
        double explained = (1 - unexplained) * (g / (1 + g));
        double ratio = explained < 0.5
            ? Elementary.LogOnePlus(-explained)
            : Math.Log(unexplained + (1 - unexplained) / (1 + g));
        return -0.5 * (predictors * Elementary.LogOnePlus(g) + (count - 1) * ratio);
    }

    /// <summary>From E[s] and E[s^2], s = g / (1 + g): sigma^2 has mean SST (1 - s R^2) / (n - 3) given g.</summary>
    private protected static Shrinkage FromMoments(double first, double second, int count, double unexplained) =>
        new(first, Math.Max(0, second - first * first), (first - second * (1 - unexplained)) / (count - 3));
}
