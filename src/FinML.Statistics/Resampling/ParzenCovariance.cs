using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Long-run covariance of k dependent series as in the programs of Ledoit and Wolf (2008): Parzen kernel with the
/// automatic bandwidth of Andrews (1991) and n / (n - k), optionally prewhitened by a VAR(1) whose singular values are
/// held to .97, as Andrews and Monahan (1992) advise, so that no series is refused.
/// </summary>
internal static class ParzenCovariance
{
    private static readonly CovarianceEstimator Parzen = CovarianceEstimator.Kernel(
        HacKernel.Parzen, Bandwidth.Andrews, factor: SmallSampleFactor.ObservationsOverDegreesOfFreedom);

    /// <summary>The variance of sqrt(n) times the mean of one series whose mean is 0.</summary>
    internal static double PrewhitenedVariance(double[] values) =>
        Prewhitened(DenseMatrix.OfColumnArrays(values))[0, 0];

    /// <param name="v">(n, k), columns of mean 0.</param>
    internal static Matrix<double> Plain(Matrix<double> v) =>
        Parzen.Of(Scores.Of(v.ToRowMajorArray(), v.ColumnCount)).Value;

    /// <param name="v">(n, k), columns of mean 0.</param>
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
}
