using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// The k-class: b = (X'(I - kappa M) X)^-1 X'(I - kappa M) y, M the projection off all instruments. kappa = 0 is least
/// squares, 1 two-stage least squares. Solved for the endogenous regressors after the exogenous ones are projected out
/// (Frisch, Waugh and Lovell), which keeps the digits that normal equations lose.
/// </summary>
internal static class KClass
{
    private const double Singular = 1e-10; // relative to what the exogenous regressors leave of the variance

    internal static InstrumentalEstimate Fit(
        InstrumentalModel model, double kappa, string method, CovarianceEstimator? covariance)
    {
        covariance ??= CovarianceEstimator.Classical;
        Matrix<double> fitted = model.X - model.ResidualX, h = Bread(model, fitted, kappa);
        Vector<double> fittedY = model.Y - model.ResidualY;
        Vector<double> right = (1 - kappa) * (model.X.TransposeThisAndMultiply(model.Y))
            + kappa * fitted.TransposeThisAndMultiply(fittedY);
        Matrix<double> inverse = h.Inverse();
        double[] b = (inverse * right).ToArray();
        (double[] g, double[] residuals) = Rest(model, b);

        Matrix<double> full = FullInverse(model, inverse);
        int n = model.Count, parameters = model.Regressors.Count;
        double variance = residuals.Sum(e => e * e) / (n - parameters);
        int intercept = model.Exogenous is { HasIntercept: true } w ? model.Endogenous.Columns + w.InterceptColumn : -1;
        ScoreCovariance meat = covariance.Of(
            Scores.OfRegression(Projected(model), residuals, () => Leverages(model), intercept));
        Matrix<double> v = covariance is ClassicalCovariance
            ? full * variance
            : CovarianceEstimator.Sandwich(full, meat, n);
        return new InstrumentalEstimate(model, [.. b, .. g], v, meat.DegreesOfFreedom ?? n - parameters, meat.Method,
            covariance)
        {
            Method = method,
            Kappa = kappa,
            Residuals = residuals,
            ResidualStandardDeviation = Math.Sqrt(variance),
        };
    }

    /// <summary>kappa - 1 of limited-information maximum likelihood: the smallest root of |P - l R|, P the part of
    /// [y X] that the instruments explain, R what they leave.</summary>
    internal static double LimitedInformationExcess(InstrumentalModel model)
    {
        Matrix<double> left = DenseMatrix.OfColumnVectors(model.ResidualY).Append(model.ResidualX);
        Matrix<double> explained = DenseMatrix.OfColumnVectors(model.Y).Append(model.X) - left;
        Matrix<double> l = left.TransposeThisAndMultiply(left).Cholesky().Factor;
        Matrix<double> half = l.Solve(explained.TransposeThisAndMultiply(explained));
        Matrix<double> whole = l.Solve(half.Transpose());
        return (0.5 * (whole + whole.Transpose())).Evd(Symmetricity.Symmetric).EigenValues.Min(root => root.Real);
    }

    /// <summary>g by least squares of y - X b on the exogenous regressors, and the residuals.</summary>
    internal static (double[] Exogenous, double[] Residuals) Rest(InstrumentalModel model, double[] b)
    {
        double[] rest = [.. model.Outcome];
        for (int j = 0; j < b.Length; j++)
        {
            ReadOnlySpan<double> x = model.Endogenous.Column(j);
            for (int i = 0; i < rest.Length; i++)
                rest[i] -= b[j] * x[i];
        }

        return model.ExogenousFit?.Solve(rest) ?? ([], rest);
    }

    private static Matrix<double> Bread(InstrumentalModel model, Matrix<double> fitted, double kappa)
    {
        Matrix<double> total = model.X.TransposeThisAndMultiply(model.X);
        Matrix<double> explained = fitted.TransposeThisAndMultiply(fitted);
        Vector<double> scale = total.Diagonal().PointwiseSqrt();
        Matrix<double> share = explained.MapIndexed((i, j, value) => value / (scale[i] * scale[j]));
        double smallest = share.Evd(Symmetricity.Symmetric).EigenValues.Min(root => root.Real);
        if (kappa != 0 && smallest <= Singular)
            throw new ArgumentException(
                $"The instruments ({string.Join(", ", model.Instruments.Names)}) explain nothing of a combination of " +
                $"the endogenous regressors ({string.Join(", ", model.Endogenous.Names)}), a share of " +
                $"{Guard.Text(Math.Max(smallest, 0))} of its variance: the model is not identified.", "model");
        return (1 - kappa) * total + kappa * explained;
    }

    /// <summary>The inverse for all regressors, by blocks: with C = (W'W)^-1 W'X and A the block of the endogenous
    /// ones, [A, -A C'; -C A, (W'W)^-1 + C A C'].</summary>
    private static Matrix<double> FullInverse(InstrumentalModel model, Matrix<double> a)
    {
        if (model.ExogenousFit is not { } fit)
            return a;
        Matrix<double> c = DenseMatrix.OfColumnArrays(Enumerable.Range(0, model.Endogenous.Columns)
            .Select(j => model.OnExogenous(model.Endogenous.Column(j))).ToArray());
        Matrix<double> ca = c * a;
        return Matrix<double>.Build.DenseOfMatrixArray(new[,]
        {
            { a, -ca.Transpose() },
            { -ca, fit.InverseGram() + ca * c.Transpose() },
        });
    }

    /// <summary>[X projected on the instruments, W], column-major.</summary>
    private static double[] Projected(InstrumentalModel model) =>
    [
        .. Enumerable.Range(0, model.Endogenous.Columns).SelectMany(j =>
        {
            double[] column = model.Endogenous.Column(j).ToArray();
            for (int i = 0; i < column.Length; i++)
                column[i] -= model.ResidualX[i, j];
            return column;
        }),
        .. model.Exogenous?.Values ?? [],
    ];

    private static double[] Leverages(InstrumentalModel model) =>
        HouseholderQr.Of(Projected(model), model.Count, model.Regressors).Leverages();
}
