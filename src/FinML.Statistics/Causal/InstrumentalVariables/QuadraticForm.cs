using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>v'M^-1 v, the form of every Wald and score statistic.</summary>
internal static class QuadraticForm
{
    /// <summary>By Cholesky.</summary>
    /// <exception cref="ArgumentException">M is not positive definite.</exception>
    internal static double Inverse(Vector<double> v, Matrix<double> m)
    {
        Vector<double> half = Factor(m).Solve(v);
        return half * half;
    }

    /// <summary>The lower factor L of a covariance of moments, M = L L'.</summary>
    /// <exception cref="ArgumentException">M is not positive definite.</exception>
    internal static Matrix<double> Factor(Matrix<double> m)
    {
        try
        {
            return m.Cholesky().Factor;
        }
        catch (ArgumentException)
        {
            throw new ArgumentException(
                $"The covariance of the {m.RowCount} moments is not positive definite: there are too few rows or " +
                $"clusters for so many instruments, or the kernel is not positive. Take fewer instruments or another " +
                $"estimator.");
        }
    }
}
