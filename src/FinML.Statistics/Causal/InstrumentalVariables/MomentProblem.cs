using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FinML.Statistics;

/// <summary>
/// The moments g(b) = Q'(y - X b) / n of a linear model, Q an orthogonal basis of the instruments with Q'Q = n I (which
/// changes no estimate and keeps the digits); the first columns of Q span the first instruments. For given weights the
/// estimate is a least-squares problem in the Cholesky factor of the moments' covariance.
/// </summary>
internal sealed class MomentProblem
{
    private readonly double[] _y;
    private readonly double[] _x; // column-major
    private readonly Matrix<double> _q;
    private readonly Matrix<double> _slope; // Q'X / n
    private readonly Vector<double> _level; // Q'y / n

    internal MomentProblem(IReadOnlyList<double> outcome, DesignMatrix regressors, DesignMatrix instruments)
    {
        (_y, _x, Count, Parameters) = ([.. outcome], regressors.Values, regressors.Rows, regressors.Columns);
        _q = new DenseMatrix(Count, instruments.Columns, (double[])instruments.Values.Clone())
            .QR(QRMethod.Thin).Q * Math.Sqrt(Count);
        _slope = _q.TransposeThisAndMultiply(new DenseMatrix(Count, Parameters, _x)) / Count;
        _level = _q.TransposeThisAndMultiply(DenseVector.OfArray(_y)) / Count;
    }

    internal int Count { get; }

    internal int Parameters { get; }

    internal int Moments => _q.ColumnCount;

    internal Matrix<double> Identity => DenseMatrix.CreateIdentity(Moments);

    /// <summary>Covariance of sqrt(n) g at residuals.</summary>
    internal ScoreCovariance Covariance(double[] residuals, CovarianceEstimator estimator) =>
        estimator.Of(Scores.OfRegression(_q.ToColumnMajorArray(), residuals, parameters: Parameters));

    internal double[] Residuals(Vector<double> b)
    {
        var residuals = (double[])_y.Clone();
        for (int j = 0; j < Parameters; j++)
        {
            for (int i = 0; i < Count; i++)
                residuals[i] -= b[j] * _x[j * Count + i];
        }

        return residuals;
    }

    /// <summary>The b that minimises n g'S^-1 g over the first moments, as many as S has rows, and the
    /// minimum.</summary>
    internal (Vector<double> Estimate, double Objective) Minimise(Matrix<double> s)
    {
        (Matrix<double> g, Vector<double> h) = Whitened(s);
        Vector<double> b = g.QR(QRMethod.Thin).Solve(h);
        Vector<double> left = h - g * b;
        return (b, Count * (left * left));
    }

    /// <summary>n g'S^-1 g at b.</summary>
    internal double Objective(Matrix<double> s, Vector<double> b)
    {
        (Matrix<double> g, Vector<double> h) = Whitened(s);
        Vector<double> left = h - g * b;
        return Count * (left * left);
    }

    /// <summary>A S A' / n with A = (G'W G)^-1 G'W, W the inverse of the weights' covariance.</summary>
    internal Matrix<double> Variance(Matrix<double> weights, Matrix<double> s)
    {
        Matrix<double> wg = weights.Cholesky().Solve(_slope);
        Matrix<double> a = _slope.TransposeThisAndMultiply(wg).Inverse() * wg.Transpose();
        Matrix<double> v = a * s * a.Transpose() / Count;
        return (v + v.Transpose()) / 2;
    }

    private (Matrix<double> Slope, Vector<double> Level) Whitened(Matrix<double> s)
    {
        int used = s.RowCount;
        Matrix<double> factor = QuadraticForm.Factor(s);
        return (factor.Solve(_slope.SubMatrix(0, used, 0, Parameters)), factor.Solve(_level.SubVector(0, used)));
    }
}
