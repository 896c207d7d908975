using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>Mean products of the replicates of all pairs of models.</summary>
internal static class ReplicateProducts
{
    private const int ChunkSize = 1024; // replicates: four rows of them stay in the first cache

    /// <summary>(k, k), symmetric: the mean over replicates of rows[i] rows[j].</summary>
    internal static double[,] Matrix(double[][] rows, int maxThreads)
    {
        int k = rows.Length, replicates = rows[0].Length;
        var matrix = new double[k, k];
        Parallel.For(0, (k + 3) / 4, BootstrapMeans.Threads(maxThreads), block =>
        {
            int i = 4 * block;
            for (int first = 0; first < replicates; first += ChunkSize)
            {
                int length = Math.Min(ChunkSize, replicates - first);
                for (int j = 0; j < Math.Min(i + 4, k); j++)
                    Add(matrix, rows, i, j, first, length);
            }
        });
        for (int i = 0; i < k; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] /= replicates;
                matrix[j, i] = matrix[i, j];
            }
        }

        return matrix;
    }

    /// <summary>The sums of a chunk for rows i .. i + 3 against row j; the entries above the diagonal are filled in
    /// later.</summary>
    private static void Add(double[,] matrix, double[][] rows, int i, int j, int first, int length)
    {
        int last = rows.Length - 1, width = Vector512<double>.Count, b = 0;
        ReadOnlySpan<double> other = rows[j].AsSpan(first, length);
        ReadOnlySpan<double> row0 = rows[i].AsSpan(first, length);
        ReadOnlySpan<double> row1 = rows[Math.Min(i + 1, last)].AsSpan(first, length);
        ReadOnlySpan<double> row2 = rows[Math.Min(i + 2, last)].AsSpan(first, length);
        ReadOnlySpan<double> row3 = rows[Math.Min(i + 3, last)].AsSpan(first, length);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; b + width <= length; b += width)
        {
            Vector512<double> values = Vector512.Create(other[b..]);
            s0 += values * Vector512.Create(row0[b..]);
            s1 += values * Vector512.Create(row1[b..]);
            s2 += values * Vector512.Create(row2[b..]);
            s3 += values * Vector512.Create(row3[b..]);
        }

        double t0 = Vector512.Sum(s0), t1 = Vector512.Sum(s1), t2 = Vector512.Sum(s2), t3 = Vector512.Sum(s3);
        for (; b < length; b++)
        {
            t0 += other[b] * row0[b];
            t1 += other[b] * row1[b];
            t2 += other[b] * row2[b];
            t3 += other[b] * row3[b];
        }

        matrix[i, j] += t0;
        if (i + 1 <= last)
            matrix[i + 1, j] += t1;
        if (i + 2 <= last)
            matrix[i + 2, j] += t2;
        if (i + 3 <= last)
            matrix[i + 3, j] += t3;
    }
}
