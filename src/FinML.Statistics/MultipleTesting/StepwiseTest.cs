namespace FinML.Statistics;

/// <summary>
/// Romano and Wolf's StepM (2005): which of k models beat the benchmark, with the probability of one false claim or
/// more below the level. As p-values (Romano and Wolf 2016), so that every level is answered at once.
/// </summary>
public sealed record StepwiseTest
{
    /// <summary>The models, with the adjusted p-value of "beats the benchmark".</summary>
    public required IReadOnlyList<(string Model, double Statistic, double PValue)> Models { get; init; }

    /// <summary>Whether the means are divided by their standard errors.</summary>
    public required bool Studentised { get; init; }

    /// <summary>The resamples that it was made from.</summary>
    public required BootstrapMeans Resamples { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="relative">Resamples of the models less the benchmark (<see cref="ModelPerformance.Against"/>).
    /// </param>
    /// <param name="studentised">Divides each mean by its standard error (Politis and Romano's), which gives every
    /// model the same weight; the authors recommend it.</param>
    public static StepwiseTest Of(BootstrapMeans relative, bool studentised = true)
    {
        ArgumentNullException.ThrowIfNull(relative);
        int k = relative.Means.Count;
        double[] variances = relative.Variances;
        double[] scale = MaximumTest.Scales(relative, variances, studentised);
        double[] observed = MaximumTest.Observed(relative, scale);
        double[] adjusted = StepDown.Adjust(observed, Raise, relative.Replicates);
        return new StepwiseTest
        {
            Models = [.. Enumerable.Range(0, k).Select(
                m => (relative.Performance.Names[m], relative.Means[m] * scale[m], adjusted[m]))],
            Studentised = studentised,
            Resamples = relative,
        };

        void Raise(int model, double[] maxima)
        {
            if (scale[model] != 0)
                MaximumTest.RaiseTo(maxima, relative.Centred[model], 0, scale[model]);
        }
    }

    /// <summary>The models that beat the benchmark at the level.</summary>
    /// <param name="alpha">Above 0 and below 1.</param>
    public IReadOnlyList<string> Superior(double alpha = 0.05)
    {
        Guard.Between(alpha, 0, 1, nameof(alpha));
        return [.. Models.Where(m => m.PValue <= alpha).Select(m => m.Model)];
    }
}
