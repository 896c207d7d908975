using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Vector autoregression y_t = c + A_1 y_{t-1} + ... + A_p y_{t-p} + u_t of K series by least squares, equation by
/// equation (Luetkepohl 2005, New Introduction to Multiple Time Series Analysis, chapter 3).
/// </summary>
public sealed record VectorAutoregression
{
    /// <summary>The series, in order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>p.</summary>
    public required int Lags { get; init; }

    /// <summary>What stands beside the lags.</summary>
    public required DeterministicTerms Terms { get; init; }

    /// <summary>T: periods after the first p, which are only conditioned on.</summary>
    public required int Count { get; init; }

    /// <summary>The regressors of each equation: the constant, the trend, then all series at lag 1, at lag 2 ...
    /// </summary>
    public required IReadOnlyList<string> Regressors { get; init; }

    /// <summary>(equations) by (regressors).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Coefficients { get; init; }

    /// <summary>Residuals of each equation, (equations) by (T).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Residuals { get; init; }

    /// <summary>ln det of the residuals' covariance with divisor T.</summary>
    public required double LogDeterminant { get; init; }

    /// <summary>The largest modulus of the eigenvalues of the companion matrix; the process is stable below
    /// 1.</summary>
    public required double LargestRoot { get; init; }

    /// <summary>Regressors per equation.</summary>
    public int Parameters => Regressors.Count;

    /// <summary>Gaussian, with the covariance of divisor T.</summary>
    public double LogLikelihood =>
        -0.5 * Count * (Names.Count * (1 + Math.Log(2 * Math.PI)) + LogDeterminant);

    /// <summary>Akaike: ln det + 2 p K^2 / T, as in Luetkepohl (2005), who does not count deterministic
    /// terms.</summary>
    public double Aic => LogDeterminant + 2.0 * Slopes / Count;

    /// <summary>Schwarz: ln det + ln(T) p K^2 / T.</summary>
    public double Bic => LogDeterminant + Math.Log(Count) * Slopes / Count;

    /// <summary>Hannan and Quinn: ln det + 2 ln(ln T) p K^2 / T.</summary>
    public double HannanQuinn => LogDeterminant + 2 * Math.Log(Math.Log(Count)) * Slopes / Count;

    /// <summary>Residual covariance with divisor T less the regressors of an equation, (K) by (K).</summary>
    internal Matrix<double> Covariance { get; private init; } = new DenseMatrix(1);

    /// <summary>(X'X)^-1, shared by the equations.</summary>
    internal Matrix<double> GramInverse { get; private init; } = new DenseMatrix(1);

    private double Slopes => (double)Lags * Names.Count * Names.Count;

    /// <summary>Fits.</summary>
    /// <param name="series">Aligned series of one length, by name, oldest value first.</param>
    /// <param name="lags">p, 1 or more.</param>
    /// <param name="terms">What stands beside the lags.</param>
    /// <exception cref="ArgumentException">Not finite, not aligned, too short for the lags, constant, or collinear.
    /// </exception>
    public static VectorAutoregression Fit(
        IReadOnlyList<(string Name, double[] Values)> series,
        int lags,
        DeterministicTerms terms = DeterministicTerms.Constant) => Fit(series, lags, terms, lags);

    /// <summary>Fits to the periods after the first <paramref name="start"/>, so that models of several orders can
    /// share a sample; lags may be 0.</summary>
    internal static VectorAutoregression Fit(
        IReadOnlyList<(string Name, double[] Values)> series, int lags, DeterministicTerms terms, int start)
    {
        int length = Check(series);
        Guard.AtLeast(start, 1, nameof(lags));
        int k = series.Count, deterministic = (int)terms, regressors = deterministic + k * lags, n = length - start;
        if (n <= regressors + 1)
            throw new ArgumentException(
                $"{k} series of {length} values leave {Math.Max(n, 0)} periods for {regressors} regressors in each " +
                $"equation at {lags} lags; at least {regressors + 2} are needed.", nameof(series));

        var x = new DenseMatrix(n, regressors); // (T, regressors)
        var y = new DenseMatrix(n, k); // (T, K)
        for (int t = 0; t < n; t++)
        {
            if (deterministic > 0)
                x[t, 0] = 1;
            if (deterministic > 1)
                x[t, 1] = t + 1;
            for (int j = 0; j < k; j++)
            {
                y[t, j] = series[j].Values[start + t];
                for (int lag = 1; lag <= lags; lag++)
                    x[t, deterministic + (lag - 1) * k + j] = series[j].Values[start + t - lag];
            }
        }

        string[] names = Labels(series, lags, deterministic);
        (Matrix<double> beta, Matrix<double> inverse) = LeastSquares(x, y, names);
        Matrix<double> residuals = regressors == 0 ? y : y - x * beta;
        Matrix<double> products = residuals.TransposeThisAndMultiply(residuals);
        double determinant = (products / n).Determinant();
        if (!(determinant > 0))
            throw new ArgumentException(
                "The residuals of the equations are collinear: one series is a combination of the others.",
                nameof(series));
        return new VectorAutoregression
        {
            Names = [.. series.Select(s => s.Name)],
            Lags = lags,
            Terms = terms,
            Count = n,
            Regressors = names,
            Coefficients = [.. Enumerable.Range(0, k).Select(j => regressors == 0 ? [] : beta.Column(j).ToArray())],
            Residuals = [.. Enumerable.Range(0, k).Select(j => residuals.Column(j).ToArray())],
            LogDeterminant = Math.Log(determinant),
            LargestRoot = LargestModulus(beta, k, lags, deterministic),
            Covariance = products / (n - regressors),
            GramInverse = inverse,
        };
    }

    /// <summary>The length of the series, which must be named, aligned, finite and not constant.</summary>
    internal static int Check(IReadOnlyList<(string Name, double[] Values)> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        Guard.AtLeast(series.Count, 1, "The number of series");
        foreach ((string name, double[] values) in series)
        {
            Guard.Series(values, 3, name);
            Guard.SameLength(series[0].Values, values, series[0].Name, name);
            Guard.NotConstant(values, name);
        }

        if (series.Select(s => s.Name).Distinct().Count() < series.Count)
            throw new ArgumentException(
                $"Two series have one name among {string.Join(", ", series.Select(s => s.Name))}; names must differ.",
                nameof(series));
        return series[0].Values.Length;
    }

    private static string[] Labels(IReadOnlyList<(string Name, double[])> series, int lags, int deterministic) =>
    [
        .. new[] { "constant", "trend" }.Take(deterministic),
        .. Enumerable.Range(1, lags).SelectMany(lag => series.Select(s => $"{s.Name}(t-{lag})")),
    ];

    /// <summary>By QR; (X'X)^-1 = R^-1 R^-T.</summary>
    private static (Matrix<double> Beta, Matrix<double> Inverse) LeastSquares(
        Matrix<double> x, Matrix<double> y, string[] names)
    {
        if (x.ColumnCount == 0)
            return (new DenseMatrix(1, y.ColumnCount), new DenseMatrix(1, 1));
        var qr = x.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
        for (int j = 0; j < x.ColumnCount; j++)
        {
            if (Math.Abs(qr.R[j, j]) <= 1e-11 * x.Column(j).L2Norm())
                throw new ArgumentException(
                    $"{names[j]} is a linear combination of the regressors before it; a series may not repeat another.",
                    "series");
        }

        Matrix<double> rInverse = qr.R.Inverse();
        return (qr.Solve(y), rInverse * rInverse.Transpose());
    }

    private static double LargestModulus(Matrix<double> beta, int k, int lags, int deterministic)
    {
        if (lags == 0)
            return 0;
        var companion = new DenseMatrix(k * lags, k * lags);
        for (int column = 0; column < k * lags; column++)
        {
            for (int row = 0; row < k; row++)
                companion[row, column] = beta[deterministic + column, row];
            if (column < k * (lags - 1))
                companion[column + k, column] = 1;
        }

        return companion.Evd().EigenValues.Max(root => root.Magnitude);
    }
}
