using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// The elimination by T_R: t_ij = (loss_i - loss_j) / se_ij, se_ij from the resamples. The model with the largest t_ij
/// against some other goes; the test of a set holds max_ij |t_ij| to its bootstrap distribution.
/// </summary>
internal static class RangeElimination
{
    /// <summary>The models in the order of their elimination, with the p-value of the test before each.</summary>
    internal static (int[] Order, double[] PValues) Run(double[] losses, BootstrapMeans performance)
    {
        int k = losses.Length;
        double[][] centred = CommonPart.Without(performance.Centred);
        double[,] products = ReplicateProducts.Matrix(centred, performance.MaxThreads);
        var scale = new double[k, k];
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                // The variance of c_i - c_j. Two models that are one have none, and no test between them.
                double variance = products[i, i] + products[j, j] - 2 * products[i, j];
                scale[i, j] = variance > 1e-14 * products[i, i] ? 1 / Math.Sqrt(variance) : 0;
            }
        }

        (int[] order, double[] statistics) = Order(losses, scale);
        int[] extreme = Count(order, statistics, scale, centred, performance.MaxThreads);
        return (order, [.. extreme.Select(e => (e + 1.0) / (performance.Replicates + 1.0))]);
    }

    /// <summary>The order, and the statistic of the set before each elimination (0 for the last model).</summary>
    private static (int[] Order, double[] Statistics) Order(double[] losses, double[,] scale)
    {
        int k = losses.Length;
        var left = new List<int>(Enumerable.Range(0, k));
        var worst = new int[k]; // by model: the opponent against which it looks worst
        foreach (int i in left)
            worst[i] = Opponent(i);
        var order = new int[k];
        var statistics = new double[k];
        for (int step = 0; step < k - 1; step++)
        {
            int goes = left[0];
            foreach (int i in left)
            {
                if (T(i, worst[i]) > T(goes, worst[goes]))
                    goes = i;
            }

            order[step] = goes;
            statistics[step] = T(goes, worst[goes]);
            left.Remove(goes);
            foreach (int i in left)
            {
                if (worst[i] == goes)
                    worst[i] = Opponent(i);
            }
        }

        order[k - 1] = left[0];
        return (order, statistics);

        double T(int i, int j) => (losses[i] - losses[j]) * scale[i, j];

        int Opponent(int i)
        {
            int found = -1;
            foreach (int j in left)
            {
                if (j != i && (found < 0 || T(i, j) > T(i, found)))
                    found = j;
            }

            return found < 0 ? i : found;
        }
    }

    /// <summary>By step: in how many replicates the maximum over the set reaches the statistic.</summary>
    private static int[] Count(int[] order, double[] statistics, double[,] scale, double[][] centred, int maxThreads)
    {
        int k = order.Length;
        double[][] scales = [.. Enumerable.Range(0, k).Select( // of a step against those that stay longer
            step => Enumerable.Range(step + 1, k - step - 1).Select(j => scale[order[step], order[j]]).ToArray())];
        var extreme = new int[k];
        extreme[k - 1] = centred[0].Length; // the last model is never eliminated: p = 1
        ReplicateTile.ForEach(centred, order, maxThreads, tile =>
        {
            Vector512<double> m0 = default, m1 = default, m2 = default, m3 = default; // |t| is never below 0
            for (int step = k - 2; step >= 0; step--)
            {
                ReadOnlySpan<Vector512<double>> own = tile.Values.Slice(4 * step, 4);
                Vector512<double> a0 = own[0], a1 = own[1], a2 = own[2], a3 = own[3];
                ReadOnlySpan<Vector512<double>> later = tile.Values[(4 * (step + 1))..];
                double[] weights = scales[step];
                for (int j = 0; j < weights.Length; j++)
                {
                    Vector512<double> weight = Vector512.Create(weights[j]);
                    ReadOnlySpan<Vector512<double>> other = later.Slice(4 * j, 4);
                    m0 = Vector512.Max(m0, Vector512.Abs(a0 - other[0]) * weight);
                    m1 = Vector512.Max(m1, Vector512.Abs(a1 - other[1]) * weight);
                    m2 = Vector512.Max(m2, Vector512.Abs(a2 - other[2]) * weight);
                    m3 = Vector512.Max(m3, Vector512.Abs(a3 - other[3]) * weight);
                }

                Interlocked.Add(ref extreme[step], tile.Reaching(m0, m1, m2, m3, statistics[step]));
            }
        });
        return extreme;
    }
}
