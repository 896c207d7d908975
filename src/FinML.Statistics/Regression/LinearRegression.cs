using MathNet.Numerics.LinearAlgebra;

namespace FinML.Statistics;

/// <summary>
/// Linear regression y = X b + e by (weighted) least squares: Householder QR with iterative refinement, never the
/// normal equations. Standard errors by the <see cref="CovarianceEstimator"/> that is given.
/// </summary>
public sealed record LinearRegression : CoefficientTable
{
    private LinearRegression(
        IReadOnlyList<string> names,
        double[] coefficients,
        Matrix<double> covariance,
        int degreesOfFreedom,
        string method)
        : base(names, coefficients, covariance, degreesOfFreedom, method)
    {
    }

    /// <summary>y - X b, in the unit of y (not weighted).</summary>
    public required IReadOnlyList<double> Residuals { get; init; }

    /// <summary>Number of observations n.</summary>
    public required int Count { get; init; }

    /// <summary>Weighted sum of squared residuals.</summary>
    public required double ResidualSumOfSquares { get; init; }

    /// <summary>
    /// Weighted sum of squares of y, from its (weighted) mean where the design has a constant column, from 0 otherwise.
    /// </summary>
    public required double TotalSumOfSquares { get; init; }

    /// <summary>sqrt(RSS / (n - k)).</summary>
    public required double ResidualStandardDeviation { get; init; }

    /// <summary>1 - RSS / TSS; 0 where the intercept stands alone.</summary>
    public required double RSquared { get; init; }

    /// <summary>1 - (1 - R^2) (n - 1 or n) / (n - k).</summary>
    public required double AdjustedRSquared { get; init; }

    /// <summary>
    /// The classical F test, equal variances assumed, that all coefficients but the intercept are 0; null where the
    /// intercept stands alone. <see cref="CoefficientTable.Wald"/> is the one with the given covariance.
    /// </summary>
    public required WaldTest? Overall { get; init; }

    /// <summary>Bandwidth of the kernel; null where there is none.</summary>
    public required double? Bandwidth { get; init; }

    /// <summary>(X'X)^-1, weighted.</summary>
    internal Matrix<double> InverseGram { get; private init; } = null!;

    /// <summary>Fits.</summary>
    /// <param name="y">Response; finite, one value for each row of <paramref name="x"/>.</param>
    /// <param name="x">Regressors; add the intercept by <see cref="DesignMatrix.WithIntercept"/>.</param>
    /// <param name="covariance">Default <see cref="CovarianceEstimator.Classical"/>.</param>
    /// <param name="weights">Inverse variances up to a factor, above 0; empty for ordinary least squares.</param>
    /// <exception cref="ArgumentException">Not aligned, not finite, no more rows than columns, collinear columns (the
    /// column is named), a constant y beside an intercept, a weight of 0 or less.</exception>
    public static LinearRegression Fit(
        ReadOnlySpan<double> y,
        DesignMatrix x,
        CovarianceEstimator? covariance = null,
        ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        CheckResponse(y, x);
        if (x.HasIntercept && x.Columns > 1)
            Guard.NotConstant(y, nameof(y));
        int n = x.Rows, k = x.Columns;
        double[] roots = Roots(weights, n), scaledY = y.ToArray(), scaledX = (double[])x.Values.Clone();
        for (int i = 0; i < scaledX.Length; i++)
            scaledX[i] *= roots[i % n];
        for (int i = 0; i < n; i++)
            scaledY[i] *= roots[i];

        HouseholderQr qr = HouseholderQr.Of(scaledX, n, x.Names);
        (double[] coefficients, double[] residuals) = qr.Solve(scaledY);
        Matrix<double> inverseGram = qr.InverseGram();
        Scores scores = Scores.OfRegression(scaledX, residuals, qr.Leverages, x.InterceptColumn);
        covariance ??= CovarianceEstimator.Classical;
        double rss = SumOfSquares(residuals, 0), variance = rss / (n - k);
        ScoreCovariance meat = covariance.Of(scores);

        // The classical sandwich s^2 G^-1 (X'X) G^-1 is s^2 G^-1; said without the detour it keeps more digits.
        Matrix<double> v = covariance is ClassicalCovariance
            ? inverseGram * variance
            : CovarianceEstimator.Sandwich(inverseGram, meat, n);
        double tss = TotalSquares(scaledY, roots, x.HasIntercept), r2 = tss > 0 && k > Constants(x) ? 1 - rss / tss : 0;
        int slopes = k - Constants(x);
        return new LinearRegression(x.Names, coefficients, v, meat.DegreesOfFreedom ?? n - k, meat.Method)
        {
            Residuals = [.. residuals.Select((r, i) => r / roots[i])],
            Count = n,
            ResidualSumOfSquares = rss,
            TotalSumOfSquares = tss,
            ResidualStandardDeviation = Math.Sqrt(variance),
            RSquared = r2,
            AdjustedRSquared = 1 - (1 - r2) * (n - Constants(x)) / (n - k),
            Overall = slopes == 0 ? null : WaldTest.Of(Math.Max(tss - rss, 0) / slopes / variance, slopes, n - k),
            Bandwidth = meat.Bandwidth,
            InverseGram = inverseGram,
        };
    }

    internal static void CheckResponse(ReadOnlySpan<double> y, DesignMatrix x)
    {
        Guard.Finite(y, nameof(y));
        if (y.Length != x.Rows)
            throw new ArgumentException(
                $"y has {y.Length} values and x has {x.Rows} rows; they must be aligned, one for one.", nameof(y));
        if (x.Rows <= x.Columns)
            throw new ArgumentException(
                $"There are {x.Rows} rows for {x.Columns} coefficients; a fit needs more rows than coefficients.",
                nameof(x));
    }

    private static int Constants(DesignMatrix x) => x.HasIntercept ? 1 : 0;

    private static double[] Roots(ReadOnlySpan<double> weights, int rows)
    {
        var roots = new double[rows];
        if (weights.IsEmpty)
        {
            Array.Fill(roots, 1);
            return roots;
        }

        if (weights.Length != rows)
            throw new ArgumentException(
                $"There are {weights.Length} weights and {rows} rows; there must be one for each.", nameof(weights));
        for (int i = 0; i < rows; i++)
        {
            if (!(weights[i] > 0) || double.IsInfinity(weights[i]))
                throw new ArgumentException(
                    $"The weight at index {i} is {Guard.Text(weights[i])}; weights must be above 0 and finite (leave " +
                    $"out the rows that should not count).", nameof(weights));
            roots[i] = Math.Sqrt(weights[i]);
        }

        return roots;
    }

    private static double TotalSquares(double[] scaledY, double[] roots, bool fromMean)
    {
        if (!fromMean)
            return SumOfSquares(scaledY, 0);
        double weight = 0, sum = 0, total = 0;
        for (int i = 0; i < roots.Length; i++)
        {
            weight += roots[i] * roots[i];
            sum += roots[i] * scaledY[i];
        }

        double mean = sum / weight;
        for (int i = 0; i < roots.Length; i++)
        {
            double deviation = scaledY[i] - roots[i] * mean;
            total += deviation * deviation;
        }

        return total;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values, double from)
    {
        double sum = 0;
        foreach (double value in values)
            sum += (value - from) * (value - from);
        return sum;
    }
}
