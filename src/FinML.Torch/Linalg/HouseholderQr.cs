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
    /// <param name="room">As many elements as <see cref="RoomFor"/> says.</param>
    internal static void Factor(Span<double> a, int m, int n, Span<double> q, int k, Span<double> room)
    {
        int steps = Math.Min(m, n);
        Span<double> sums = room[(steps * m)..];
        for (int j = 0; j < steps; j++)
        {
            Span<double> v = room.Slice(j * m, m);
            v.Clear();
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
                Reflect(v, j, a, m, n, sums[..n]);
            }
            else
            {
                v[j] = 0;
            }

            for (int i = j + 1; i < m; i++)
                a[(i * n) + j] = 0;
        }

        q.Clear();
        for (int i = 0; i < k; i++)
            q[(i * k) + i] = 1;
        for (int j = steps - 1; j >= 0; j--)
            Reflect(room.Slice(j * m, m), j, q, m, k, sums[..k]);
    }

    /// <summary>Elements of the reflectors and of a row of sums.</summary>
    internal static int RoomFor(int m, int n, int k) => (Math.Min(m, n) * m) + Math.Max(n, k);

    /// <summary>x = (I - v v^T) x; v is zero before <paramref name="start"/>.</summary>
    private static void Reflect(ReadOnlySpan<double> v, int start, Span<double> x, int m, int n, Span<double> sums)
    {
        sums.Clear();
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
