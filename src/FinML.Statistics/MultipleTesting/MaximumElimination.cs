using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// The elimination by T_max: t_i = (loss_i - average loss of the set) / se_i, se_i from the resamples of that
/// difference. The model with the largest t_i goes; the test holds max_i t_i to its bootstrap distribution.
/// </summary>
internal static class MaximumElimination
{
    /// <summary>The models in the order of their elimination, with the p-value of the test before each.</summary>
    internal static (int[] Order, double[] PValues) Run(double[] losses, BootstrapMeans performance)
    {
        int k = losses.Length, replicates = performance.Replicates;
        double[][] centred = CommonPart.Without(performance.Centred);
        double[,] products = ReplicateProducts.Matrix(centred, performance.MaxThreads);
        (int[] order, double[] statistics, double[][] scales) = Order(losses, products);
        var extreme = new int[k];
        extreme[k - 1] = replicates;
        ReplicateTile.ForEach(centred, order, performance.MaxThreads, tile =>
        {
            Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default; // sums over the set
            for (int model = k - 1; model >= 0; model--)
            {
                ReadOnlySpan<Vector512<double>> own = tile.Values.Slice(4 * model, 4);
                s0 += own[0];
                s1 += own[1];
                s2 += own[2];
                s3 += own[3];
                if (model == k - 1)
                    continue;
                Vector512<double> share = Vector512.Create(1.0 / (k - model));
                Vector512<double> a0 = s0 * share, a1 = s1 * share, a2 = s2 * share, a3 = s3 * share;
                Vector512<double> m0 = Vector512.Create(double.NegativeInfinity), m1 = m0, m2 = m0, m3 = m0;
                ReadOnlySpan<Vector512<double>> set = tile.Values[(4 * model)..];
                double[] weights = scales[model];
                for (int i = 0; i < weights.Length; i++)
                {
                    Vector512<double> weight = Vector512.Create(weights[i]);
                    ReadOnlySpan<Vector512<double>> values = set.Slice(4 * i, 4);
                    m0 = Vector512.Max(m0, (values[0] - a0) * weight);
                    m1 = Vector512.Max(m1, (values[1] - a1) * weight);
                    m2 = Vector512.Max(m2, (values[2] - a2) * weight);
                    m3 = Vector512.Max(m3, (values[3] - a3) * weight);
                }

                Interlocked.Add(ref extreme[model], tile.Reaching(m0, m1, m2, m3, statistics[model]));
            }
        });
        return (order, [.. extreme.Select(e => (e + 1.0) / (replicates + 1.0))]);
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
}
