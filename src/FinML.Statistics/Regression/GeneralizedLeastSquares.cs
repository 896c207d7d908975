using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Generalised least squares, Aitken (1935): errors with covariance s^2 Omega, y and X multiplied by L^-1 with L L' =
/// Omega and fitted by least squares. Omega is known (<see cref="Fit"/>), or that of an AR(1) whose coefficient is
/// estimated with the slopes (<see cref="FitAr1"/>).
/// </summary>
public sealed record GeneralizedLeastSquares : CoefficientTable
{
    private const int MostIterations = 500;
    private const double Tolerance = 1e-12;

    private GeneralizedLeastSquares(LinearRegression whitened, IReadOnlyList<string> names)
        : base(names, [.. whitened.Coefficients], whitened.CovarianceMatrix, whitened.DegreesOfFreedom,
            whitened.CovarianceMethod)
    {
    }

    /// <summary>y - X b, in the unit of y.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>L^-1 (y - X b): uncorrelated with equal variance where Omega is right.</summary>
    public required IReadOnlyList<double> WhitenedResiduals { get; init; }

    /// <summary>s = sqrt(e' Omega^-1 e / (n - k)).</summary>
    public required double ResidualStandardDeviation { get; init; }

    /// <summary>Number of observations.</summary>
    public required int Count { get; init; }

    /// <summary>Coefficient of the errors' AR(1); null where Omega was given.</summary>
    public double? Autocorrelation { get; init; }

    /// <summary>Rounds of estimating the AR(1); 0 where Omega was given.</summary>
    public int Iterations { get; init; }

    /// <summary>Whether the AR(1) coefficient had settled to 1e-12.</summary>
    public bool Converged { get; init; } = true;

    /// <summary>With a known covariance.</summary>
    /// <param name="y">Response.</param>
    /// <param name="x">Regressors, intercept included if there is to be one.</param>
    /// <param name="omega">Covariance of the errors up to a factor, (n, n), symmetric and positive definite.</param>
    /// <param name="covariance">Default classical, that is Omega is believed.</param>
    public static GeneralizedLeastSquares Fit(
        ReadOnlySpan<double> y, DesignMatrix x, double[,] omega, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(omega);
        LinearRegression.CheckResponse(y, x);
        Matrix<double> l = Cholesky(omega, x.Rows);
        double[] Whiten(double[] values) => SolveLower(l, values);
        return Whitened(y, x, Whiten, covariance);
    }

    /// <summary>
    /// With AR(1) errors: Prais and Winsten (1954), the first row kept, the autocorrelation sum e_t e_{t-1} / sum
    /// e_{t-1}^2 of the residuals and the coefficients estimated in turn until they agree.
    /// </summary>
    /// <param name="y">Response, in the order of time.</param>
    /// <param name="x">Regressors; none may depend on past y, or the estimate is biased.</param>
    /// <param name="covariance">Default classical.</param>
    /// <exception cref="ArgumentException">As in <see cref="LinearRegression.Fit"/>, or residuals with a unit
    /// root.</exception>
    public static GeneralizedLeastSquares FitAr1(
        ReadOnlySpan<double> y, DesignMatrix x, CovarianceEstimator? covariance = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        LinearRegression.CheckResponse(y, x);
        double rho = 0, change = double.PositiveInfinity;
        int iteration = 0;
        GeneralizedLeastSquares fit;
        do
        {
            double last = rho;
            fit = Whitened(y, x, values => QuasiDifferences(values, last), covariance);
            rho = NextAutocorrelation(fit.Residuals);
            change = Math.Abs(rho - last);
        }
        while (++iteration < MostIterations && change > Tolerance);

        return fit with { Autocorrelation = rho, Iterations = iteration, Converged = change <= Tolerance };
    }

    private static GeneralizedLeastSquares Whitened(
        ReadOnlySpan<double> y, DesignMatrix x, Func<double[], double[]> whiten, CovarianceEstimator? covariance)
    {
        DesignMatrix whitenedX = DesignMatrix.Of(
            [.. x.Names.Select((name, j) => (name, whiten(x.Column(j).ToArray())))]);
        LinearRegression fit = LinearRegression.Fit(whiten(y.ToArray()), whitenedX, covariance);
        return new GeneralizedLeastSquares(fit, x.Names)
        {
            Residuals = x.Residuals(y, fit.Coefficients),
            WhitenedResiduals = fit.Residuals,
            ResidualStandardDeviation = fit.ResidualStandardDeviation,
            Count = fit.Count,
        };
    }

    private static double NextAutocorrelation(IReadOnlyList<double> e)
    {
        double product = 0, square = 0;
        for (int t = 1; t < e.Count; t++)
        {
            product += e[t] * e[t - 1];
            square += e[t - 1] * e[t - 1];
        }

        double rho = square == 0 ? 0 : product / square;
        if (!(Math.Abs(rho) < 1))
            throw new ArgumentException(
                $"The residuals' first autocorrelation is {Guard.Text(rho)}; an AR(1) needs one between -1 and 1. " +
                $"Regress differences.");
        return rho;
    }

    private static double[] QuasiDifferences(double[] values, double rho)
    {
        var differences = new double[values.Length];
        differences[0] = Math.Sqrt(1 - rho * rho) * values[0];
        for (int t = 1; t < values.Length; t++)
            differences[t] = values[t] - rho * values[t - 1];
        return differences;
    }

    private static Matrix<double> Cholesky(double[,] omega, int rows)
    {
        if (omega.GetLength(0) != rows || omega.GetLength(1) != rows)
            throw new ArgumentException(
                $"omega is {omega.GetLength(0)} by {omega.GetLength(1)} and there are {rows} rows; it must be square " +
                $"with one row for each.", nameof(omega));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Guard.Finite(omega[i, j], $"omega[{i}, {j}]");
                double tolerance = 1e-10 * Math.Sqrt(Math.Abs(omega[i, i] * omega[j, j]));
                if (Math.Abs(omega[i, j] - omega[j, i]) > tolerance)
                    throw new ArgumentException(
                        $"omega[{i}, {j}] is {Guard.Text(omega[i, j])} and omega[{j}, {i}] is " +
                        $"{Guard.Text(omega[j, i])}; it must be symmetric.", nameof(omega));
            }
        }

        try
        {
            return DenseMatrix.OfArray(omega).Cholesky().Factor;
        }
        catch (ArgumentException)
        {
            throw new ArgumentException("omega is not positive definite; a covariance must be.", nameof(omega));
        }
    }

    private static double[] SolveLower(Matrix<double> l, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double sum = values[i];
            for (int j = 0; j < i; j++)
                sum -= l[i, j] * values[j];
            values[i] = sum / l[i, i];
        }

        return values;
    }
}
