namespace FinML.Statistics;

/// <summary>
/// Tests of Christoffersen (1998): that a violation is no likelier after a violation (independence, against a
/// first-order Markov chain, chi-squared 1) and that this and the promised frequency hold together (conditional
/// coverage, the sum of Kupiec's ratio over all occasions and the ratio of independence, chi-squared 2; as rugarch's
/// VaRTest).
/// </summary>
public sealed record ChristoffersenTest
{
    /// <summary>Likelihood ratio of independence.</summary>
    public required double IndependenceStatistic { get; init; }

    /// <summary>P-value of independence.</summary>
    public required double IndependencePValue { get; init; }

    /// <summary>Likelihood ratio of conditional coverage.</summary>
    public required double ConditionalStatistic { get; init; }

    /// <summary>P-value of conditional coverage.</summary>
    public required double ConditionalPValue { get; init; }

    /// <summary>Share of violations among the occasions after a quiet one; null where there is none.</summary>
    public required double? FrequencyAfterQuiet { get; init; }

    /// <summary>Share of violations among the occasions after a violation; null where there is none, and the test of
    /// independence then has nothing to go by (ratio 0).</summary>
    public required double? FrequencyAfterViolation { get; init; }

    /// <summary>Runs the tests; arguments as in <see cref="KupiecTest.Test"/>.</summary>
    public static ChristoffersenTest Test(ReadOnlySpan<bool> violations, double probability)
    {
        KupiecTest coverage = KupiecTest.Test(violations, probability);
        int[] quiet = new int[2], hit = new int[2]; // after a quiet occasion, after a violation
        for (int t = 1; t < violations.Length; t++)
            (violations[t] ? hit : quiet)[violations[t - 1] ? 1 : 0]++;
        double apart = 0;
        for (int last = 0; last < 2; last++)
        {
            int trials = quiet[last] + hit[last];
            if (trials > 0)
                apart += KupiecTest.LogLikelihood(hit[last], trials, hit[last] / (double)trials);
        }

        int hits = hit[0] + hit[1], all = violations.Length - 1;
        double independence = Math.Max(0, 2 * (apart - KupiecTest.LogLikelihood(hits, all, hits / (double)all)));
        double conditional = coverage.Statistic + independence;
        return new ChristoffersenTest
        {
            IndependenceStatistic = independence,
            IndependencePValue = Tails.ChiSquaredUpper(independence, 1),
            ConditionalStatistic = conditional,
            ConditionalPValue = Tails.ChiSquaredUpper(conditional, 2),
            FrequencyAfterQuiet = Share(hit[0], quiet[0]),
            FrequencyAfterViolation = Share(hit[1], quiet[1]),
        };
    }

    private static double? Share(int hits, int others) => hits + others == 0 ? null : hits / (double)(hits + others);
}
