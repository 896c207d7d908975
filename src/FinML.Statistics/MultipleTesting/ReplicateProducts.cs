using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>Sums over replicates of products and of squared differences of two models' resampled means.</summary>
internal static class ReplicateProducts
{
    /// <summary>(k, k): mean over replicates of f of two models, symmetric.</summary>
    internal static double[,] Matrix(double[][] rows, bool differences, int maxThreads)
    {
        int k = rows.Length;
        var matrix = new double[k, k];
        Parallel.For(0, k, BootstrapMeans.Threads(maxThreads), i =>
        {
            for (int j = 0; j <= i; j++)
            {
                double value = (differences ? Distance(rows[i], rows[j]) : Product(rows[i], rows[j])) / rows[i].Length;
                matrix[i, j] = value;
                matrix[j, i] = value;
            }
        });
        return matrix;
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int width = Vector512<double>.Count, i = 0;
        Vector512<double> s0 = default, s1 = default;
        for (; i + 2 * width <= a.Length; i += 2 * width)
        {
            s0 += Vector512.Create(a[i..]) * Vector512.Create(b[i..]);
            s1 += Vector512.Create(a[(i + width)..]) * Vector512.Create(b[(i + width)..]);
        }

        double sum = Vector512.Sum(s0 + s1);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int width = Vector512<double>.Count, i = 0;
        Vector512<double> s0 = default, s1 = default;
        for (; i + 2 * width <= a.Length; i += 2 * width)
        {
            Vector512<double> d0 = Vector512.Create(a[i..]) - Vector512.Create(b[i..]);
            Vector512<double> d1 = Vector512.Create(a[(i + width)..]) - Vector512.Create(b[(i + width)..]);
            s0 += d0 * d0;
            s1 += d1 * d1;
        }

        double sum = Vector512.Sum(s0 + s1);
        for (; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
