namespace FinML.Data;

/// <summary>
/// A bootstrap that prefers labels which overlap little with those already drawn: each draw takes label i with
/// probability in proportion to its average uniqueness, the mean over its rows of 1 / (1 + draws that read the row).
/// M. Lopez de Prado, Advances in Financial Machine Learning (2018), section 4.5.
/// </summary>
public static class SequentialBootstrap
{
    /// <summary>Draws rows with labels, with replacement.</summary>
    /// <param name="labels">The spans; at least one row has a label.</param>
    /// <param name="count">How many to draw, 0 or more. A draw costs a time in proportion to the rows.</param>
    /// <param name="random">Draws.</param>
    /// <exception cref="ArgumentException">No row has a label, or the count is below 0.</exception>
    public static int[] Draw(LabelSpans labels, int count, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(random);
        Guard.AtLeast(count, 0, nameof(count));
        int[] drawn = new int[count], reads = new int[labels.Length];
        for (int d = 0; d < count; d++)
        {
            double[] probability = Probabilities(labels, reads);
            double u = random.NextDouble();
            int choice = -1;
            for (int i = 0; i < probability.Length && u >= 0; i++)
            {
                choice = probability[i] > 0 ? i : choice; // rounding may leave u above 0 after the last
                u -= probability[i];
            }

            drawn[d] = choice;
            for (int t = choice; t <= labels.Last(choice); t++)
            {
                reads[t]++;
            }
        }

        return drawn;
    }

    /// <summary>The probabilities of the next draw, one a row, 0 where there is no label.</summary>
    /// <param name="labels">The spans.</param>
    /// <param name="reads">For each row how many of the labels drawn so far read it.</param>
    /// <exception cref="ArgumentException">No row has a label, or there are not as many numbers as rows.</exception>
    public static double[] Probabilities(LabelSpans labels, int[] reads)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(reads);
        if (reads.Length != labels.Length)
        {
            throw new ArgumentException($"There are {reads.Length} counts for {labels.Length} rows.", nameof(reads));
        }

        double[] sums = LabelUniqueness.PrefixSums(labels.Length, t => 1.0 / (1 + reads[t]));
        double[] probability = new double[labels.Length];
        double total = 0;
        for (int i = 0; i < probability.Length; i++)
        {
            if (labels.HasLabel(i))
            {
                probability[i] = (sums[labels.Last(i) + 1] - sums[i]) / (labels.Last(i) - i + 1);
                total += probability[i];
            }
        }

        return total > 0
            ? Array.ConvertAll(probability, p => p / total)
            : throw new ArgumentException($"None of the {labels.Length} rows has a label to draw.", nameof(labels));
    }
}
