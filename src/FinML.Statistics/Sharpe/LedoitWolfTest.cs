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

        Matrix<double> covariance = prewhiten
            ? ParzenCovariance.Prewhitened(moments)
            : ParzenCovariance.Plain(moments);
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
}
