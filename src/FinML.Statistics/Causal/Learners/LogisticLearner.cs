using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Logistic regression for a target of 0 and 1, by Newton's method; slopes of standardised features are penalised by
/// penalty / 2 |b|^2 in units of the log-likelihood (which keeps separated samples finite), the intercept is not.
/// </summary>
public sealed class LogisticLearner : ILearner
{
    private const int MaximumSteps = 100;

    /// <summary>The penalty, 0 or more; 1 is that of one prior observation's weight.</summary>
    public double Penalty { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => $"logistic regression, penalty {Guard.Text(Penalty)}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A target other than 0 and 1, or only one of the two.</exception>
    public IFittedLearner Fit(DesignMatrix features, ReadOnlySpan<double> target, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(features);
        Guard.NotNegative(Penalty, nameof(Penalty));
        LinearRegression.CheckResponse(target, DesignMatrix.Intercept(features.Rows));
        Treatment.RequireBinary(target, nameof(target));
        var standard = new StandardisedColumns(features);
        int n = features.Rows, p = features.Columns;
        Matrix<double> x = DenseMatrix.OfColumnArrays(
            [[.. Enumerable.Repeat(1.0, n)], .. standard.Columns]);
        Vector<double> y = DenseVector.OfArray(target.ToArray()), b = new DenseVector(p + 1);
        Vector<double> ridge = DenseVector.Create(p + 1, j => j == 0 ? 0 : Penalty + 1e-12);
        double value = Objective(b);
        for (int step = 0; step < MaximumSteps; step++)
        {
            Vector<double> mean = (x * b).Map(Logistic);
            Vector<double> gradient = x.TransposeThisAndMultiply(y - mean) - ridge.PointwiseMultiply(b);
            Matrix<double> weighted = x.MapIndexed((i, _, value) => value * mean[i] * (1 - mean[i]));
            Matrix<double> hessian = x.TransposeThisAndMultiply(weighted) + DenseMatrix.OfDiagonalVector(ridge);
            Vector<double> direction = hessian.Cholesky().Solve(gradient);
            double length = 1, next = Objective(b + direction);
            while (!(next <= value + 1e-12 * Math.Abs(value)) && length > 1e-8) // rounding lets a full step pass
            {
                length /= 2;
                next = Objective(b + length * direction);
            }

            b += length * direction;
            value = next;
            if (direction.AbsoluteMaximum() < 1e-8)
                return standard.Prediction(b[0], [.. b.Skip(1)], Logistic);
        }

        throw new InvalidOperationException(
            $"Logistic regression did not converge in {MaximumSteps} steps; the classes are separated or the " +
            $"features collinear: raise Penalty (now {Guard.Text(Penalty)}).");

        double Objective(Vector<double> at)
        {
            Vector<double> eta = x * at;
            double loss = 0;
            for (int i = 0; i < n; i++)
                loss += Math.Max(eta[i], 0) + Math.Log(1 + Math.Exp(-Math.Abs(eta[i]))) - y[i] * eta[i];
            return loss + 0.5 * (ridge.PointwiseMultiply(at) * at);
        }
    }

    private static double Logistic(double value) => value >= 0
        ? 1 / (1 + Math.Exp(-value))
        : Math.Exp(value) / (1 + Math.Exp(value));
}
