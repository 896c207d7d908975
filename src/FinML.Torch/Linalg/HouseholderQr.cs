namespace FinML.Torch;

/// <summary>a = Q R by Householder's reflections (Golub and Van Loan, 5.2), one matrix, row by row in float64. The
/// diagonal of R has LAPACK's signs.</summary>
internal static class HouseholderQr
{
    /// <param name="a">(m, n); overwritten by R, zeros below the diagonal.</param>
    /// <param name="m">Rows.</param>
    /// <param name="n">Columns.</param>
    /// <param name="q">(m, k): the first k columns of Q.</param>
    /// <param name="k">At most m.</param>
    internal static void Factor(Span<double> a, int m, int n, Span<double> q, int k)
    {
        int steps = Math.Min(m, n);
        double[][] reflectors = new double[steps][];
        for (int j = 0; j < steps; j++)
        {
            double[] v = new double[m];
            double squares = 0;
            for (int i = j; i < m; i++)
            {
                v[i] = a[(i * n) + j];
                squares += i > j ? v[i] * v[i] : 0;
            }

            // A column that is zero below the diagonal stays as it is, as in LAPACK.
            if (squares != 0)
            {
                double norm = Math.Sqrt((v[j] * v[j]) + squares);
                v[j] += v[j] >= 0 ? norm : -norm;
                double scale = Math.Sqrt(2 / ((v[j] * v[j]) + squares));
                for (int i = j; i < m; i++)
                    v[i] *= scale;
                Reflect(v, j, a, m, n);
            }
            else
            {
                v[j] = 0;
            }

            reflectors[j] = v;
            for (int i = j + 1; i < m; i++)
                a[(i * n) + j] = 0;
        }

        q.Clear();
        for (int i = 0; i < k; i++)
            q[(i * k) + i] = 1;
        for (int j = steps - 1; j >= 0; j--)
            Reflect(reflectors[j], j, q, m, k);
    }

    /// <summary>x = (I - v v^T) x; v is zero before <paramref name="start"/>.</summary>
    private static void Reflect(double[] v, int start, Span<double> x, int m, int n)
    {
        double[] sums = new double[n];
        for (int i = start; i < m; i++)
        {
            for (int j = 0; j < n; j++)
                sums[j] += v[i] * x[(i * n) + j];
        }

        for (int i = start; i < m; i++)
        {
            for (int j = 0; j < n; j++)
                x[(i * n) + j] -= v[i] * sums[j];
        }
    }
}
