using System.Numerics;

namespace FinML.Markets;

/// <summary>Means of all windows of a series, from one running sum over the lag: newest first, the same bits as
/// <see cref="MovingAverageCrossover.Mean"/>.</summary>
internal static class RunningMeans
{
    /// <summary>The mean of each window at each row, (rows); 0 before the first whole window.</summary>
    internal static Dictionary<int, double[]> Of(double[] values, IEnumerable<int> windows)
    {
        var wanted = new SortedSet<int>(windows);
        var means = new Dictionary<int, double[]>(wanted.Count);
        double[] sums = new double[values.Length];
        int lag = 0;
        foreach (int window in wanted)
        {
            for (; lag < Math.Min(window, values.Length); lag++)
                AddLag(sums, values, lag);
            double[] mean = new double[values.Length];
            for (int t = window - 1; t < mean.Length; t++)
                mean[t] = sums[t] / window;
            means[window] = mean;
        }

        return means;
    }

    private static void AddLag(double[] sums, double[] values, int lag)
    {
        int t = lag;
        for (; t + Vector<double>.Count <= sums.Length; t += Vector<double>.Count)
            (new Vector<double>(sums, t) + new Vector<double>(values, t - lag)).CopyTo(sums, t);
        for (; t < sums.Length; t++)
            sums[t] += values[t - lag];
    }
}
