using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// Test of equal Sharpe ratios of two aligned series by Ledoit and Wolf (2008), "Robust performance hypothesis testing
/// with the Sharpe ratio", section 3.1: the delta method on the first two moments, with a heteroscedasticity- and
/// autocorrelation-consistent covariance (Parzen kernel, automatic bandwidth of Andrews 1991, degrees-of-freedom factor
/// n / (n - 4)), optionally prewhitened by a VAR(1) as in Andrews and Monahan (1992). Asymptotically normal.
/// </summary>
public sealed record LedoitWolfTest
{
    private const int MomentCount = 4; // mean a, mean b, mean a^2, mean b^2

    /// <summary>Sharpe ratio of the first series less that of the second, per period, ddof 1.</summary>
    public required double Difference { get; init; }

    /// <summary>HAC standard error of the difference.</summary>
    public required double StandardError { get; init; }

    /// <summary>Two-sided, from the normal distribution.</summary>
    public required double PValue { get; init; }

    /// <summary>True where the moments were prewhitened.</summary>
    public required bool Prewhitened { get; init; }

    /// <summary>Number of pairs.</summary>
    public required int Count { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="first">Excess returns of one strategy.</param>
    /// <param name="second">Excess returns of the other, aligned with the first; 20 or more.</param>
    /// <param name="prewhiten">True is better where returns are strongly autocorrelated.</param>
    public static LedoitWolfTest Run(ReturnSeries first, ReturnSeries second, bool prewhiten = false)
    {
        ArgumentNullException.ThrowIfNull(first);
        first.RequireAligned(second, nameof(second));
        first.RequireCount(20, "The Ledoit-Wolf test");
        SharpeDifferenceTest.RequireDistinct(first, second);

        Moments a = Moments.Of(first.Values), b = Moments.Of(second.Values);
        int n = a.Count;
        double secondA = a.Variance(0) + a.Mean * a.Mean, secondB = b.Variance(0) + b.Mean * b.Mean;
        double cubeA = Math.Pow(a.Variance(0), 1.5), cubeB = Math.Pow(b.Variance(0), 1.5);

        // Gradient of the difference with respect to the four moments.
        Vector<double> gradient = DenseVector.OfArray(
            [secondA / cubeA, -secondB / cubeB, -0.5 * a.Mean / cubeA, 0.5 * b.Mean / cubeB]);
        Matrix<double> moments = DenseMatrix.Create(n, MomentCount, 0); // (n, 4), centred
        for (int t = 0; t < n; t++)
        {
            double ra = first.Values[t], rb = second.Values[t];
            moments.SetRow(t, [ra - a.Mean, rb - b.Mean, ra * ra - secondA, rb * rb - secondB]);
        }

        Matrix<double> covariance = prewhiten ? Prewhitened4(moments) : KernelCovariance(moments);
        double difference = a.Mean / a.StandardDeviation() - b.Mean / b.StandardDeviation();
        double error = Math.Sqrt(gradient * covariance * gradient / n);
        return new LedoitWolfTest
        {
            Difference = difference,
            StandardError = error,
            PValue = 2 * StandardNormal.UpperTail(Math.Abs(difference) / error),
            Prewhitened = prewhiten,
            Count = n,
        };
    }

    /// <summary>n / (n - 4) sum_j k(j / S) (Gamma_j + Gamma_j'), S = 2.6614 (alpha n)^(1/5).</summary>
    private static Matrix<double> KernelCovariance(Matrix<double> v)
    {
        int n = v.RowCount;
        double bandwidth = Math.Min(2.6614 * Math.Pow(Alpha(v) * n, 0.2), n - 1);
        Matrix<double> psi = Covariance(v, 0);
        for (int j = 1; j < bandwidth; j++)
        {
            Matrix<double> gamma = Covariance(v, j);
            psi += Parzen(j / bandwidth) * (gamma + gamma.Transpose());
        }

        return psi * (n / (n - (double)MomentCount));
    }

    /// <summary>
    /// VAR(1) without constant, singular values held to 0.97; the residuals' covariance is recoloured.
    /// </summary>
    private static Matrix<double> Prewhitened4(Matrix<double> v)
    {
        int n = v.RowCount;
        Matrix<double> before = v.SubMatrix(0, n - 1, 0, MomentCount), after = v.SubMatrix(1, n - 1, 0, MomentCount);
        var svd = before.QR().Solve(after).Transpose().Svd(); // A with v_t = A v_{t-1} + e_t
        Matrix<double> held = DenseMatrix.OfDiagonalVector(svd.S.Map(s => Math.Min(s, 0.97)));
        Matrix<double> a = svd.U * held * svd.VT;
        Matrix<double> recolour = (DenseMatrix.CreateIdentity(MomentCount) - a).Inverse();
        return recolour * KernelCovariance(after - before * a.Transpose()) * recolour.Transpose();
    }

    /// <summary>Andrews' alpha(2) from an AR(1) with constant for each column, unit weights.</summary>
    private static double Alpha(Matrix<double> v)
    {
        double numerator = 0, denominator = 0;
        for (int column = 0; column < MomentCount; column++)
        {
            (double rho, double variance) = FitAr1(v.Column(column).AsArray() ?? v.Column(column).ToArray());
            double weight = variance * variance;
            numerator += 4 * rho * rho * weight / Math.Pow(1 - rho, 8);
            denominator += weight / Math.Pow(1 - rho, 4);
        }

        return numerator / denominator;
    }

    private static (double Rho, double Variance) FitAr1(double[] x)
    {
        int pairs = x.Length - 1;
        double meanBefore = x.Take(pairs).Average(), meanAfter = x.Skip(1).Average(), sxx = 0, sxy = 0, syy = 0;
        for (int t = 0; t < pairs; t++)
        {
            double dx = x[t] - meanBefore, dy = x[t + 1] - meanAfter;
            sxx += dx * dx;
            sxy += dx * dy;
            syy += dy * dy;
        }

        double rho = sxy / sxx;
        return (rho, (syy - rho * sxy) / pairs);
    }

    private static Matrix<double> Covariance(Matrix<double> v, int lag)
    {
        int n = v.RowCount;
        return v.SubMatrix(lag, n - lag, 0, MomentCount).TransposeThisAndMultiply(
            v.SubMatrix(0, n - lag, 0, MomentCount)) / n;
    }

    private static double Parzen(double x) =>
        x <= 0.5 ? 1 - 6 * x * x + 6 * x * x * x : x <= 1 ? 2 * Math.Pow(1 - x, 3) : 0;
}
