using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Quantile regression, Koenker and Bassett (1978): the b that minimises sum rho_tau(y - x b), exactly, by the simplex.
/// Standard errors with the bandwidth of Hall and Sheather (1988), as summary.rq of R's quantreg.
/// </summary>
public sealed record QuantileRegression : CoefficientTable
{
    private QuantileRegression(
        IReadOnlyList<string> names,
        double[] coefficients,
        Matrix<double> covariance,
        int degreesOfFreedom,
        string method)
        : base(names, coefficients, covariance, degreesOfFreedom, method)
    {
    }

    /// <summary>The quantile's probability tau.</summary>
    public required double Probability { get; init; }

    /// <summary>y - X b; k of them are 0.</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>sum rho_tau(y - x b), the minimum.</summary>
    public required double Loss { get; init; }

    /// <summary>Number of observations.</summary>
    public required int Count { get; init; }

    /// <summary>False where other coefficients have the same loss (as for the median of an even number).</summary>
    public required bool IsUnique { get; init; }

    /// <summary>Exchanges of the simplex.</summary>
    public required int Exchanges { get; init; }

    /// <summary>Hall and Sheather's bandwidth on the scale of probability.</summary>
    public required double Bandwidth { get; init; }

    /// <summary>Fits.</summary>
    /// <param name="y">Response.</param>
    /// <param name="x">Regressors, as in <see cref="LinearRegression.Fit"/>.</param>
    /// <param name="probability">tau, between 0 and 1.</param>
    /// <param name="errors">Kind of standard errors.</param>
    public static QuantileRegression Fit(
        ReadOnlySpan<double> y,
        DesignMatrix x,
        double probability = 0.5,
        QuantileErrors errors = QuantileErrors.DifferenceSandwich)
    {
        Guard.Between(probability, 0, 1, nameof(probability));
        LinearRegression leastSquares = LinearRegression.Fit(y, x);
        int n = x.Rows;
        (double[] b, int exchanges, bool unique) =
            QuantileSimplex.Solve(y, x, probability, leastSquares.Residuals);
        double[] residuals = x.Residuals(y, b);
        double h = HallSheather(probability, n), spread = h;
        while (probability - spread < 0 || probability + spread > 1)
            spread /= 2;
        Matrix<double> covariance = errors switch
        {
            QuantileErrors.Alike => leastSquares.InverseGram
                * (probability * (1 - probability) * Math.Pow(Sparsity(residuals, x.Columns, h), 2)),
            QuantileErrors.DifferenceSandwich => Sandwich(
                x, probability, Densities(y, x, probability, spread, leastSquares.Residuals)),
            _ => Sandwich(x, probability, KernelDensities(residuals, probability, spread)),
        };
        return new QuantileRegression(x.Names, b, covariance, n - x.Columns, $"quantile regression, {errors}")
        {
            Probability = probability,
            Residuals = residuals,
            Loss = residuals.Sum(u => u * (probability - (u < 0 ? 1 : 0))),
            Count = n,
            IsUnique = unique,
            Exchanges = exchanges,
            Bandwidth = h,
        };
    }

    private static double HallSheather(double tau, int n)
    {
        double z = StandardNormal.Quantile(tau), density = StandardNormal.Density(z);
        return Math.Pow(n, -1.0 / 3) * Math.Pow(StandardNormal.Quantile(0.975), 2.0 / 3)
            * Math.Cbrt(1.5 * density * density / (2 * z * z + 1));
    }

    /// <summary>Slope of the sorted residuals around 0 on their rank / (n - k), by a median regression.</summary>
    private static double Sparsity(double[] residuals, int k, double h)
    {
        const double Zero = 1.4901161193847656e-08; // square root of the machine epsilon, as in quantreg
        int n = residuals.Length, zeros = residuals.Count(u => Math.Abs(u) < Zero);
        int near = (int)Math.Max(k + 1, Math.Ceiling(n * h));
        if (zeros + near + 1 > n)
            throw new ArgumentException(
                $"{zeros} of {n} residuals are 0 and {near + 1} others are needed for the sparsity; the sample is " +
                $"too short for this kind of standard error.");
        double[] nearest = [.. residuals.OrderBy(Math.Abs).Skip(zeros).Take(near + 1).Order()];
        double[] ranks = [.. Enumerable.Range(zeros + 1, near + 1).Select(rank => rank / (double)(n - k))];
        DesignMatrix x = DesignMatrix.Of(("rank", ranks)).WithIntercept();
        return QuantileSimplex.Solve(nearest, x, 0.5, LinearRegression.Fit(nearest, x).Residuals).Coefficients[1];
    }

    /// <summary>2 h / (fit at tau + h less fit at tau - h), 0 where the fits cross.</summary>
    private static double[] Densities(
        ReadOnlySpan<double> y, DesignMatrix x, double tau, double h, IReadOnlyList<double> leastSquaresResiduals)
    {
        double[] above = QuantileSimplex.Solve(y, x, tau + h, leastSquaresResiduals).Coefficients;
        double[] below = QuantileSimplex.Solve(y, x, tau - h, leastSquaresResiduals).Coefficients;
        var densities = new double[x.Rows];
        for (int i = 0; i < densities.Length; i++)
        {
            double rise = 0;
            for (int j = 0; j < above.Length; j++)
                rise += (above[j] - below[j]) * x[i, j];
            densities[i] = rise > 0 ? 2 * h / rise : 0;
        }

        return densities;
    }

    private static double[] KernelDensities(double[] residuals, double tau, double h)
    {
        double range = Quantile.Type7(residuals, 0.75) - Quantile.Type7(residuals, 0.25);
        double width = (StandardNormal.Quantile(tau + h) - StandardNormal.Quantile(tau - h))
            * Math.Min(Moments.Of(residuals).StandardDeviation(), range / 1.34);
        return Array.ConvertAll(residuals, u => StandardNormal.Density(u / width) / width);
    }

    /// <summary>tau (1 - tau) (X'FX)^-1 X'X (X'FX)^-1.</summary>
    private static Matrix<double> Sandwich(DesignMatrix x, double tau, double[] densities)
    {
        int n = x.Rows;
        if (densities.Count(f => f > 0) <= x.Columns)
            throw new ArgumentException(
                $"The density of the errors is above 0 at {densities.Count(f => f > 0)} of {n} rows only: the fits " +
                $"at neighbouring quantiles cross. Take another kind of standard error.");
        double[] scaled = [.. x.Values.Select((value, i) => value * Math.Sqrt(densities[i % n]))];
        Matrix<double> inverse = HouseholderQr.Of(scaled, n, x.Names).InverseGram();
        var values = new DenseMatrix(n, x.Columns, (double[])x.Values.Clone());
        return inverse * values.TransposeThisAndMultiply(values) * inverse * (tau * (1 - tau));
    }
}
