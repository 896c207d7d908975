namespace FinML.Torch;

/// <summary>Triangular factors of one matrix, row by row in float64: Cholesky's, and LU with partial pivoting (Golub and
/// Van Loan, Matrix Computations, 4th edition, 4.2 and 3.4).</summary>
internal static class Factorisations
{
    /// <summary>a = L L^T from the lower triangle, in place, zeros above; false where a pivot is not positive.</summary>
    internal static bool Cholesky(Span<double> a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * n, n);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = a.Slice(j * n, n);
                double sum = row[j];
                for (int k = 0; k < j; k++)
                    sum -= row[k] * other[k];
                if (j < i)
                {
                    row[j] = sum / other[j];
                    continue;
                }

                if (!(sum > 0))
                    return false;
                row[i] = Math.Sqrt(sum);
            }

            row[(i + 1)..].Clear();
        }

        return true;
    }

    /// <summary>P a = L U in place, L below the diagonal with ones on it; order[i] is the row of a that became row i.
    /// </summary>
    /// <returns>The sign of the permutation; 0 where a pivot is zero or NaN.</returns>
    internal static int Lu(Span<double> a, int n, Span<int> order)
    {
        int sign = 1;
        bool singular = false;
        for (int i = 0; i < n; i++)
            order[i] = i;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
                pivot = Math.Abs(a[(i * n) + k]) > Math.Abs(a[(pivot * n) + k]) ? i : pivot;
            if (pivot != k)
            {
                for (int j = 0; j < n; j++)
                    (a[(k * n) + j], a[(pivot * n) + j]) = (a[(pivot * n) + j], a[(k * n) + j]);
                (order[k], order[pivot]) = (order[pivot], order[k]);
                sign = -sign;
            }

            double top = a[(k * n) + k];
            if (top == 0 || double.IsNaN(top))
            {
                singular = true;
                continue;
            }

            ReadOnlySpan<double> from = a.Slice(k * n, n);
            for (int i = k + 1; i < n; i++)
            {
                Span<double> row = a.Slice(i * n, n);
                double factor = row[k] / top;
                row[k] = factor;
                for (int j = k + 1; j < n; j++)
                    row[j] -= factor * from[j];
            }
        }

        return singular ? 0 : sign;
    }

    /// <summary>Solves t x = b for m right sides in place, t (n, n) upper or lower triangular, its diagonal taken as
    /// ones where <paramref name="unit"/>.</summary>
    internal static void Triangular(ReadOnlySpan<double> t, int n, Span<double> b, int m, bool upper, bool unit)
    {
        for (int step = 0; step < n; step++)
        {
            int i = upper ? n - 1 - step : step;
            Span<double> row = b.Slice(i * m, m);
            for (int k = upper ? i + 1 : 0; k < (upper ? n : i); k++)
            {
                double factor = t[(i * n) + k];
                ReadOnlySpan<double> known = b.Slice(k * m, m);
                for (int j = 0; j < m; j++)
                    row[j] -= factor * known[j];
            }

            if (unit)
                continue;
            double pivot = t[(i * n) + i];
            for (int j = 0; j < m; j++)
                row[j] /= pivot;
        }
    }
}
