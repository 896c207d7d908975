using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Test and confidence set of Anderson and Rubin (1949): at the true b, outcome - endogenous b is not explained by the
/// instruments, however weak they are. The statistic p(b)'V(b)^-1 p(b) / k, p the coefficients on orthonormal
/// instruments, is referred to F(k, df). The set holds every b that is not rejected: it is valid with weak instruments
/// and unbounded where they cannot exclude anything; it is empty where the restrictions fail. Its ends are the real
/// roots of det [V(b), p(b); p(b)', c k / n] = 0, a quadratic eigenvalue problem, so that no piece is missed by a grid.
/// </summary>
public sealed record AndersonRubinSet
{
    /// <summary>The accepted values.</summary>
    public required ConfidenceSet Set { get; init; }

    /// <summary>The endogenous regressor.</summary>
    public required string Coefficient { get; init; }

    /// <summary>The critical value of F.</summary>
    public required double CriticalValue { get; init; }

    /// <summary>How the covariance was estimated, in words.</summary>
    public required string CovarianceMethod { get; init; }

    /// <summary>Tests values of all endogenous regressors' coefficients together.</summary>
    /// <param name="model">Outcome, regressors, instruments.</param>
    /// <param name="values">One for each endogenous regressor.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>.</param>
    public static SpecificationTest Test(
        InstrumentalModel model, ReadOnlySpan<double> values, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.Finite(values, nameof(values));
        if (values.Length != model.Endogenous.Columns)
            throw new ArgumentException(
                $"There are {values.Length} values for {model.Endogenous.Columns} endogenous regressors; there must " +
                $"be one for each.", nameof(values));
        var reduced = new ReducedForm(model, covariance ?? CovarianceEstimator.Classical);
        Vector<double> b = DenseVector.OfArray(values.ToArray());
        ScoreCovariance v = reduced.Covariance(model.ResidualY - model.ResidualX * b);
        double statistic = reduced.F(reduced.Coefficients(model.Y - model.X * b), v.Value);
        return SpecificationTest.F("Anderson-Rubin",
            $"the coefficients of {string.Join(", ", model.Endogenous.Names)} are " +
            $"{string.Join(", ", values.ToArray().Select(Guard.Text))}",
            statistic, model.Instruments.Columns, v.DegreesOfFreedom ?? model.Count - model.AllInstruments);
    }

    /// <summary>The set of the one endogenous regressor's coefficient.</summary>
    /// <param name="model">With one endogenous regressor.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>; a kernel's bandwidth must be
    /// fixed.</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <exception cref="ArgumentException">Several endogenous regressors, or a bandwidth that depends on the data.
    /// </exception>
    public static AndersonRubinSet Of(
        InstrumentalModel model, CovarianceEstimator? covariance = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(model);
        Guard.Between(level, 0, 1, nameof(level));
        if (model.Endogenous.Columns != 1)
            throw new ArgumentException(
                $"There are {model.Endogenous.Columns} endogenous regressors; the set is made for one. Test joint " +
                $"values by AndersonRubinSet.Test.", nameof(model));

        var reduced = new ReducedForm(model, covariance ?? CovarianceEstimator.Classical);
        Vector<double> x = model.ResidualX.Column(0), y = model.ResidualY;
        Vector<double> py = reduced.Coefficients(model.Y), px = reduced.Coefficients(model.X.Column(0));

        // V(b) = V0 - b V1 + b^2 V2, by three values; in units of the scale of y over x, so that b is of order 1.
        double unit = y.L2Norm() / x.L2Norm();
        ScoreCovariance at0 = reduced.Covariance(y);
        Matrix<double> v0 = at0.Value, v2 = reduced.Covariance(x * unit).Value;
        Matrix<double> v1 = v0 + v2 - reduced.Covariance(y - x * unit).Value;
        px *= unit;
        RequireQuadratic(reduced, y, x * unit, v0, v1, v2);

        int k = model.Instruments.Columns, freedom = at0.DegreesOfFreedom ?? model.Count - model.AllInstruments;
        double critical = FisherSnedecor.InvCDF(k, freedom, level);
        double F(double b) => double.IsInfinity(b)
            ? reduced.F(px, v2)
            : reduced.F(py - b * px, v0 - b * v1 + b * b * v2);

        double[] ends = [double.NegativeInfinity, .. Roots(), double.PositiveInfinity];
        var pieces = new List<(double Lower, double Upper)>();
        for (int i = 0; i + 1 < ends.Length; i++)
        {
            if (!(F(Between(ends[i], ends[i + 1])) <= critical))
                continue;
            if (pieces.Count > 0 && pieces[^1].Upper == ends[i])
                pieces[^1] = (pieces[^1].Lower, ends[i + 1]);
            else
                pieces.Add((ends[i], ends[i + 1]));
        }

        return new AndersonRubinSet
        {
            Set = new ConfidenceSet
            {
                Pieces = [.. pieces.Select(piece => (piece.Lower * unit, piece.Upper * unit))],
                Level = level,
            },
            Coefficient = model.Endogenous.Names[0],
            CriticalValue = critical,
            CovarianceMethod = at0.Method,
        };

        // det M(b) = 0, M(b) = [V(b), p(b); p(b)', c k / n]; expanded at a point where M is regular, b = start + 1 / u:
        // u^2 M + u M' + M''/2 = 0 is linearised to the eigenvalues u of a companion matrix.
        double[] Roots()
        {
            double corner = critical * k / model.Count;
            double start = 0.137; // no special point of any sample; away from 0, where y alone is tested
            while (Math.Abs(F(start) - critical) < 1e-6 * critical)
                start += 0.211;
            Matrix<double> m0 = Border(v0 - start * v1 + start * start * v2, py - start * px, corner);
            Matrix<double> m1 = Border(2 * start * v2 - v1, -px, 0), m2 = Border(v2, px * 0, 0);
            Matrix<double> companion = Matrix<double>.Build.DenseOfMatrixArray(new[,]
            {
                { -m0.Solve(m1), -m0.Solve(m2) },
                { DenseMatrix.CreateIdentity(k + 1), DenseMatrix.Create(k + 1, k + 1, 0) },
            });
            return [.. companion.Evd().EigenValues
                .Where(u => u.Magnitude > 1e-9 && Math.Abs(u.Imaginary) <= 1e-6 * u.Magnitude)
                .Select(u => Polish(start + 1 / u.Real)).Where(double.IsFinite).Order()];
        }

        // The crossing nearest to an eigenvalue, by bisection where it is bracketed; eigenvalues are good to 1e-8.
        double Polish(double b)
        {
            double width = 1e-6 * Math.Max(1, Math.Abs(b)), low = b - width, high = b + width;
            bool below = F(low) <= critical;
            if (below == (F(high) <= critical))
                return b;
            while (true)
            {
                double middle = (low + high) / 2;
                if (middle <= low || middle >= high)
                    return middle;
                if (F(middle) <= critical == below)
                    low = middle;
                else
                    high = middle;
            }
        }
    }

    private static double Between(double low, double high) => (double.IsInfinity(low), double.IsInfinity(high)) switch
    {
        (true, true) => 0,
        (true, false) => double.NegativeInfinity,
        (false, true) => double.PositiveInfinity,
        _ => low + (high - low) / 2,
    };

    private static Matrix<double> Border(Matrix<double> v, Vector<double> p, double corner)
    {
        Matrix<double> m = DenseMatrix.Create(v.RowCount + 1, v.RowCount + 1, corner);
        m.SetSubMatrix(0, 0, v);
        m.SetSubMatrix(0, v.RowCount, p.ToColumnMatrix());
        m.SetSubMatrix(v.RowCount, 0, p.ToRowMatrix());
        return m;
    }

    private static void RequireQuadratic(ReducedForm reduced, Vector<double> y, Vector<double> x,
        Matrix<double> v0, Matrix<double> v1, Matrix<double> v2)
    {
        Matrix<double> direct = reduced.Covariance(y - 3 * x).Value, expected = v0 - 3 * v1 + 9 * v2;
        if ((direct - expected).FrobeniusNorm() > 1e-8 * direct.FrobeniusNorm())
            throw new ArgumentException(
                "The covariance estimator chooses its bandwidth from the data, anew for each value tested; an " +
                "Anderson-Rubin set needs a fixed one (NeweyWest with a number of lags).", "covariance");
    }

    /// <summary>The regression of outcome - endogenous b on the instruments, the exogenous regressors projected out, in
    /// an orthonormal basis of the instruments.</summary>
    private sealed class ReducedForm(InstrumentalModel model, CovarianceEstimator covariance)
    {
        internal Vector<double> Coefficients(Vector<double> left) =>
            model.Basis.TransposeThisAndMultiply(left) / model.Count;

        internal ScoreCovariance Covariance(Vector<double> residuals) => covariance.Of(Scores.OfRegression(
            model.Basis.ToColumnMajorArray(), residuals.ToArray(), model.InstrumentFit.Leverages,
            parameters: model.AllInstruments));

        /// <summary>n p'V^-1 p / k.</summary>
        internal double F(Vector<double> p, Matrix<double> v) =>
            model.Count * QuadraticForm.Inverse(p, v) / model.Instruments.Columns;
    }
}
