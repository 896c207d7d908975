using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace FinML.Statistics;

/// <summary>
/// Ridge regression, Hoerl and Kennard (1970): minimises |y - a - Z c|^2 + lambda |c|^2 over columns Z centred and
/// scaled to standard deviation 1 (divisor n), the intercept a free, as MASS's lm.ridge; coefficients are in the units
/// of the columns. lambda is given or minimises generalised cross-validation, Golub, Heath and Wahba (1979):
/// n RSS / (n - tr H)^2, the intercept counted in tr H. There are no standard errors: the estimate is biased on
/// purpose, and its spread alone would not say how far off it is.
/// </summary>
public sealed record RidgeRegression
{
    /// <summary>Names of the coefficients, the intercept first.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Intercept, then slopes in the units of the columns.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>The penalty on the standardised coefficients.</summary>
    public required double Lambda { get; init; }

    /// <summary>tr H: 1 + sum d^2 / (d^2 + lambda); from 1 (all shrunk to the mean) to 1 + k.</summary>
    public required double EffectiveParameters { get; init; }

    /// <summary>n RSS / (n - tr H)^2, in squared units of y.</summary>
    public required double CrossValidation { get; init; }

    /// <summary>y less its fit.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>The coefficient of this name.</summary>
    public double Coefficient(string name) => Coefficients[DesignMatrix.IndexOf(Names, name)];

    /// <summary>Fits with a given penalty.</summary>
    /// <param name="y">Response, two or more finite values.</param>
    /// <param name="x">Regressors without the intercept; collinear columns and more columns than rows are fine where
    /// lambda is above 0.</param>
    /// <param name="lambda">Above 0.</param>
    public static RidgeRegression Fit(ReadOnlySpan<double> y, DesignMatrix x, double lambda)
    {
        Guard.Positive(lambda, nameof(lambda));
        return new Problem(y, x).Solve(lambda);
    }

    /// <summary>
    /// Fits with the penalty that minimises generalised cross-validation, over 14 decades below 100 times the largest
    /// squared singular value.
    /// </summary>
    public static RidgeRegression FitByCrossValidation(ReadOnlySpan<double> y, DesignMatrix x)
    {
        var problem = new Problem(y, x);
        const int Steps = 140;
        double top = Math.Log(100 * problem.LargestSquare), step = 14 * Math.Log(10) / Steps;
        int best = Enumerable.Range(0, Steps + 1).MinBy(i => problem.CrossValidation(Math.Exp(top - i * step)));
        double low = top - Math.Min(best + 1, Steps) * step, high = top - Math.Max(best - 1, 0) * step;
        double ratio = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-9) // golden section; GCV is flat to rounding below this
        {
            double left = high - ratio * (high - low), right = low + ratio * (high - low);
            if (problem.CrossValidation(Math.Exp(left)) < problem.CrossValidation(Math.Exp(right)))
                high = right;
            else
                low = left;
        }

        return problem.Solve(Math.Exp((low + high) / 2));
    }

    /// <summary>The singular values and what of y lies along each direction.</summary>
    private sealed class Problem
    {
        private readonly double[] _y, _means, _scales, _singular, _along;
        private readonly Matrix<double> _directions; // rows are right singular vectors
        private readonly DesignMatrix _x;
        private readonly double _mean, _outside; // _outside: squares of y that no direction reaches

        internal Problem(ReadOnlySpan<double> y, DesignMatrix x)
        {
            ArgumentNullException.ThrowIfNull(x);
            Guard.Series(y, 2, nameof(y));
            if (y.Length != x.Rows)
                throw new ArgumentException(
                    $"y has {y.Length} values and x has {x.Rows} rows; they must be aligned, one for one.", nameof(y));
            if (x.HasIntercept)
                throw new ArgumentException(
                    $"Column '{x.Names[x.InterceptColumn]}' is constant; leave it out, the intercept is added " +
                    $"without a penalty.", nameof(x));
            Guard.NotConstant(y, nameof(y));
            (_x, _y) = (x, y.ToArray());
            (_means, _scales) = (new double[x.Columns], new double[x.Columns]);
            Matrix<double> z = DenseMatrix.Create(x.Rows, x.Columns, 0);
            for (int j = 0; j < x.Columns; j++)
            {
                Guard.NotConstant(x.Column(j), $"column '{x.Names[j]}'");
                Moments moments = Moments.Of(x.Column(j));
                (_means[j], _scales[j]) = (moments.Mean, moments.StandardDeviation(0));
                for (int i = 0; i < x.Rows; i++)
                    z[i, j] = (x[i, j] - _means[j]) / _scales[j];
            }

            _mean = Moments.Of(_y).Mean;
            Vector<double> centred = DenseVector.OfEnumerable(_y.Select(value => value - _mean));
            double total = centred * centred;
            Vector<double> target = centred;
            if (x.Rows > x.Columns)
            {
                // The small triangle has the singular values of the tall matrix.
                QR<double> qr = z.QR(QRMethod.Thin);
                (z, target) = (qr.R, qr.Q.TransposeThisAndMultiply(centred));
            }

            Svd<double> svd = z.Svd();
            _singular = svd.S.ToArray();
            _directions = svd.VT;
            _along = svd.U.TransposeThisAndMultiply(target).Take(_singular.Length).ToArray();
            _outside = Math.Max(0, total - _along.Sum(a => a * a));
        }

        internal double LargestSquare => _singular[0] * _singular[0];

        internal double CrossValidation(double lambda)
        {
            double rss = _outside, freedom = _y.Length - Trace(lambda);
            for (int i = 0; i < _along.Length; i++)
            {
                double kept = lambda / (_singular[i] * _singular[i] + lambda) * _along[i];
                rss += kept * kept;
            }

            return _y.Length * rss / (freedom * freedom);
        }

        internal RidgeRegression Solve(double lambda)
        {
            var coefficients = new double[_x.Columns + 1];
            for (int i = 0; i < _singular.Length; i++)
            {
                double length = _singular[i] / (_singular[i] * _singular[i] + lambda) * _along[i];
                for (int j = 0; j < _x.Columns; j++)
                    coefficients[j + 1] += length * _directions[i, j] / _scales[j];
            }

            coefficients[0] = _mean;
            for (int j = 0; j < _x.Columns; j++)
                coefficients[0] -= coefficients[j + 1] * _means[j];
            double[] residuals = Array.ConvertAll(_x.Residuals(_y, coefficients[1..]), r => r - coefficients[0]);
            return new RidgeRegression
            {
                Names = [DesignMatrix.InterceptName, .. _x.Names],
                Coefficients = coefficients,
                Lambda = lambda,
                EffectiveParameters = Trace(lambda),
                CrossValidation = CrossValidation(lambda),
                Residuals = residuals,
            };
        }

        private double Trace(double lambda) => 1 + _singular.Sum(d => d * d / (d * d + lambda));
    }
}
