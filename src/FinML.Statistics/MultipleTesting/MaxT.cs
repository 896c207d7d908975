using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Westfall and Young's step-down maxT (1993) by permutation: Welch's t between two groups for each of many variables,
/// each held to the permutation distribution of the maximum over itself and all less extreme ones. Keeps the
/// dependence between the variables, which Holm's correction has to fear.
/// </summary>
public sealed record MaxT
{
    /// <summary>Welch's t of each variable: mean of group 1 less that of group 0.</summary>
    public required IReadOnlyList<double> Statistics { get; init; }

    /// <summary>Two-sided, adjusted for the number of variables (family-wise error), in the order given.</summary>
    public required IReadOnlyList<double> Adjusted { get; init; }

    /// <summary>Permutations that were drawn.</summary>
    public required int Permutations { get; init; }

    /// <summary>Seed of the generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Tests.</summary>
    /// <param name="variables">One array for each variable, a value for each subject.</param>
    /// <param name="groups">The group of each subject, 0 or 1, at least two subjects in each.</param>
    /// <param name="permutations">From 99 to 100,000,000.</param>
    /// <param name="seed">Seed of the generator.</param>
    public static MaxT TwoSample(
        IReadOnlyList<double[]> variables, ReadOnlySpan<int> groups, int permutations = 9_999, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(variables);
        Guard.InRange(permutations, 99, 100_000_000, nameof(permutations));
        if (variables.Count == 0)
            throw new ArgumentException("There are 0 variables; at least 1 is needed.", nameof(variables));
        int[] labels = groups.ToArray();
        CheckGroups(labels);
        for (int v = 0; v < variables.Count; v++)
        {
            if (variables[v].Length != labels.Length)
                throw new ArgumentException(
                    $"Variable {v} has {variables[v].Length} values for {labels.Length} subjects.", nameof(variables));
            Guard.Finite(variables[v], $"variable {v}");
            Guard.NotConstant(variables[v], $"variable {v}");
        }

        double[] statistics = [.. variables.Select(values => Welch(values, labels))];
        double[] observed = [.. statistics.Select(Math.Abs)];
        int[][] shuffled = [.. Enumerable.Range(0, permutations).Select(r => Shuffle(labels, seed, (ulong)r))];
        double[] adjusted = StepDown.Adjust(
            observed,
            (v, maxima) =>
            {
                for (int r = 0; r < maxima.Length; r++)
                    maxima[r] = Math.Max(maxima[r], Math.Abs(Welch(variables[v], shuffled[r])));
            },
            permutations);
        return new MaxT { Statistics = statistics, Adjusted = adjusted, Permutations = permutations, Seed = seed };
    }

    private static void CheckGroups(int[] labels)
    {
        int wrong = Array.FindIndex(labels, l => l is not (0 or 1));
        if (wrong >= 0)
            throw new ArgumentException($"groups is {labels[wrong]} at index {wrong}; it must be 0 or 1.", "groups");
        int ones = labels.Sum();
        if (ones < 2 || labels.Length - ones < 2)
            throw new ArgumentException(
                $"groups has {labels.Length - ones} subjects in group 0 and {ones} in group 1; each needs at least 2.",
                "groups");
    }

    /// <summary>(mean_1 - mean_0) / sqrt(var_1 / n_1 + var_0 / n_0); infinite where both groups are constant.</summary>
    private static double Welch(double[] values, int[] labels)
    {
        double pivot = values[0], sum0 = 0, sum1 = 0, square0 = 0, square1 = 0;
        int n1 = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double d = values[i] - pivot;
            if (labels[i] == 1)
            {
                sum1 += d;
                square1 += d * d;
                n1++;
            }
            else
            {
                sum0 += d;
                square0 += d * d;
            }
        }

        int n0 = values.Length - n1;
        double variance0 = Math.Max(0, square0 - sum0 * sum0 / n0) / (n0 - 1) / n0;
        double variance1 = Math.Max(0, square1 - sum1 * sum1 / n1) / (n1 - 1) / n1;
        return (sum1 / n1 - sum0 / n0) / Math.Sqrt(variance0 + variance1);
    }

    /// <summary>Fisher-Yates, keyed by (seed, replicate).</summary>
    private static int[] Shuffle(int[] labels, ulong seed, ulong replicate)
    {
        int[] shuffled = (int[])labels.Clone();
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            (uint high, uint low, _, _) = Philox4x32.Block((ulong)i, replicate, seed);
            int j = (int)(Philox4x32.ToUnitDouble(high, low) * (i + 1));
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }
}
