using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Least squares of y on any subset of some predictors, with an intercept always: the centred and scaled data are
/// rotated once to a triangle, X = Q R, after which a subset of k predictors costs a Householder reduction of k short
/// columns of R instead of n rows (Miller 2002, Subset Selection in Regression, section 2.3). No normal equations are
/// formed.
/// </summary>
internal sealed class SubsetRegression
{
    private readonly double[][] _columns; // of R, (rows) each: unit length but for rounding
    private readonly double[] _rotated; // Q'y, y of unit length
    private readonly double _tail; // sum of squares of y outside the columns
    private readonly double[] _scales; // of the predictors, about their means

    private SubsetRegression(
        double[][] columns,
        double[] rotated,
        double tail,
        double[] scales,
        double[] means,
        double meanY,
        double lengthY)
    {
        (_columns, _rotated, _tail, _scales) = (columns, rotated, tail, scales);
        (Means, MeanY, LengthY) = (means, meanY, lengthY);
    }

    /// <summary>Means of the predictors.</summary>
    internal double[] Means { get; }

    /// <summary>Mean of y.</summary>
    internal double MeanY { get; }

    /// <summary>Square root of the total sum of squares about the mean.</summary>
    internal double LengthY { get; }

    internal static SubsetRegression Of(ReadOnlySpan<double> y, DesignMatrix predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        Guard.Series(y, 4, nameof(y));
        Guard.NotConstant(y, nameof(y));
        int n = y.Length, p = predictors.Columns;
        if (predictors.Rows != n)
            throw new ArgumentException(
                $"y has {n} values and the predictors have {predictors.Rows} rows; they must be aligned, one for one.",
                nameof(predictors));
        for (int j = 0; j < p; j++)
            Guard.NotConstant(predictors.Column(j), $"predictor '{predictors.Names[j]}'");
        if (p < n)
            HouseholderQr.Of(predictors.WithIntercept().Values, n, [DesignMatrix.InterceptName, .. predictors.Names]);
        (double[] centredY, double meanY, double lengthY) = Standardise(y);
        var columns = new double[p][];
        double[] scales = new double[p], means = new double[p];
        for (int j = 0; j < p; j++)
            (columns[j], means[j], scales[j]) = Standardise(predictors.Column(j));
        if (p >= n) // nothing to gain by rotation
            return new SubsetRegression(columns, centredY, 0, scales, means, meanY, lengthY);
        Matrix<double> x = DenseMatrix.OfColumnArrays(columns);
        var qr = x.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
        Vector<double> target = DenseVector.OfArray(centredY);
        Vector<double> rotated = qr.Q.TransposeThisAndMultiply(target);
        double tail = Math.Pow((target - qr.Q * rotated).L2Norm(), 2);
        columns = [.. Enumerable.Range(0, p).Select(j => qr.R.Column(j).ToArray())];
        return new SubsetRegression(columns, rotated.ToArray(), tail, scales, means, meanY, lengthY);
    }

    /// <summary>1 - R^2 of a subset, NaN where its predictors are linearly dependent.</summary>
    /// <exception cref="ArgumentException">The subset fits y without error.</exception>
    internal double Unexplained(ReadOnlySpan<int> subset) => Reduce(subset).Unexplained;

    /// <summary>Coefficients of a subset in the units of the data, the diagonal of (X'X)^-1 of its centred predictors,
    /// and 1 - R^2.</summary>
    internal (double[] Coefficients, double[] InverseDiagonal, double Unexplained) Fit(ReadOnlySpan<int> subset)
    {
        (double[][] triangle, double[] target, double unexplained) = Reduce(subset);
        int k = subset.Length;
        double[] coefficients = new double[k], diagonal = new double[k];
        for (int i = k - 1; i >= 0; i--)
        {
            double sum = target[i];
            for (int j = i + 1; j < k; j++)
                sum -= triangle[j][i] * coefficients[j];
            coefficients[i] = sum / triangle[i][i];
        }

        // Row i of the inverse of the triangle, from left to right: its square length is the diagonal of (R'R)^-1.
        var row = new double[k];
        for (int i = 0; i < k; i++)
        {
            double squares = 0;
            for (int j = i; j < k; j++)
            {
                double sum = j == i ? 1 : 0;
                for (int l = i; l < j; l++)
                    sum -= row[l] * triangle[j][l];
                row[j] = sum / triangle[j][j];
                squares += row[j] * row[j];
            }

            diagonal[i] = squares / (_scales[subset[i]] * _scales[subset[i]]);
        }

        for (int i = 0; i < k; i++)
            coefficients[i] *= LengthY / _scales[subset[i]];
        return (coefficients, diagonal, unexplained);
    }

    /// <summary>Throws where nothing is left of y: then R^2 is 1 but for rounding, and the evidence without bound.
    /// </summary>
    internal static void CheckResiduals(double unexplained, int predictors)
    {
        if (unexplained < 1e-20)
            throw new ArgumentException(
                $"{predictors} predictor{(predictors == 1 ? " fits" : "s fit")} y without error; a Bayes factor " +
                "needs residuals.");
    }

    /// <summary>Householder's reduction of the subset's columns to a triangle, and of Q'y with them.</summary>
    private (double[][] Triangle, double[] Target, double Unexplained) Reduce(ReadOnlySpan<int> subset)
    {
        int k = subset.Length, rows = _rotated.Length;
        double[] target = (double[])_rotated.Clone();
        var work = new double[k][];
        for (int j = 0; j < k; j++)
            work[j] = (double[])_columns[subset[j]].Clone();
        for (int j = 0; j < k; j++)
        {
            double[] v = work[j];
            double length = 0;
            for (int i = j; i < rows; i++)
                length += v[i] * v[i];
            length = Math.Sqrt(length);
            if (length < HouseholderQr.RankTolerance)
                return (work, target, double.NaN);
            double diagonal = v[j] > 0 ? -length : length;
            double head = v[j] - diagonal, norm = length * (length + Math.Abs(v[j])); // v'v / 2
            v[j] = head;
            for (int other = j + 1; other < k; other++)
                Reflect(v, work[other], j, norm);
            Reflect(v, target, j, norm);
            v[j] = diagonal;
        }

        double unexplained = _tail;
        for (int i = k; i < rows; i++)
            unexplained += target[i] * target[i];
        CheckResiduals(unexplained, k);
        return (work, target, Math.Min(1, unexplained));
    }

    private static void Reflect(double[] v, double[] x, int from, double norm)
    {
        double dot = 0;
        for (int i = from; i < x.Length; i++)
            dot += v[i] * x[i];
        dot /= norm;
        for (int i = from; i < x.Length; i++)
            x[i] -= dot * v[i];
    }

    private static (double[] Unit, double Mean, double Length) Standardise(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        double length = moments.StandardDeviation(0) * Math.Sqrt(values.Length);
        double[] unit = values.ToArray();
        for (int i = 0; i < unit.Length; i++)
            unit[i] = (unit[i] - moments.Mean) / length;
        return (unit, moments.Mean, length);
    }
}
