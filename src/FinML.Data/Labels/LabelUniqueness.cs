namespace FinML.Data;

/// <summary>
/// How much of its own a label has: overlapping labels repeat each other's returns, and a sample that is drawn or
/// weighted as if they were independent is too small for what it seems. M. Lopez de Prado, Advances in Financial
/// Machine Learning (2018), sections 4.3, 4.4 and 4.6.
/// </summary>
public static class LabelUniqueness
{
    /// <summary>c(t), the number of labels that read row t: one number a row.</summary>
    public static int[] Concurrency(LabelSpans labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int[] change = new int[labels.Length + 1];
        foreach (int i in labels.Labelled())
        {
            change[i]++;
            change[labels.Last(i) + 1]--;
        }

        int[] count = new int[labels.Length];
        int now = 0;
        for (int t = 0; t < count.Length; t++)
        {
            now += change[t];
            count[t] = now;
        }

        return count;
    }

    /// <summary>The average uniqueness of each label, the mean of 1 / c over the rows it reads, in (0, 1]; NaN where
    /// there is no label.</summary>
    public static double[] Average(LabelSpans labels)
    {
        int[] count = Concurrency(labels);
        double[] sums = PrefixSums(labels.Length, t => count[t] > 0 ? 1.0 / count[t] : 0);
        return Each(labels, i => (sums[labels.Last(i) + 1] - sums[i]) / (labels.Last(i) - i + 1));
    }

    /// <summary>
    /// Weights by what the labels earned alone: |sum of r(t) / c(t)| over the rows a label reads, scaled to a mean
    /// of 1; NaN where there is no label. Section 4.6.
    /// </summary>
    /// <param name="labels">The spans.</param>
    /// <param name="returns">r(t), the logarithmic return from row t-1 to row t; NaN counts as 0.</param>
    /// <exception cref="ArgumentException">There are not as many returns as rows, or no label earned
    /// anything.</exception>
    public static double[] ReturnAttribution(LabelSpans labels, ReadOnlySpan<double> returns)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (returns.Length != labels.Length)
        {
            throw new ArgumentException($"There are {returns.Length} returns for {labels.Length} rows.",
                nameof(returns));
        }

        int[] count = Concurrency(labels);
        double[] r = returns.ToArray();
        double[] sums = PrefixSums(r.Length, t => count[t] > 0 && double.IsFinite(r[t]) ? r[t] / count[t] : 0);
        double[] weights = Each(labels, i => Math.Abs(sums[labels.Last(i) + 1] - sums[i]));
        double total = weights.Where(double.IsFinite).Sum();
        int labelled = labels.Labelled().Length;
        return total > 0
            ? Array.ConvertAll(weights, w => w * labelled / total)
            : throw new ArgumentException($"None of the {labelled} labels earned a return: there is nothing to weight "
                + "by.", nameof(returns));
    }

    /// <summary>sums[t] = value(0) + .. + value(t - 1).</summary>
    internal static double[] PrefixSums(int length, Func<int, double> value)
    {
        double[] sums = new double[length + 1];
        for (int t = 0; t < length; t++)
        {
            sums[t + 1] = sums[t] + value(t);
        }

        return sums;
    }

    private static double[] Each(LabelSpans labels, Func<int, double> value)
    {
        double[] values = new double[labels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = labels.HasLabel(i) ? value(i) : double.NaN;
        }

        return values;
    }
}
