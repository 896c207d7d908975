namespace FinML.Statistics;

/// <summary>
/// Joint test of K. V. Chow and K. C. Denning (1993) that the variance ratios of several periods are all 1: the largest
/// |z|, held against the studentised maximum modulus with infinite degrees of freedom, P = 1 - (2 Phi(|z|) - 1)^m: a
/// bound (Sidak), so that the test rejects at most as often as it says.
/// </summary>
public sealed record ChowDenning
{
    /// <summary>The largest |z|.</summary>
    public required double Statistic { get; init; }

    /// <summary>The bound above.</summary>
    public required double PValue { get; init; }

    /// <summary>The test of each period.</summary>
    public required IReadOnlyList<VarianceRatio> Ratios { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="returns">As for <see cref="VarianceRatio"/>.</param>
    /// <param name="periods">One or more, distinct.</param>
    /// <param name="robust">Whether variances may differ in time.</param>
    public static ChowDenning Test(ReadOnlySpan<double> returns, ReadOnlySpan<int> periods, bool robust = true)
    {
        if (periods.IsEmpty)
            throw new ArgumentException("periods is empty; at least 1 is needed.", nameof(periods));
        var ratios = new VarianceRatio[periods.Length];
        for (int i = 0; i < ratios.Length; i++)
        {
            if (periods[..i].Contains(periods[i]))
                throw new ArgumentException($"The period {periods[i]} is there twice.", nameof(periods));
            ratios[i] = VarianceRatio.Test(returns, periods[i], robust);
        }

        double statistic = ratios.Max(ratio => Math.Abs(ratio.Statistic));

        // 1 - (1 - p)^m without cancellation where p is small.
        double p = Tails.NormalTwoSided(statistic), log = p < 1e-8 ? -p : Math.Log(1 - p);
        double exponent = ratios.Length * log;
        return new ChowDenning
        {
            Statistic = statistic,
            PValue = exponent > -1e-8 ? -exponent : 1 - Math.Exp(exponent),
            Ratios = ratios,
        };
    }
}
