namespace FinML.Statistics;

/// <summary>
/// What choosing the best of N does, from two sides: the expected best of n trials that were made, and the number of
/// independent worthless trials whose expected best would be as good. The expectation under the null is
/// <see cref="DeflatedSharpeRatio.ExpectedMaximum"/>: Bailey and Lopez de Prado (2014), the false strategy theorem.
/// </summary>
public static class BestOfTrials
{
    /// <summary>
    /// The expected largest of n of N values drawn without replacement, for n = 1 .. N: the mean over all orders in
    /// which the trials could have been made of the best among the first n. The largest is the i-th smallest of all
    /// with probability C(i - 1, n - 1) / C(N, n).
    /// </summary>
    /// <param name="values">N finite values, 1 or more.</param>
    /// <returns>(N): element n - 1 is that of n.</returns>
    public static double[] Curve(ReadOnlySpan<double> values)
    {
        double[] sorted = Sorted(values);
        var curve = new double[sorted.Length];
        for (int n = 1; n <= sorted.Length; n++)
            curve[n - 1] = Expected(sorted, n);
        return curve;
    }

    /// <summary>The expected largest of n of the values, drawn without replacement.</summary>
    /// <param name="values">N finite values, 1 or more.</param>
    /// <param name="count">n, from 1 to N.</param>
    public static double Expected(ReadOnlySpan<double> values, int count)
    {
        double[] sorted = Sorted(values);
        if (count < 1 || count > sorted.Length)
            throw new ArgumentOutOfRangeException(
                nameof(count), $"count is {count}; it must be from 1 to {sorted.Length}, the number of values.");
        return Expected(sorted, count);
    }

    /// <summary>
    /// The number of independent standard normal trials whose expected maximum is the given one; 1 where that is 0 or
    /// less. The inverse of <see cref="DeflatedSharpeRatio.ExpectedMaximum"/>.
    /// </summary>
    /// <param name="expectedMaximum">In standard errors of a trial's Sharpe ratio; up to 8.</param>
    public static double EquivalentTrials(double expectedMaximum)
    {
        if (!(expectedMaximum <= 8))
            throw new ArgumentOutOfRangeException(
                nameof(expectedMaximum), $"expectedMaximum is {Guard.Text(expectedMaximum)}; it must be 8 or less.");
        if (expectedMaximum <= 0)
            return 1;
        double low = 0, high = 40; // of ln N
        for (int step = 0; step < 200 && high - low > 1e-14 * high; step++)
        {
            double middle = 0.5 * (low + high);
            if (DeflatedSharpeRatio.ExpectedMaximum(Math.Exp(middle)) < expectedMaximum)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp(0.5 * (low + high));
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        Guard.Series(values, 1, nameof(values));
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static double Expected(double[] sorted, int count)
    {
        int n = sorted.Length;
        double probability = (double)count / n, sum = 0; // that the largest of all is among the n
        for (int i = n; i >= count; i--)
        {
            sum += probability * sorted[i - 1];
            if (i > count)
                probability *= (double)(i - count) / (i - 1);
        }

        return sum;
    }
}
