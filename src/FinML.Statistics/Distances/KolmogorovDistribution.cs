using MathNet.Numerics;

namespace FinML.Statistics;

/// <summary>Upper tails of the Kolmogorov-Smirnov statistics.</summary>
internal static class KolmogorovDistribution
{
    /// <summary>
    /// The limit at z = sqrt(n) d: 2 sum (-1)^(k-1) exp(-2 k^2 z^2), for small z by the theta function's other series;
    /// exp(-2 z^2) for one side.
    /// </summary>
    internal static double Limit(double z, Alternative alternative)
    {
        if (alternative != Alternative.TwoSided)
            return Math.Exp(-2 * z * z);
        if (z < 0.05)
            return 1; // the rest is below 10^-200
        double sum = 0;
        if (z < 1)
        {
            for (int k = 1; k < 20; k += 2)
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * z * z));
            return 1 - Math.Sqrt(2 * Math.PI) / z * sum;
        }

        for (int k = 1; k < 10; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * z * z);
        return sum;
    }

    /// <summary>
    /// P(D+ &gt;= d) = d sum_j C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j), j up to n (1 - d), of Birnbaum and Tingey
    /// (1951); all terms are positive.
    /// </summary>
    internal static double OneSided(int n, double d)
    {
        if (d <= 0)
            return 1;
        if (d >= 1)
            return 0;
        double sum = Math.Exp(n * Math.Log(1 - d)), logFactorial = SpecialFunctions.GammaLn(n + 1);
        for (int j = 1; j < n; j++)
        {
            double left = 1 - d - j / (double)n;
            if (left <= 0)
                break;
            double choose = logFactorial - SpecialFunctions.GammaLn(j + 1) - SpecialFunctions.GammaLn(n - j + 1);
            sum += d * Math.Exp(choose + (j - 1) * Math.Log(d + j / (double)n) + (n - j) * Math.Log(left));
        }

        return Math.Min(sum, 1);
    }

    /// <summary>
    /// P(D &gt;= d): by the matrix power of Marsaglia, Tsang and Wang (2003), and in the tail by twice the one-sided
    /// probability, which is exact from d = 1/2 on and right to 10^-11 of itself from n d^2 = 4.5 on (both sides at
    /// once have probability below exp(-8 n d^2); Simard and L'Ecuyer 2011).
    /// </summary>
    internal static double TwoSided(int n, double d)
    {
        if (2 * n * d <= 1)
            return 1;
        if (d >= 0.5 || n * d * d >= 4.5)
            return Math.Min(1, 2 * OneSided(n, d));
        return 1 - Below(n, d);
    }

    /// <summary>
    /// P(D+ or D &gt;= bound / (m n)) for two samples with ties where a run of equal values of the pooled sample ends:
    /// all paths from (0, 0) to (m, n) are equally likely, and f(i, j) is the share of those to (i, j) that have
    /// touched the bound (Schröer and Trenkler 1995, turned so that small tails keep their digits).
    /// </summary>
    internal static double TwoSample(int m, int n, long bound, bool[] ends, Alternative alternative)
    {
        if (bound <= 0)
            return 1;
        var f = new double[n + 1]; // of the row of i before, then of i
        for (int i = 0; i <= m; i++)
        {
            for (int j = 0; j <= n; j++)
            {
                if (i + j == 0)
                    continue;
                long distance = (long)i * n - (long)j * m;
                if (ends[i + j] && (alternative switch
                {
                    Alternative.Greater => distance >= bound,
                    Alternative.Less => -distance >= bound,
                    _ => Math.Abs(distance) >= bound,
                }))
                    f[j] = 1;
                else
                    f[j] = ((i > 0 ? i * f[j] : 0) + (j > 0 ? j * f[j - 1] : 0)) / (i + j);
            }
        }

        return f[n];
    }

    /// <summary>P(D &lt; d) = n! / n^n times the middle entry of H^n, d = (k - h) / n, H of size 2 k - 1.</summary>
    private static double Below(int n, double d)
    {
        int k = (int)Math.Floor(n * d) + 1, size = 2 * k - 1;
        double h = k - n * d;
        var matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
                matrix[i * size + j] = i - j + 1 < 0 ? 0 : 1;
        }

        for (int i = 0; i < size; i++)
        {
            matrix[i * size] -= Math.Pow(h, i + 1);
            matrix[(size - 1) * size + i] -= Math.Pow(h, size - i);
        }

        matrix[(size - 1) * size] += 2 * h - 1 > 0 ? Math.Pow(2 * h - 1, size) : 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= Math.Min(i, size - 1); j++)
            {
                for (int g = 2; g <= i - j + 1; g++)
                    matrix[i * size + j] /= g;
            }
        }

        (double[] power, int exponent) = Power(matrix, size, n);
        double result = power[(k - 1) * size + k - 1];
        for (int i = 1; i <= n; i++)
        {
            result = result * i / n;
            if (result < 1e-140)
            {
                result *= 1e140;
                exponent -= 140;
            }
        }

        return result * Math.Pow(10, exponent);
    }

    /// <summary>The matrix to the n, its entries times 10^exponent.</summary>
    private static (double[] Power, int Exponent) Power(double[] matrix, int size, int n)
    {
        double[]? power = null;
        double[] square = matrix;
        int powerExponent = 0, squareExponent = 0;
        for (int left = n; ; left >>= 1)
        {
            if ((left & 1) == 1)
            {
                power = power is null ? square : Product(power, square, size);
                powerExponent += squareExponent;
                powerExponent += Rescale(ref power, size);
            }

            if (left <= 1)
                return (power!, powerExponent);
            square = Product(square, square, size);
            squareExponent = 2 * squareExponent + Rescale(ref square, size);
        }
    }

    private static int Rescale(ref double[] matrix, int size)
    {
        if (matrix[size / 2 * size + size / 2] <= 1e140)
            return 0;
        matrix = Array.ConvertAll(matrix, v => v * 1e-140);
        return 140;
    }

    private static double[] Product(double[] a, double[] b, int size)
    {
        var product = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            Span<double> row = product.AsSpan(i * size, size);
            for (int k = 0; k < size; k++)
            {
                double factor = a[i * size + k];
                ReadOnlySpan<double> other = b.AsSpan(k * size, size);
                for (int j = 0; j < row.Length; j++)
                    row[j] += factor * other[j];
            }
        }

        return product;
    }
}
