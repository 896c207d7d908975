using System.Globalization;
using FinML.Figures.Traces;

namespace FinML.Figures;

// Comparisons of methods over many runs or data sets.
public sealed partial class Figure
{
    // Quantiles of the studentised range with infinite degrees of freedom over sqrt(2), for 2 to 20 methods: the
    // solution r / sqrt(2) of k int phi(z) (Phi(z) - Phi(z - r))^(k - 1) dz = 1 - level. Demsar 2006, table 5, prints
    // those up to 10 with three decimals.
    private static readonly double[] Nemenyi5 =
        [1.9600, 2.3437, 2.5690, 2.7278, 2.8497, 2.9483, 3.0309, 3.1017, 3.1637, 3.2187, 3.2680, 3.3127, 3.3536,
            3.3912, 3.4260, 3.4584, 3.4887, 3.5171, 3.5438];

    private static readonly double[] Nemenyi10 =
        [1.6449, 2.0523, 2.2913, 2.4595, 2.5885, 2.6927, 2.7799, 2.8546, 2.9199, 2.9778, 3.0297, 3.0767, 3.1197,
            3.1592, 3.1957, 3.2297, 3.2615, 3.2912, 3.3192];

    /// <summary>A performance profile (Dolan and Moré 2002; Agarwal et al. 2021): the share of runs whose score is
    /// above each threshold, as a falling step curve. The band holds the whole true curve with the confidence given:
    /// sqrt(ln(2 / (1 - confidence)) / (2 n)) up and down (Dvoretzky, Kiefer and Wolfowitz; Massart 1990). Bootstrap
    /// bands go through <see cref="Band"/> and <see cref="Step"/>.</summary>
    /// <param name="scores">One score a run; all finite.</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <param name="confidence">Confidence of the band, in (0, 1).</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    /// <exception cref="ArgumentException">No scores, or one that is not finite.</exception>
    public Figure PerformanceProfile(IEnumerable<double> scores, string name, double confidence = 0.95,
        string? color = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        string owner = Trace.Describe("performance profile", name);
        (double[] sorted, int missing) = Sample(scores, owner);
        if (missing > 0)
            throw new ArgumentException(
                $"{owner} has {missing} scores that are not finite among {sorted.Length + missing}; a run that failed "
                + $"counts with the lowest score.");
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(
                nameof(confidence), $"The confidence of {owner} must lie in (0, 1); got {Show(confidence)}.");
        int n = sorted.Length;
        double half = Math.Sqrt(Math.Log(2 / (1 - confidence)) / (2 * n));
        double lead = sorted[0] == sorted[^1] ? Math.Max(Math.Abs(sorted[0]), 1) * 0.05
            : (sorted[^1] - sorted[0]) * 0.05;
        double[] thresholds = [sorted[0] - lead, .. sorted.Distinct(), sorted[^1] + lead];
        double[] above = [.. thresholds.Select(t => sorted.Count(s => s > t) / (double)n)];
        return Band(thresholds, above.Select(v => Math.Max(v - half, 0)), above.Select(v => Math.Min(v + half, 1)),
                name, color, step: true)
            .Step(thresholds, above, name, color);
    }

    /// <summary>A critical-difference diagram (Demšar 2006): methods by their average rank over data sets, the best
    /// first, with the critical difference of Nemenyi's test, q sqrt(k (k + 1) / (6 n)), and a bar beside the methods
    /// that do not differ. It stands alone in its panel.</summary>
    /// <param name="methods">2 to 20 names, all different.</param>
    /// <param name="scores">Scores, (data set, method), all finite, at least two data sets; ties share their
    /// ranks.</param>
    /// <param name="higherIsBetter">Whether the highest score has rank 1.</param>
    /// <param name="level">Level of the test, 0.05 or 0.10.</param>
    /// <exception cref="ArgumentException">Shapes differ or a score is not finite.</exception>
    public Figure CriticalDifference(IEnumerable<string> methods, double[,] scores, bool higherIsBetter = true,
        double level = 0.05)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(scores);
        const string Owner = "the critical-difference diagram";
        string[] names = [.. methods];
        int n = scores.GetLength(0), k = scores.GetLength(1);
        if (k != names.Length)
            throw new ArgumentException($"scores of {Owner} has {k} columns but there are {names.Length} methods.");
        if (k is < 2 or > 20 || n < 2)
            throw new ArgumentException($"{Owner} needs 2 to 20 methods and at least 2 data sets; got {k} and {n}.");
        if (level is not (0.05 or 0.10))
            throw new ArgumentOutOfRangeException(
                nameof(level), $"The level of {Owner} must be 0.05 or 0.1; got {Show(level)}.");
        RequireDifferent(names, Owner);
        double[] ranks = AverageRanks(scores, higherIsBetter, Owner);
        double q = (level == 0.05 ? Nemenyi5 : Nemenyi10)[k - 2], difference = q * Math.Sqrt(k * (k + 1) / (6.0 * n));
        int[] order = [.. Enumerable.Range(0, k).OrderBy(m => ranks[m])];
        string last = string.Create(CultureInfo.InvariantCulture, $"critical difference ({level * 100:0}%)");
        AxisValues labels = AxisValues.Create([.. order.Select(m => names[m]), last], Owner);
        RequireDifferent(labels.Labels, Owner);
        double[] sorted = [.. order.Select(m => ranks[m])];
        return Add(new CriticalDifferenceTrace(
            labels, sorted, difference, CriticalDifferenceTrace.GroupsOf(sorted, difference)));
    }

    private static double[] AverageRanks(double[,] scores, bool higherIsBetter, string owner)
    {
        int n = scores.GetLength(0), k = scores.GetLength(1);
        var ranks = new double[k];
        for (int i = 0; i < n; i++)
        {
            for (int m = 0; m < k; m++)
            {
                if (!double.IsFinite(scores[i, m]))
                    throw new ArgumentException(
                        $"A score of {owner} must be finite; got {Show(scores[i, m])} at ({i}, {m}).");
                // The rank of a tie is the mean of the ranks it covers.
                double better = 0;
                for (int other = 0; other < k; other++)
                {
                    int order = scores[i, other].CompareTo(scores[i, m]);
                    better += order == 0 ? 0.5 : order > 0 == higherIsBetter ? 1 : 0;
                }

                ranks[m] += (better + 0.5) / n;
            }
        }

        return ranks;
    }
}
