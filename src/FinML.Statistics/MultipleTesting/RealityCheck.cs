namespace FinML.Statistics;

/// <summary>
/// White's Reality Check (2000): whether the best of k models beats the benchmark, when all k were tried. The statistic
/// is max_k sqrt(n) mean_k; its distribution under the null is that of max_k sqrt(n) (mean*_k - mean_k). A model that
/// is far worse than the benchmark makes it lose power; <see cref="SuperiorPredictiveAbility"/> does not.
/// </summary>
public sealed record RealityCheck
{
    /// <summary>max_k sqrt(n) mean_k.</summary>
    public required double Statistic { get; init; }

    /// <summary>The model that has it.</summary>
    public required string Best { get; init; }

    /// <summary>(b + 1) / (B + 1).</summary>
    public required double PValue { get; init; }

    /// <summary>Standard error of the p-value from the finite number of resamples.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>The resamples that it was made from.</summary>
    public required BootstrapMeans Resamples { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="relative">Resamples of the models less the benchmark (<see cref="ModelPerformance.Against"/>).
    /// </param>
    public static RealityCheck Of(BootstrapMeans relative)
    {
        ArgumentNullException.ThrowIfNull(relative);
        int best = MaximumTest.Largest(relative.Means);
        double[] maxima = Maxima(relative);
        (double p, double error) = MaximumTest.PValue(relative.Means[best], maxima);
        return new RealityCheck
        {
            Statistic = Math.Sqrt(relative.Performance.Count) * relative.Means[best],
            Best = relative.Performance.Names[best],
            PValue = p,
            MonteCarloError = error,
            Resamples = relative,
        };
    }

    /// <summary>The mean above which the best of the models is significant at level alpha: the order statistic of the
    /// maxima that agrees with <see cref="PValue"/>, number ceiling((1 - alpha) (B + 1)).</summary>
    /// <param name="relative">As for <see cref="Of"/>.</param>
    /// <param name="alpha">From 1 / (B + 1) to below 1.</param>
    public static double CriticalMean(BootstrapMeans relative, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(relative);
        Guard.Between(alpha, 0, 1, nameof(alpha));
        int rank = (int)Math.Ceiling((1 - alpha) * (relative.Replicates + 1) - 1e-9);
        if (rank > relative.Replicates)
            throw new ArgumentOutOfRangeException(
                nameof(alpha),
                $"alpha is {Guard.Text(alpha)}; with {relative.Replicates} resamples it must be " +
                $"{Guard.Text(1.0 / (relative.Replicates + 1))} or more.");
        double[] maxima = Maxima(relative);
        Array.Sort(maxima);
        return maxima[rank - 1];
    }

    private static double[] Maxima(BootstrapMeans relative)
    {
        var shift = new double[relative.Means.Count];
        double[] scale = new double[shift.Length];
        Array.Fill(scale, 1);
        return MaximumTest.Maxima(relative, shift, scale);
    }
}
