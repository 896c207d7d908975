using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Tests that the coefficients of a regression are the same over the whole sample, by cumulated residuals that leave a
/// boundary where they are not. Recursive residuals: Brown, Durbin and Evans (1975), boundary c (1 + 2 t).
/// Least-squares residuals: Ploberger and Kraemer (1992), constant boundary. As R's strucchange (Zeileis et al. 2002).
/// </summary>
public sealed record CusumTest
{
    /// <summary>max |W(t)| / (1 + 2 t) of the recursive residuals, max |W(t)| of the least-squares ones.</summary>
    public required double Statistic { get; init; }

    /// <summary>Asymptotic: the crossing of a Brownian motion, or of a Brownian bridge.</summary>
    public required double PValue { get; init; }

    /// <summary>True for recursive residuals.</summary>
    public required bool IsRecursive { get; init; }

    /// <summary>The cumulated residuals W over sigma sqrt(their number), from 0; one more than there are
    /// residuals.</summary>
    public required IReadOnlyList<double> Process { get; init; }

    /// <summary>Standard deviation of the residuals.</summary>
    public required double ResidualStandardDeviation { get; init; }

    /// <summary>Test of recursive residuals. It finds an early change soonest.</summary>
    /// <param name="y">Response in time order.</param>
    /// <param name="x">Regressors, with the intercept; the first rows, as many as columns, must be linearly
    /// independent.</param>
    public static CusumTest Recursive(ReadOnlySpan<double> y, DesignMatrix x)
    {
        double[] w = RecursiveResiduals(y, x);
        double deviation = Spread(Moments.Of(w).StandardDeviation(), y);
        double[] process = Cumulated(w, deviation);
        double statistic = 0;
        for (int t = 0; t < process.Length; t++)
            statistic = Math.Max(statistic, Math.Abs(process[t]) / (1 + 2.0 * t / w.Length));
        return new CusumTest
        {
            Statistic = statistic,
            PValue = Motion(statistic),
            IsRecursive = true,
            Process = process,
            ResidualStandardDeviation = deviation,
        };
    }

    /// <summary>Test of least-squares residuals. It finds a change in the middle best.</summary>
    /// <param name="y">Response in time order.</param>
    /// <param name="x">Regressors, with the intercept.</param>
    public static CusumTest LeastSquares(ReadOnlySpan<double> y, DesignMatrix x)
    {
        LinearRegression fit = LinearRegression.Fit(y, x);
        double deviation = Spread(fit.ResidualStandardDeviation, y);
        double[] process = Cumulated([.. fit.Residuals], deviation);
        double statistic = process.Max(Math.Abs);
        return new CusumTest
        {
            Statistic = statistic,
            PValue = Bridge(statistic),
            IsRecursive = false,
            Process = process,
            ResidualStandardDeviation = deviation,
        };
    }

    /// <summary>w_t = (y_t - x_t' b_{t-1}) / sqrt(1 + x_t' (X'X)_{t-1}^-1 x_t), b_{t-1} fitted to the rows before t:
    /// independent with equal variance under the null.</summary>
    /// <param name="y">Response in time order.</param>
    /// <param name="x">Regressors.</param>
    public static double[] RecursiveResiduals(ReadOnlySpan<double> y, DesignMatrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        LinearRegression.CheckResponse(y, x);
        int n = x.Rows, k = x.Columns;
        Guard.InRange(n, k + 2, int.MaxValue, "the number of rows");
        Matrix<double> rows = DenseMatrix.Build.DenseOfColumnMajor(n, k, x.Values);
        HouseholderQr first = HouseholderQr.Of(
            rows.SubMatrix(0, k, 0, k).ToColumnMajorArray(), k, x.Names); // names the column that is not independent
        Matrix<double> inverse = first.InverseGram();
        Vector<double> b = DenseVector.OfArray(first.Solve(y[..k]).Coefficients);
        var w = new double[n - k];
        for (int t = k; t < n; t++)
        {
            // (A + x x')^-1 = A^-1 - A^-1 x x' A^-1 / (1 + x' A^-1 x): Sherman and Morrison.
            Vector<double> row = rows.Row(t), gain = inverse * row;
            double error = y[t] - row * b, factor = 1 + row * gain;
            w[t - k] = error / Math.Sqrt(factor);
            b += gain * (error / factor);
            inverse -= gain.OuterProduct(gain) / factor;
        }

        return w;
    }

    private static double[] Cumulated(double[] residuals, double deviation)
    {
        double[] process = new double[residuals.Length + 1];
        double scale = 1 / (deviation * Math.Sqrt(residuals.Length));
        for (int t = 0; t < residuals.Length; t++)
            process[t + 1] = process[t] + residuals[t] * scale;
        return process;
    }

    private static double Spread(double deviation, ReadOnlySpan<double> y)
    {
        double largest = 0;
        foreach (double value in y)
            largest = Math.Max(largest, Math.Abs(value));
        if (!(deviation > 1e-13 * largest))
            throw new ArgumentException(
                $"The regressors explain y to the last digit (residual standard deviation {Guard.Text(deviation)}); "
                + "residuals must vary.", nameof(y));
        return deviation;
    }

    /// <summary>P(a Brownian motion on [0, 1] leaves +-x (1 + 2 t)), to three digits above .2 and exact in the
    /// tail.</summary>
    private static double Motion(double x) => x < 0.3
        ? 1 - 0.1465 * x
        : Math.Min(1, 2 * (StandardNormal.UpperTail(3 * x)
            + Math.Exp(-4 * x * x) * (StandardNormal.Cdf(x) - StandardNormal.UpperTail(5 * x))
            - Math.Exp(-16 * x * x) * StandardNormal.UpperTail(x)));

    /// <summary>P(the largest |Brownian bridge| is above x), Kolmogorov: 2 sum (-1)^(i+1) exp(-2 i^2 x^2).</summary>
    private static double Bridge(double x)
    {
        if (x < 0.1)
            return 1;
        double sum = 0;
        for (int i = 1; i <= 100; i++)
            sum += (i % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * i * i * x * x);
        return Math.Clamp(sum, 0, 1);
    }
}
