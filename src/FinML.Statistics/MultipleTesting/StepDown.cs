namespace FinML.Statistics;

/// <summary>
/// Step-down adjusted p-values of maxima (Westfall and Young 1993, algorithm 4.1; Romano and Wolf 2016): the i-th
/// largest statistic is held to the null distribution of the maximum over itself and all smaller ones, and no p-value
/// may be below that of a larger statistic.
/// </summary>
internal static class StepDown
{
    /// <param name="observed">The statistic of each hypothesis, large for evidence.</param>
    /// <param name="raise">Given a hypothesis and the running maxima by replicate: raises them to its null values.
    /// </param>
    /// <param name="replicates">How many there are.</param>
    internal static double[] Adjust(double[] observed, Action<int, double[]> raise, int replicates)
    {
        int[] order = [.. Enumerable.Range(0, observed.Length).OrderByDescending(i => observed[i])];
        var maxima = new double[replicates];
        Array.Fill(maxima, double.NegativeInfinity);
        var adjusted = new double[observed.Length];
        for (int i = order.Length - 1; i >= 0; i--)
        {
            raise(order[i], maxima);
            adjusted[order[i]] = MaximumTest.PValue(observed[order[i]], maxima).P;
        }

        for (int i = 1; i < order.Length; i++)
            adjusted[order[i]] = Math.Max(adjusted[order[i]], adjusted[order[i - 1]]);
        return adjusted;
    }
}
