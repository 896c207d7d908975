namespace FinML.Statistics;

/// <summary>
/// Bayes factor of a t-test with the prior of Jeffreys, Zellner and Siow: a Cauchy distribution of scale r on the
/// standardised effect size delta, and Jeffreys' prior on the variance. Rouder, Speckman, Sun, Morey and Iverson
/// (2009), "Bayesian t tests for accepting and rejecting the null hypothesis", equation 1: BF10, an integral over g of
/// (1 + N g r^2)^(-1/2) [(1 + t^2 / ((1 + N g r^2) nu)) / (1 + t^2 / nu)]^(-(nu + 1) / 2) p(g),
/// p(g) = (2 pi)^(-1/2) g^(-3/2) exp(-1 / (2 g)), here over log g. A one-sided alternative has the positive (negative)
/// half of the prior: BF+0 = BF10 P(delta &gt; 0 | data) / P(delta &gt; 0) (Morey and Wagenmakers 2014). The values are
/// taken as independent and normal; autocorrelated returns carry less evidence than their number says.
/// </summary>
public sealed record JzsTTest
{
    private const double LargestT = 1e100; // its square is a number

    private JzsTTest()
    {
    }

    /// <summary>Student's t.</summary>
    public required double Statistic { get; init; }

    /// <summary>nu.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>N: n for one sample or pairs, n1 n2 / (n1 + n2) for two samples.</summary>
    public required double EffectiveCount { get; init; }

    /// <summary>Prior under the alternative.</summary>
    public required EffectSizePrior Prior { get; init; }

    /// <summary>The side on which the prior lies.</summary>
    public required Alternative Alternative { get; init; }

    /// <summary>Alternative against delta = 0.</summary>
    public required BayesFactor BayesFactor { get; init; }

    /// <summary>t / sqrt(N), the standardised effect in the sample.</summary>
    public double EffectSize => Statistic / Math.Sqrt(EffectiveCount);

    /// <summary>One sample against a mean.</summary>
    /// <param name="values">Two or more finite values, not constant.</param>
    /// <param name="mean">The mean under the null.</param>
    /// <param name="prior"><see cref="EffectSizePrior.Medium"/> by default.</param>
    /// <param name="alternative">Greater: the mean is above <paramref name="mean"/>.</param>
    public static JzsTTest OneSample(
        ReadOnlySpan<double> values,
        double mean = 0,
        EffectSizePrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Series(values, 2, nameof(values));
        Guard.NotConstant(values, nameof(values));
        Guard.Finite(mean, nameof(mean));
        Moments moments = Moments.Of(values);
        double t = (moments.Mean - mean) / (moments.StandardDeviation() / Math.Sqrt(values.Length));
        return OfStatistic(t, values.Length, prior, alternative);
    }

    /// <summary>Pairs: the differences first - second against 0.</summary>
    /// <param name="first">Two or more finite values.</param>
    /// <param name="second">Aligned with <paramref name="first"/>.</param>
    /// <param name="prior"><see cref="EffectSizePrior.Medium"/> by default.</param>
    /// <param name="alternative">Greater: the first is greater.</param>
    public static JzsTTest Paired(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        EffectSizePrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.SameLength(first, second, nameof(first), nameof(second));
        Guard.Series(first, 2, nameof(first));
        Guard.Series(second, 2, nameof(second));
        var differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
            differences[i] = first[i] - second[i];
        Guard.NotConstant(differences, "first - second");
        return OneSample(differences, 0, prior, alternative);
    }

    /// <summary>Two independent samples of the same variance: first - second against 0.</summary>
    /// <param name="first">Two or more finite values.</param>
    /// <param name="second">Two or more finite values; not both constant.</param>
    /// <param name="prior"><see cref="EffectSizePrior.Medium"/> by default.</param>
    /// <param name="alternative">Greater: the first mean is greater.</param>
    public static JzsTTest TwoSample(
        ReadOnlySpan<double> first,
        ReadOnlySpan<double> second,
        EffectSizePrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.Series(first, 2, nameof(first));
        Guard.Series(second, 2, nameof(second));
        if (Guard.IsConstant(first))
            Guard.NotConstant(second, "first is constant, and second");
        Moments a = Moments.Of(first), b = Moments.Of(second);
        int n1 = a.Count, n2 = b.Count;
        double pooled = ((n1 - 1) * a.Variance() + (n2 - 1) * b.Variance()) / (n1 + n2 - 2);
        double t = (a.Mean - b.Mean) / Math.Sqrt(pooled * (1.0 / n1 + 1.0 / n2));
        return OfStatistic(t, n1, n2, prior, alternative);
    }

    /// <summary>From the published t of one sample, or of pairs.</summary>
    /// <param name="t">From -1e100 to 1e100.</param>
    /// <param name="count">Values or pairs, 2 or more.</param>
    /// <param name="prior"><see cref="EffectSizePrior.Medium"/> by default.</param>
    /// <param name="alternative">Greater: the effect is positive.</param>
    public static JzsTTest OfStatistic(
        double t, int count, EffectSizePrior? prior = null, Alternative alternative = Alternative.TwoSided)
    {
        Guard.AtLeast(count, 2, nameof(count));
        return Make(t, count, count - 1, prior, alternative);
    }

    /// <summary>From the published t of two independent samples with pooled variance.</summary>
    /// <param name="t">From -1e100 to 1e100.</param>
    /// <param name="firstCount">Values in the first sample, 1 or more.</param>
    /// <param name="secondCount">Values in the second sample, 1 or more; 3 or more together.</param>
    /// <param name="prior"><see cref="EffectSizePrior.Medium"/> by default.</param>
    /// <param name="alternative">Greater: the effect is positive.</param>
    public static JzsTTest OfStatistic(
        double t,
        int firstCount,
        int secondCount,
        EffectSizePrior? prior = null,
        Alternative alternative = Alternative.TwoSided)
    {
        Guard.AtLeast(firstCount, 1, nameof(firstCount));
        Guard.AtLeast(secondCount, firstCount == 1 ? 2 : 1, nameof(secondCount));
        double effective = (double)firstCount * secondCount / (firstCount + (double)secondCount);
        return Make(t, effective, firstCount + (double)secondCount - 2, prior, alternative);
    }

    /// <summary>
    /// The posterior of delta under the alternative (its half, where that is one-sided): median and credible interval.
    /// </summary>
    /// <param name="level">Posterior probability of the interval, between 0 and 1.</param>
    public CredibleInterval EffectSizeInterval(double level = 0.95)
    {
        LogIntegral posterior = EffectSizeDensity.Integrate(
            Statistic, DegreesOfFreedom, EffectiveCount, Prior.Scale, Alternative);
        return CredibleInterval.Of("effect size delta", level, posterior.Quantile);
    }

    private static JzsTTest Make(
        double t, double effective, double degrees, EffectSizePrior? prior, Alternative alternative)
    {
        if (!(Math.Abs(t) <= LargestT))
            throw new ArgumentOutOfRangeException(
                nameof(t), $"t is {Guard.Text(t)}; it must be finite, and of a size of at most 1e100.");
        prior ??= EffectSizePrior.Medium;
        LogIntegral integral = EvidenceIntegral(t, effective, degrees, prior.Scale);
        double log = integral.Value, error = integral.RelativeError;
        if (alternative != Alternative.TwoSided)
        {
            LogIntegral half = EffectSizeDensity.Integrate(t, degrees, effective, prior.Scale, alternative);
            LogIntegral other = EffectSizeDensity.Integrate(t, degrees, effective, prior.Scale,
                alternative == Alternative.Greater ? Alternative.Less : Alternative.Greater);
            log += Math.Log(2) + LogIntegral.LogShare(half, other);
            error += half.RelativeError + other.RelativeError;
        }

        string side = alternative switch
        {
            Alternative.Greater => "delta > 0, half-Cauchy",
            Alternative.Less => "delta < 0, half-Cauchy",
            _ => "delta not 0, Cauchy",
        };
        return new JzsTTest
        {
            Statistic = t,
            DegreesOfFreedom = degrees,
            EffectiveCount = effective,
            Prior = prior,
            Alternative = alternative,
            BayesFactor = new BayesFactor
            {
                Log = log,
                Alternative = $"{side}({Guard.Text(prior.Scale)})",
                Null = "delta = 0",
                Method = "JZS t-test (Rouder et al. 2009)",
                RelativeError = error,
            },
        };
    }

    /// <summary>BF10 as an integral over u = log g.</summary>
    private static LogIntegral EvidenceIntegral(double t, double effective, double degrees, double scale)
    {
        double factor = effective * scale * scale, square = t * t / degrees;
        double Log(double u)
        {
            double spread = factor * Math.Exp(u); // N g r^2
            double ratio = Elementary.LogOnePlus(square / (1 + spread)) - Elementary.LogOnePlus(square);
            return -0.5 * (Elementary.LogOnePlus(spread) + (degrees + 1) * ratio)
                - 0.5 * (Math.Log(2 * Math.PI) + u + Math.Exp(-u));
        }

        // Below -5 the prior is e^-74 of its largest value. Above, the integrand falls as 1 / g from where the prior is
        // wide enough for the effect: g = t^2 / (N r^2).
        double right = 60 + Math.Log(1 + Math.Max(1, t * t) / factor);
        return LogIntegral.Over(Log, Panels.Even(-5, right, 2));
    }
}
