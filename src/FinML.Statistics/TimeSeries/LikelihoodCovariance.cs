using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>The three covariances of maximum-likelihood estimates from an exact gradient.</summary>
internal static class LikelihoodCovariance
{
    /// <summary>The gradient of the log-likelihood at a point.</summary>
    internal delegate void Gradient(ReadOnlySpan<double> theta, Span<double> gradient);

    /// <summary>H^-1, G^-1 or H^-1 G H^-1.</summary>
    /// <exception cref="InvalidOperationException">The matrix that must be inverted is not positive
    /// definite.</exception>
    internal static Matrix<double> Of(LikelihoodErrors kind, Func<Matrix<double>> information, double[,] scores)
    {
        if (kind == LikelihoodErrors.OuterProduct)
            return Inverse(OuterProduct(scores), "the outer product of the scores");
        Matrix<double> inverse = Inverse(information(), "minus the Hessian of the log-likelihood");
        return kind switch
        {
            LikelihoodErrors.Hessian => inverse,
            LikelihoodErrors.Robust => inverse * OuterProduct(scores) * inverse,
            _ => throw new ArgumentOutOfRangeException(
                nameof(kind), $"kind is {kind}; it must be Hessian, OuterProduct or Robust."),
        };
    }

    /// <summary>
    /// Minus the Hessian, by central differences of the gradient at two steps and Richardson's extrapolation.
    /// </summary>
    /// <param name="gradient">Exact.</param>
    /// <param name="theta">Where.</param>
    /// <param name="steps">The longer step of each parameter.</param>
    internal static Matrix<double> Information(Gradient gradient, double[] theta, double[] steps)
    {
        int n = theta.Length;
        Matrix<double> hessian = DenseMatrix.Create(n, n, 0);
        double[] at = new double[n], up = new double[n], down = new double[n];
        for (int j = 0; j < n; j++)
        {
            foreach ((double step, double weight) in new[] { (steps[j], -1.0 / 3), (steps[j] / 2, 4.0 / 3) })
            {
                theta.CopyTo(at, 0);
                at[j] = theta[j] + step;
                gradient(at, up);
                at[j] = theta[j] - step;
                gradient(at, down);
                for (int i = 0; i < n; i++)
                    hessian[i, j] += weight * (up[i] - down[i]) / (2 * step);
            }
        }

        return -0.5 * (hessian + hessian.Transpose());
    }

    private static Matrix<double> OuterProduct(double[,] scores)
    {
        Matrix<double> s = DenseMatrix.OfArray(scores);
        return s.TransposeThisAndMultiply(s);
    }

    /// <summary>The inverse of a positive definite matrix, or null where it is none.</summary>
    internal static Matrix<double>? TryInverse(Matrix<double> matrix) => TryInverse(matrix, out _);

    private static Matrix<double>? TryInverse(Matrix<double> matrix, out double smallest)
    {
        // In units of the diagonal, so that the units of the parameters do not decide.
        int n = matrix.RowCount;
        Vector<double> scale = DenseVector.Create(n, i => 1 / Math.Sqrt(matrix[i, i]));
        Matrix<double> scaled = DenseMatrix.Create(n, n, (i, j) => scale[i] * matrix[i, j] * scale[j]);
        smallest = scaled.Enumerate().All(double.IsFinite)
            ? scaled.Evd(Symmetricity.Symmetric).EigenValues.Min(value => value.Real)
            : double.NaN;
        if (!(smallest > 1e-13))
            return null;
        Matrix<double> inverse = scaled.Cholesky().Solve(DenseMatrix.CreateIdentity(n));
        return DenseMatrix.Create(n, n, (i, j) => scale[i] * inverse[i, j] * scale[j]);
    }

    private static Matrix<double> Inverse(Matrix<double> matrix, string what) =>
        TryInverse(matrix, out double smallest) ?? throw new InvalidOperationException(
            $"The errors are not defined: {what} is not positive definite (smallest eigenvalue "
            + $"{Guard.Text(smallest)} in units of its diagonal), as at a bound of the parameters.");
}
