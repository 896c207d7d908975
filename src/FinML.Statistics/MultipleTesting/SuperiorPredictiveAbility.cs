namespace FinML.Statistics;

/// <summary>
/// Hansen's test for superior predictive ability (2005): whether the best of k models beats the benchmark. The
/// statistic is max(0, max_k sqrt(n) mean_k / omega_k); the null distribution recentres each model at g(mean_k), which
/// takes models that are clearly worse than the benchmark out of the maximum:
/// lower g = max(0, mean), consistent g = mean where sqrt(n) mean / omega &gt;= -sqrt(2 ln ln n) and 0 elsewhere,
/// upper g = mean (as the Reality Check does).
/// </summary>
public sealed record SuperiorPredictiveAbility
{
    /// <summary>Which statistic.</summary>
    public required SpaForm Form { get; init; }

    /// <summary>Of the data.</summary>
    public required double Statistic { get; init; }

    /// <summary>The model that has it.</summary>
    public required string Best { get; init; }

    /// <summary>The consistent p-value: the one to report.</summary>
    public required double PValue { get; init; }

    /// <summary>A lower bound: rejects too often where many models are worse than the benchmark.</summary>
    public required double LowerPValue { get; init; }

    /// <summary>An upper bound, that of the Reality Check's recentring.</summary>
    public required double UpperPValue { get; init; }

    /// <summary>Standard error of the consistent p-value from the finite number of resamples.</summary>
    public required double MonteCarloError { get; init; }

    /// <summary>omega_k^2, the variance of sqrt(n) mean_k, by model.</summary>
    public required IReadOnlyList<double> Variances { get; init; }

    /// <summary>Models that the consistent recentring leaves out as clearly worse than the benchmark.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The resamples that it was made from.</summary>
    public required BootstrapMeans Resamples { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="relative">Resamples of the models less the benchmark (<see cref="ModelPerformance.Against"/>).
    /// </param>
    /// <param name="form">Studentised, as in the paper, or as arch has it.</param>
    /// <exception cref="ArgumentException">No model differs from the benchmark at all.</exception>
    public static SuperiorPredictiveAbility Of(BootstrapMeans relative, SpaForm form = SpaForm.Studentised)
    {
        ArgumentNullException.ThrowIfNull(relative);
        if (!Enum.IsDefined(form))
            throw new ArgumentOutOfRangeException(nameof(form), $"form is {(int)form}; it must be a named one.");
        int k = relative.Means.Count;
        double root = Math.Sqrt(relative.Performance.Count);
        double[] variances = relative.Variances;
        double[] scale = MaximumTest.Scales(relative, variances, form == SpaForm.Studentised);
        if (Array.TrueForAll(scale, s => s == 0))
            throw new ArgumentException(
                $"None of the {k} models differs from the benchmark by more than a constant; at least one must.",
                nameof(relative));
        double[] statistics = MaximumTest.Observed(relative, scale);
        int best = MaximumTest.Largest(statistics);
        double observed = form == SpaForm.Studentised ? Math.Max(0, statistics[best]) : statistics[best];

        double bound = -Math.Sqrt(2 * Math.Log(Math.Max(1, Math.Log(relative.Performance.Count))));
        double[] lower = new double[k], consistent = new double[k], upper = new double[k]; // mean - g(mean)
        int leftOut = 0;
        for (int model = 0; model < k; model++)
        {
            double mean = relative.Means[model];
            lower[model] = Math.Min(mean, 0);
            bool worse = root * mean < bound * Math.Sqrt(variances[model]);
            consistent[model] = worse ? mean : 0;
            leftOut += worse ? 1 : 0;
        }

        (double p, double error) = PValue(consistent);
        return new SuperiorPredictiveAbility
        {
            Form = form,
            Statistic = observed,
            Best = relative.Performance.Names[best],
            PValue = p,
            LowerPValue = PValue(lower).P,
            UpperPValue = PValue(upper).P,
            MonteCarloError = error,
            Variances = Array.AsReadOnly(variances),
            LeftOut = leftOut,
            Resamples = relative,
        };

        (double P, double Error) PValue(double[] shift)
        {
            double[] maxima = MaximumTest.Maxima(relative, shift, scale);
            if (form == SpaForm.Studentised)
            {
                for (int b = 0; b < maxima.Length; b++)
                    maxima[b] = Math.Max(0, maxima[b]);
            }

            return MaximumTest.PValue(observed, maxima);
        }
    }
}
