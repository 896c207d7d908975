using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Long-run covariance of k dependent series: Parzen kernel with the automatic bandwidth of Andrews (1991),
/// S = 2.6614 (alpha n)^(1/5), and the degrees-of-freedom factor n / (n - k), optionally prewhitened by a VAR(1) as in
/// Andrews and Monahan (1992). As in the programs of Ledoit and Wolf (2008).
/// </summary>
internal static class ParzenCovariance
{
    /// <summary>The variance of sqrt(n) times the mean of one series whose mean is 0.</summary>
    internal static double PrewhitenedVariance(double[] values) =>
        Prewhitened(DenseMatrix.OfColumnArrays(values))[0, 0];

    /// <summary>n / (n - k) sum_j k(j / S) (Gamma_j + Gamma_j').</summary>
    /// <param name="v">(n, k), columns of mean 0.</param>
    internal static Matrix<double> Plain(Matrix<double> v)
    {
        int n = v.RowCount;
        double bandwidth = Math.Min(2.6614 * Math.Pow(Alpha(v) * n, 0.2), n - 1);
        Matrix<double> psi = Covariance(v, 0);
        for (int j = 1; j < bandwidth; j++)
        {
            Matrix<double> gamma = Covariance(v, j);
            psi += Parzen(j / bandwidth) * (gamma + gamma.Transpose());
        }

        return psi * (n / (n - (double)v.ColumnCount));
    }

    /// <summary>
    /// VAR(1) without constant, singular values held to 0.97; the residuals' covariance is recoloured.
    /// </summary>
    internal static Matrix<double> Prewhitened(Matrix<double> v)
    {
        int n = v.RowCount, k = v.ColumnCount;
        Matrix<double> before = v.SubMatrix(0, n - 1, 0, k), after = v.SubMatrix(1, n - 1, 0, k);
        var svd = before.QR().Solve(after).Transpose().Svd(); // A with v_t = A v_{t-1} + e_t
        Matrix<double> held = DenseMatrix.OfDiagonalVector(svd.S.Map(s => Math.Min(s, 0.97)));
        Matrix<double> a = svd.U * held * svd.VT;
        Matrix<double> recolour = (DenseMatrix.CreateIdentity(k) - a).Inverse();
        return recolour * Plain(after - before * a.Transpose()) * recolour.Transpose();
    }

    /// <summary>Andrews' alpha(2) from an AR(1) with constant for each column, unit weights.</summary>
    private static double Alpha(Matrix<double> v)
    {
        double numerator = 0, denominator = 0;
        for (int column = 0; column < v.ColumnCount; column++)
        {
            (double rho, double variance) = FitAr1(v.Column(column).AsArray() ?? v.Column(column).ToArray());
            double weight = variance * variance;
            numerator += 4 * rho * rho * weight / Math.Pow(1 - rho, 8);
            denominator += weight / Math.Pow(1 - rho, 4);
        }

        return numerator / denominator;
    }

    private static (double Rho, double Variance) FitAr1(double[] x)
    {
        int pairs = x.Length - 1;
        double meanBefore = x.Take(pairs).Average(), meanAfter = x.Skip(1).Average(), sxx = 0, sxy = 0, syy = 0;
        for (int t = 0; t < pairs; t++)
        {
            double dx = x[t] - meanBefore, dy = x[t + 1] - meanAfter;
            sxx += dx * dx;
            sxy += dx * dy;
            syy += dy * dy;
        }

        double rho = sxy / sxx;
        return (rho, (syy - rho * sxy) / pairs);
    }

    private static Matrix<double> Covariance(Matrix<double> v, int lag)
    {
        int n = v.RowCount;
        return v.SubMatrix(lag, n - lag, 0, v.ColumnCount).TransposeThisAndMultiply(
            v.SubMatrix(0, n - lag, 0, v.ColumnCount)) / n;
    }

    private static double Parzen(double x) =>
        x <= 0.5 ? 1 - 6 * x * x + 6 * x * x * x : x <= 1 ? 2 * Math.Pow(1 - x, 3) : 0;
}
