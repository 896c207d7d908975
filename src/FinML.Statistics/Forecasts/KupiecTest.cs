namespace FinML.Statistics;

/// <summary>
/// Likelihood-ratio test of Kupiec (1995) that violations come as often as promised ("unconditional coverage"):
/// chi-squared with 1 degree of freedom. Discrete: with few expected violations the true size differs from nominal.
/// </summary>
public sealed record KupiecTest
{
    /// <summary>Likelihood ratio.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(chi-squared(1) &gt; statistic).</summary>
    public required double PValue { get; init; }

    /// <summary>Number of violations.</summary>
    public required int Violations { get; init; }

    /// <summary>Number of occasions.</summary>
    public required int Count { get; init; }

    /// <summary>Promised share of violations.</summary>
    public required double Probability { get; init; }

    /// <summary>Violations over occasions.</summary>
    public double Frequency => Violations / (double)Count;

    /// <summary>Runs the test.</summary>
    /// <param name="violations">Whether each occasion was one; two or more occasions.</param>
    /// <param name="probability">Promised share, between 0 and 1: .05 for a 95 % interval.</param>
    public static KupiecTest Test(ReadOnlySpan<bool> violations, double probability)
    {
        CheckHits(violations, probability);
        int hits = 0, n = violations.Length;
        foreach (bool hit in violations)
            hits += hit ? 1 : 0;
        double ratio = 2 * (LogLikelihood(hits, n, hits / (double)n) - LogLikelihood(hits, n, probability));
        return new KupiecTest
        {
            Statistic = Math.Max(0, ratio),
            PValue = Tails.ChiSquaredUpper(ratio, 1),
            Violations = hits,
            Count = n,
            Probability = probability,
        };
    }

    internal static void CheckHits(ReadOnlySpan<bool> violations, double probability)
    {
        Guard.Between(probability, 0, 1, nameof(probability));
        if (violations.Length < 2)
            throw new ArgumentException(
                $"violations has {violations.Length} value{(violations.Length == 1 ? "" : "s")}; at least 2 are " +
                $"needed.",
                nameof(violations));
    }

    /// <summary>x log p + (n - x) log(1 - p), 0 log 0 = 0.</summary>
    internal static double LogLikelihood(int hits, int trials, double p) =>
        (hits == 0 ? 0 : hits * Math.Log(p)) + (hits == trials ? 0 : (trials - hits) * Math.Log(1 - p));
}
