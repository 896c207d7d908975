using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// The elimination by T_max: t_i = (loss_i - average loss of the set) / se_i, se_i from the resamples of that
/// difference. The model with the largest t_i goes; the test holds max_i t_i to its bootstrap distribution.
/// </summary>
internal static class MaximumElimination
{
    private const int ChunkSize = 128;

    /// <summary>The models in the order of their elimination, with the p-value of the test before each.</summary>
    internal static (int[] Order, double[] PValues) Run(double[] losses, BootstrapMeans performance)
    {
        int k = losses.Length, replicates = performance.Replicates;
        double[][] centred = WithoutCommonPart(performance.Centred);
        double[,] products = ReplicateProducts.Matrix(centred, differences: false, performance.MaxThreads);
        (int[] order, double[] statistics, double[][] scales) = Order(losses, products);

        var extreme = new int[k];
        extreme[k - 1] = replicates;
        int chunks = (replicates + ChunkSize - 1) / ChunkSize;
        Parallel.For(0, chunks, BootstrapMeans.Threads(performance.MaxThreads), chunk =>
        {
            int first = chunk * ChunkSize, length = Math.Min(ChunkSize, replicates - first);
            Span<double> sum = stackalloc double[ChunkSize], maxima = stackalloc double[ChunkSize];
            sum.Clear();
            foreach (int model in order)
                Add(sum[..length], centred[model].AsSpan(first, length), 1);
            for (int step = 0; step < k - 1; step++)
            {
                maxima.Fill(double.NegativeInfinity);
                for (int i = step; i < k; i++)
                {
                    Raise(
                        maxima[..length], centred[order[i]].AsSpan(first, length), sum[..length], 1.0 / (k - step),
                        scales[step][i - step]);
                }

                int count = 0;
                foreach (double maximum in maxima[..length])
                    count += maximum >= statistics[step] ? 1 : 0;
                Interlocked.Add(ref extreme[step], count);
                Add(sum[..length], centred[order[step]].AsSpan(first, length), -1);
            }
        });
        return (order, [.. extreme.Select(e => (e + 1.0) / (replicates + 1.0))]);
    }

    /// <summary>Losses of the resamples less their average over all models, which no difference sees: the products
    /// keep their digits where the models are much alike.</summary>
    private static double[][] WithoutCommonPart(double[][] gains)
    {
        int k = gains.Length, replicates = gains[0].Length;
        var average = new double[replicates];
        foreach (double[] row in gains)
            Add(average, row, 1.0 / k);
        return [.. gains.Select(row =>
        {
            var own = new double[replicates];
            for (int b = 0; b < replicates; b++)
                own[b] = average[b] - row[b];
            return own;
        })];
    }

    /// <summary>The order, the statistic before each elimination, and 1 / se_i of the models of that set, in the
    /// order of elimination.</summary>
    private static (int[] Order, double[] Statistics, double[][] Scales) Order(double[] losses, double[,] products)
    {
        int k = losses.Length;
        var left = new List<int>(Enumerable.Range(0, k));
        var order = new List<int>(k);
        var statistics = new double[k];
        var bySet = new double[k - 1][]; // by step, by model
        double[] rowSums = new double[k]; // over the set
        double total = 0, loss = 0;
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
                rowSums[i] += products[i, j];
            total += rowSums[i];
            loss += losses[i];
        }

        for (int step = 0; step < k - 1; step++)
        {
            int m = left.Count, goes = left[0];
            double[] scale = bySet[step] = new double[k];
            statistics[step] = double.NegativeInfinity;
            foreach (int i in left)
            {
                // The variance of c_i less the average of the set's c.
                double variance = products[i, i] - 2 * rowSums[i] / m + total / ((double)m * m);
                scale[i] = variance > 1e-14 * products[i, i] ? 1 / Math.Sqrt(variance) : 0;
                double t = (losses[i] - loss / m) * scale[i];
                if (t > statistics[step])
                    (statistics[step], goes) = (t, i);
            }

            order.Add(goes);
            left.Remove(goes);
            loss -= losses[goes];
            total -= 2 * rowSums[goes] - products[goes, goes];
            for (int i = 0; i < k; i++)
                rowSums[i] -= products[i, goes];
        }

        order.Add(left[0]);
        double[][] scales = [.. bySet.Select((scale, step) => order.Skip(step).Select(i => scale[i]).ToArray())];
        return ([.. order], statistics, scales);
    }

    private static void Add(Span<double> sum, ReadOnlySpan<double> values, double factor)
    {
        for (int b = 0; b < sum.Length; b++)
            sum[b] += factor * values[b];
    }

    /// <summary>maxima = max(maxima, (values - share x sum) scale).</summary>
    private static void Raise(
        Span<double> maxima, ReadOnlySpan<double> values, ReadOnlySpan<double> sum, double share, double scale)
    {
        int width = Vector512<double>.Count, b = 0;
        Vector512<double> shares = Vector512.Create(share), scales = Vector512.Create(scale);
        for (; b + width <= maxima.Length; b += width)
        {
            Vector512<double> t = (Vector512.Create(values[b..]) - Vector512.Create(sum[b..]) * shares) * scales;
            Vector512.Max(Vector512.Create<double>(maxima[b..]), t).CopyTo(maxima[b..]);
        }

        for (; b < maxima.Length; b++)
            maxima[b] = Math.Max(maxima[b], (values[b] - sum[b] * share) * scale);
    }
}
