namespace FinML.Statistics;

/// <summary>From replicates to an interval: Davison and Hinkley (1997), chapter 5.</summary>
internal static class IntervalEnds
{
    /// <param name="statistic">What was resampled.</param>
    /// <param name="centre">What the replicates are centred on: the estimate, but for moving blocks.</param>
    /// <param name="replicates">The statistic of the resamples.</param>
    /// <param name="acceleration">For BCa.</param>
    /// <param name="scheme">How they were drawn.</param>
    /// <param name="blockLength">In blocks of this length.</param>
    /// <param name="options">Level and method.</param>
    internal static BootstrapInterval Make(
        BoundStatistic statistic,
        double centre,
        double[] replicates,
        double acceleration,
        string scheme,
        double blockLength,
        BootstrapOptions options)
    {
        double[] sorted = (double[])replicates.Clone();
        Array.Sort(sorted);

        // Basic: estimate + centre less the quantiles. The others have no use for the centre.
        double estimate = options.Method == BootstrapMethod.Basic
            ? (statistic.Estimate + centre) / 2
            : statistic.Estimate;
        return Make(
            statistic.Name, statistic.Estimate, centre, replicates,
            Ends(sorted, estimate, acceleration, options.Level, options.Method), null, scheme, blockLength,
            options);
    }

    /// <summary>Estimate less the quantiles of t* = (replicate - centre) / error*, times the error of the estimate.
    /// </summary>
    internal static BootstrapInterval Make(
        BoundStatistic statistic,
        double centre,
        StudentisedReplicates studentised,
        string scheme,
        double blockLength,
        BootstrapOptions options)
    {
        double[] sorted = (double[])studentised.Ratios.Clone();
        Array.Sort(sorted);
        double tail = (1 - options.Level) / 2;
        var ends = (
            statistic.Estimate - studentised.StandardError * Quantile.Type7Sorted(sorted, 1 - tail),
            statistic.Estimate - studentised.StandardError * Quantile.Type7Sorted(sorted, tail));
        return Make(
            statistic.Name, statistic.Estimate, centre, studentised.Values, ends, studentised.StandardError, scheme,
            blockLength, options);
    }

    /// <summary>For replicates that are centred on the estimate, by a method without acceleration.</summary>
    internal static BootstrapInterval Make(
        string name, double estimate, double[] replicates, string scheme, double blockLength, BootstrapOptions options)
    {
        double[] sorted = (double[])replicates.Clone();
        Array.Sort(sorted);
        return Make(
            name, estimate, estimate, replicates, Ends(sorted, estimate, 0, options.Level, options.Method), null,
            scheme, blockLength, options);
    }

    private static BootstrapInterval Make(
        string name,
        double estimate,
        double centre,
        double[] replicates,
        (double Lower, double Upper) ends,
        double? studentisedBy,
        string scheme,
        double blockLength,
        BootstrapOptions options)
    {
        Moments moments = Moments.Of(replicates);
        return new BootstrapInterval
        {
            Statistic = name,
            Estimate = estimate,
            Lower = ends.Lower,
            Upper = ends.Upper,
            Level = options.Level,
            StandardError = moments.StandardDeviation(),
            StudentisedBy = studentisedBy,
            Bias = moments.Mean - centre,
            Method = options.Method,
            Scheme = scheme,
            Replicates = replicates.Length,
            BlockLength = blockLength,
            Seed = options.Seed,
        };
    }

    internal static (double Lower, double Upper) Ends(
        double[] sorted, double estimate, double acceleration, double level, BootstrapMethod method)
    {
        double tail = (1 - level) / 2;
        switch (method)
        {
            case BootstrapMethod.Basic:
                return (2 * estimate - Quantile.Type7Sorted(sorted, 1 - tail),
                    2 * estimate - Quantile.Type7Sorted(sorted, tail));
            case BootstrapMethod.Bca:
                double bias = BiasCorrection(sorted, estimate);
                return (Quantile.Type7Sorted(sorted, Adjusted(tail, bias, acceleration)),
                    Quantile.Type7Sorted(sorted, Adjusted(1 - tail, bias, acceleration)));
            default:
                return (Quantile.Type7Sorted(sorted, tail), Quantile.Type7Sorted(sorted, 1 - tail));
        }
    }

    /// <summary>z0 = Phi^-1(share of replicates below the estimate), where a tie counts one half.</summary>
    private static double BiasCorrection(double[] sorted, double estimate)
    {
        double below = 0;
        foreach (double replicate in sorted)
            below += replicate < estimate ? 1 : replicate == estimate ? 0.5 : 0;
        double share = below / sorted.Length;
        if (share is <= 0 or >= 1)
            throw new InvalidOperationException(
                $"The BCa interval is undefined: all {sorted.Length} replicates lie on one side of the estimate " +
                $"{Guard.Text(estimate)}; the statistic is too biased for it, a percentile interval is not.");
        return StandardNormal.Quantile(share);
    }

    /// <summary>Phi(z0 + (z0 + z) / (1 - a (z0 + z))).</summary>
    private static double Adjusted(double probability, double bias, double acceleration)
    {
        double z = bias + StandardNormal.Quantile(probability);
        double denominator = 1 - acceleration * z;
        if (denominator <= 0)
            throw new InvalidOperationException(
                $"The BCa interval is undefined: its acceleration is {Guard.Text(acceleration)}, too far from 0 " +
                $"for this level.");
        return StandardNormal.Cdf(bias + z / denominator);
    }
}
