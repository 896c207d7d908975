using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Bayes factor of a Pearson correlation against 0, for pairs from a bivariate normal distribution with Jeffreys'
/// priors on the means and variances and a stretched beta prior on rho: Ly, Verhagen and Wagenmakers (2016), "Harold
/// Jeffreys's default Bayes factor hypothesis tests", section 4. The exact likelihood of rho is integrated over
/// Fisher's z. A one-sided alternative has half of the prior. The pairs are taken as independent: returns that trend
/// together carry less.
/// </summary>
public sealed record BayesianCorrelation
{
    private BayesianCorrelation()
    {
    }

    /// <summary>Pearson's r.</summary>
    public required double Correlation { get; init; }

    /// <summary>n, the number of pairs.</summary>
    public required int Count { get; init; }

    /// <summary>Prior under the alternative.</summary>
    public required CorrelationPrior Prior { get; init; }

    /// <summary>The side on which the prior lies.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>Alternative against rho = 0.</summary>
    public required BayesFactor BayesFactor { get; init; }

    /// <summary>From pairs.</summary>
    /// <param name="x">Three or more finite values, not constant.</param>
    /// <param name="y">Aligned with <paramref name="x"/>.</param>
    /// <param name="prior"><see cref="CorrelationPrior.Uniform"/> by default.</param>
    /// <param name="alternative">Greater: the correlation is positive.</param>
    public static BayesianCorrelation Of(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        CorrelationPrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.SameLength(x, y, nameof(x), nameof(y));
        Guard.Series(x, 3, nameof(x));
        Guard.Series(y, 3, nameof(y));
        Guard.NotConstant(x, nameof(x));
        Guard.NotConstant(y, nameof(y));
        double meanX = Moments.Of(x).Mean, meanY = Moments.Of(y).Mean, xx = 0, xy = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double dx = x[i] - meanX, dy = y[i] - meanY;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }

        return OfStatistic(xy / Math.Sqrt(xx * yy), x.Length, prior, alternative);
    }

    /// <summary>From a published correlation.</summary>
    /// <param name="correlation">r, above -1 and below 1.</param>
    /// <param name="count">Pairs, 3 or more.</param>
    /// <param name="prior"><see cref="CorrelationPrior.Uniform"/> by default.</param>
    /// <param name="alternative">Greater: the correlation is positive.</param>
    public static BayesianCorrelation OfStatistic(
        double correlation,
        int count,
        CorrelationPrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Between(correlation, -1, 1, nameof(correlation));
        Guard.AtLeast(count, 3, nameof(count));
        prior ??= CorrelationPrior.Uniform;
        LogIntegral positive = Integrate(correlation, count, prior, Alternative.Greater);
        LogIntegral negative = Integrate(correlation, count, prior, Alternative.Less);
        double shape = 1 / prior.Kappa, error = positive.RelativeError + negative.RelativeError;
        double logPrior = (1 - 2 * shape) * Math.Log(2)
            + SpecialFunctions.GammaLn(2 * shape) - 2 * SpecialFunctions.GammaLn(shape);
        double larger = Math.Max(positive.Value, negative.Value), smaller = Math.Min(positive.Value, negative.Value);
        double log = larger + Elementary.LogOnePlusExp(smaller - larger) + logPrior
            - new CorrelationLikelihood(correlation, count).Log(0);
        log += alternative switch
        {
            Alternative.Greater => Math.Log(2) + LogIntegral.LogShare(positive, negative),
            Alternative.Less => Math.Log(2) + LogIntegral.LogShare(negative, positive),
            _ => 0,
        };
        string side = alternative switch
        {
            Alternative.Greater => "rho > 0",
            Alternative.Less => "rho < 0",
            _ => "rho not 0",
        };
        return new BayesianCorrelation
        {
            Correlation = correlation,
            Count = count,
            Prior = prior,
            Alternative = alternative,
            BayesFactor = new BayesFactor
            {
                Log = log,
                Alternative = $"{side}, stretched beta(kappa {Guard.Text(prior.Kappa)})",
                Null = "rho = 0",
                Method = "Pearson correlation (Ly et al. 2016)",
                RelativeError = error,
            },
        };
    }

    /// <summary>
    /// The Bayes factor of Wetzels and Wagenmakers (2012): the correlation as a regression on one predictor with
    /// Zellner and Siow's prior. Two-sided; near to the exact one in moderate samples.
    /// </summary>
    /// <param name="correlation">r, above -1 and below 1.</param>
    /// <param name="count">Pairs, 3 or more.</param>
    public static BayesFactor WetzelsWagenmakers(double correlation, int count)
    {
        Guard.Between(correlation, -1, 1, nameof(correlation));
        Guard.AtLeast(count, 3, nameof(count));
        return RegressionBayesFactor.OfRSquared(correlation * correlation, count, 1, ZellnerSiowPrior.Unit) with
        {
            Alternative = "rho not 0, Zellner-Siow",
            Null = "rho = 0",
            Method = "correlation (Wetzels, Wagenmakers 2012)",
        };
    }

    /// <summary>
    /// The posterior of rho under the alternative (its half, where that is one-sided): median and credible interval.
    /// </summary>
    /// <param name="level">Posterior probability of the interval, between 0 and 1.</param>
    public CredibleInterval CorrelationInterval(double level = 0.95)
    {
        LogIntegral posterior = Integrate(Correlation, Count, Prior, Alternative);
        return CredibleInterval.Of("correlation rho", level, p => Math.Tanh(posterior.Quantile(p)));
    }

    /// <summary>Likelihood times (1 - rho^2)^(1 / kappa - 1), over z: d rho = (1 - rho^2) dz.</summary>
    private static LogIntegral Integrate(double r, int count, CorrelationPrior prior, Alternative side)
    {
        var likelihood = new CorrelationLikelihood(r, count);
        double shape = 1 / prior.Kappa, centre = Math.Atanh(r), width = 1 / Math.Sqrt(count);
        double Log(double z) => likelihood.Log(z) - 2 * shape * Elementary.LogCosh(z);

        // Beyond atanh(r) the density falls at least as exp(-(n - 1) |z|).
        double reach = Math.Abs(centre) + 30, slope = 1 / (1 + count * Math.Abs(r));
        return LogIntegral.Over(Log, Panels.Around(
            side == Alternative.Greater ? 0 : -reach,
            side == Alternative.Less ? 0 : reach,
            (0, Math.Min(1, Math.Sqrt(prior.Kappa))), (centre, width), (0, slope)));
    }
}
