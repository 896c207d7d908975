namespace FinML.Torch;

/// <summary>Eigenvalues of symmetric matrices and singular values by Jacobi's rotations (Golub and Van Loan, 8.5 and
/// 8.6.3): slower than tridiagonal methods above a few hundred rows, but accurate to the last digits.</summary>
internal static class JacobiRotations
{
    private const int MaxSweeps = 60;
    private const double Epsilon = 2.3e-16;

    /// <summary>a = V diag(values) V^T, values rising; a, which is symmetric, is overwritten, V's columns are the
    /// eigenvectors, the largest entry of each positive. False where the elements are not finite.</summary>
    internal static bool Eigen(Span<double> a, int n, Span<double> values, Span<double> v)
    {
        v.Clear();
        double scale = 0;
        for (int i = 0; i < n; i++)
        {
            v[(i * n) + i] = 1;
            for (int j = 0; j < n; j++)
                scale = Math.Max(scale, Math.Abs(a[(i * n) + j]));
        }

        if (!double.IsFinite(scale))
            return false;
        bool rotated = true;
        for (int sweep = 0; rotated; sweep++)
        {
            if (sweep == MaxSweeps)
                return false;
            rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                    rotated |= RotateSymmetric(a, v, n, p, q, 1e-17 * scale);
            }
        }

        for (int i = 0; i < n; i++)
            values[i] = a[(i * n) + i];
        for (int j = 0; j < n; j++)
        {
            int least = j;
            for (int i = j + 1; i < n; i++)
                least = values[i] < values[least] ? i : least;
            (values[j], values[least]) = (values[least], values[j]);
            Swap(v, n, n, j, least);
            Orient(v, n, n, j);
        }

        return true;
    }

    /// <summary>
    /// a = U diag(s) V^T for m at least n: a's columns are rotated until they are orthogonal; they are U diag(s) then.
    /// Columns of U of singular values that are zero to rounding are zero. Values fall. False where the elements are
    /// not finite.
    /// </summary>
    internal static bool Singular(Span<double> a, int m, int n, Span<double> s, Span<double> v)
    {
        v.Clear();
        for (int i = 0; i < n; i++)
            v[(i * n) + i] = 1;
        double total = 0;
        foreach (double x in a)
            total += x * x;
        if (!double.IsFinite(total))
            return false;
        // A column of this size is rounding left over by others: its direction means nothing.
        double noise = total * Epsilon * Epsilon;
        bool rotated = true;
        for (int sweep = 0; rotated; sweep++)
        {
            if (sweep == MaxSweeps)
                return false;
            rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                    rotated |= RotateColumns(a, v, m, n, p, q, noise);
            }
        }

        for (int j = 0; j < n; j++)
        {
            double squares = 0;
            for (int i = 0; i < m; i++)
                squares += a[(i * n) + j] * a[(i * n) + j];
            s[j] = Math.Sqrt(squares);
        }

        for (int j = 0; j < n; j++)
        {
            int largest = j;
            for (int i = j + 1; i < n; i++)
                largest = s[i] > s[largest] ? i : largest;
            (s[j], s[largest]) = (s[largest], s[j]);
            Swap(a, m, n, j, largest);
            Swap(v, n, n, j, largest);
            bool known = s[j] > Math.Max(m, n) * Epsilon * s[0];
            for (int i = 0; i < m; i++)
                a[(i * n) + j] = known ? a[(i * n) + j] / s[j] : 0;
        }

        return true;
    }

    private static bool RotateSymmetric(Span<double> a, Span<double> v, int n, int p, int q, double negligible)
    {
        double off = a[(p * n) + q];
        if (Math.Abs(off) <= negligible)
            return false;
        (double c, double s) = Angle((a[(q * n) + q] - a[(p * n) + p]) / (2 * off));
        for (int i = 0; i < n; i++)
        {
            (double x, double y) = (a[(i * n) + p], a[(i * n) + q]);
            (a[(i * n) + p], a[(i * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
            (x, y) = (v[(i * n) + p], v[(i * n) + q]);
            (v[(i * n) + p], v[(i * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
        }

        for (int j = 0; j < n; j++)
        {
            (double x, double y) = (a[(p * n) + j], a[(q * n) + j]);
            (a[(p * n) + j], a[(q * n) + j]) = ((c * x) - (s * y), (s * x) + (c * y));
        }

        a[(p * n) + q] = a[(q * n) + p] = 0;
        return true;
    }

    private static bool RotateColumns(Span<double> a, Span<double> v, int m, int n, int p, int q, double noise)
    {
        double alpha = 0, beta = 0, gamma = 0;
        for (int i = 0; i < m; i++)
        {
            (double x, double y) = (a[(i * n) + p], a[(i * n) + q]);
            alpha += x * x;
            beta += y * y;
            gamma += x * y;
        }

        if (Math.Min(alpha, beta) <= noise || !(Math.Abs(gamma) > 1e-15 * Math.Sqrt(alpha * beta)))
            return false;
        (double c, double s) = Angle((beta - alpha) / (2 * gamma));
        Rotate(a, m, n, p, q, c, s);
        Rotate(v, n, n, p, q, c, s);
        return true;
    }

    private static void Rotate(Span<double> a, int m, int n, int p, int q, double c, double s)
    {
        for (int i = 0; i < m; i++)
        {
            (double x, double y) = (a[(i * n) + p], a[(i * n) + q]);
            (a[(i * n) + p], a[(i * n) + q]) = ((c * x) - (s * y), (s * x) + (c * y));
        }
    }

    /// <summary>Cosine and sine of the smaller rotation, from the cotangent of twice its angle.</summary>
    private static (double Cosine, double Sine) Angle(double cotangent)
    {
        double tangent = 1 / (Math.Abs(cotangent) + double.Hypot(1, cotangent));
        tangent = cotangent < 0 ? -tangent : tangent;
        double cosine = 1 / double.Hypot(1, tangent);
        return (cosine, tangent * cosine);
    }

    private static void Swap(Span<double> x, int rows, int columns, int p, int q)
    {
        for (int i = 0; i < rows && p != q; i++)
            (x[(i * columns) + p], x[(i * columns) + q]) = (x[(i * columns) + q], x[(i * columns) + p]);
    }

    private static void Orient(Span<double> v, int rows, int columns, int j)
    {
        int largest = 0;
        for (int i = 1; i < rows; i++)
            largest = Math.Abs(v[(i * columns) + j]) > Math.Abs(v[(largest * columns) + j]) ? i : largest;
        if (v[(largest * columns) + j] >= 0)
            return;
        for (int i = 0; i < rows; i++)
            v[(i * columns) + j] = -v[(i * columns) + j];
    }
}
