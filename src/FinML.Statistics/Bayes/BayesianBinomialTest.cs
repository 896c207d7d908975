using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>
/// Bayes factor of a success probability against a fixed value, with a beta prior under the alternative:
/// BF10 = B(a + k, b + n - k) / (B(a, b) p0^k (1 - p0)^(n - k)) (Jeffreys 1961, section 5.1). A one-sided alternative
/// has the part of the prior on its side of p0. For hit rates: the trials are taken as independent.
/// </summary>
public sealed record BayesianBinomialTest
{
    private BayesianBinomialTest()
    {
    }

    /// <summary>k.</summary>
    public required int Successes { get; init; }

    /// <summary>n.</summary>
    public required int Trials { get; init; }

    /// <summary>p0, the probability under the null.</summary>
    public required double NullProbability { get; init; }

    /// <summary>Prior under the alternative.</summary>
    public required BetaPrior Prior { get; init; }

    /// <summary>The side of p0 on which the prior lies.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>Alternative against p = p0.</summary>
    public required BayesFactor BayesFactor { get; init; }

    /// <summary>k / n.</summary>
    public double Share => Successes / (double)Trials;

    /// <summary>Tests.</summary>
    /// <param name="successes">k, from 0 to n.</param>
    /// <param name="trials">n, 1 or more.</param>
    /// <param name="nullProbability">p0, above 0 and below 1.</param>
    /// <param name="prior"><see cref="BetaPrior.Uniform"/> by default.</param>
    /// <param name="alternative">Greater: the probability is above p0.</param>
    public static BayesianBinomialTest Of(
        int successes,
        int trials,
        double nullProbability = 0.5,
        BetaPrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.AtLeast(trials, 1, nameof(trials));
        Guard.InRange(successes, 0, trials, nameof(successes));
        Guard.Between(nullProbability, 0, 1, nameof(nullProbability));
        prior ??= BetaPrior.Uniform;
        int failures = trials - successes;
        double a = prior.A + successes, b = prior.B + failures;
        double log = SpecialFunctions.BetaLn(a, b) - SpecialFunctions.BetaLn(prior.A, prior.B)
            - successes * Math.Log(nullProbability) - failures * Math.Log(1 - nullProbability);
        double error = 0;
        if (alternative != Alternative.TwoSided)
        {
            (double logPosterior, double errorPosterior) = LogMass(a, b, nullProbability, alternative);
            (double logPrior, double errorPrior) = LogMass(prior.A, prior.B, nullProbability, alternative);
            log += logPosterior - logPrior;
            error = errorPosterior + errorPrior;
        }

        string null0 = Guard.Text(nullProbability);
        string side = alternative switch
        {
            Alternative.Greater => $"p > {null0}",
            Alternative.Less => $"p < {null0}",
            _ => $"p not {null0}",
        };
        return new BayesianBinomialTest
        {
            Successes = successes,
            Trials = trials,
            NullProbability = nullProbability,
            Prior = prior,
            Alternative = alternative,
            BayesFactor = new BayesFactor
            {
                Log = log,
                Alternative = $"{side}, beta({Guard.Text(prior.A)}, {Guard.Text(prior.B)})",
                Null = $"p = {null0}",
                Method = "binomial (Jeffreys 1961)",
                RelativeError = error,
            },
        };
    }

    /// <summary>
    /// The posterior of p under the alternative (its part, where that is one-sided): median and credible interval.
    /// </summary>
    /// <param name="level">Posterior probability of the interval, between 0 and 1.</param>
    public CredibleInterval ProbabilityInterval(double level = 0.95)
    {
        LogIntegral posterior = Integrate(
            Prior.A + Successes, Prior.B + Trials - Successes, NullProbability, Alternative);
        return CredibleInterval.Of("probability p", level, share => 1 / (1 + Math.Exp(-posterior.Quantile(share))));
    }

    /// <summary>Log of the mass of beta(a, b) on a side of p0.</summary>
    private static (double Log, double Error) LogMass(double a, double b, double cut, Alternative side)
    {
        LogIntegral part = Integrate(a, b, cut, side);
        LogIntegral rest = Integrate(
            a, b, cut, side == Alternative.Greater ? Alternative.Less : Alternative.Greater);
        return (LogIntegral.LogShare(part, rest), part.RelativeError + rest.RelativeError);
    }

    /// <summary>p^a (1 - p)^b over the logit of p, whose derivative takes one from each power.</summary>
    private static LogIntegral Integrate(double a, double b, double cut, Alternative side)
    {
        double Log(double logit) => -a * Elementary.LogOnePlusExp(-logit) - b * Elementary.LogOnePlusExp(logit);

        double centre = Math.Log(a / b), at = Math.Log(cut / (1 - cut)), width = Math.Sqrt(1 / a + 1 / b);
        double slope = 1 / Math.Max(1, Math.Abs(a - (a + b) * cut)); // of the density at the cut
        double lower = Math.Min(centre, at) - 60 / Math.Min(1, a), upper = Math.Max(centre, at) + 60 / Math.Min(1, b);
        return LogIntegral.Over(Log, Panels.Around(
            side == Alternative.Greater ? at : lower,
            side == Alternative.Less ? at : upper,
            (centre, width), (at, slope)));
    }
}
