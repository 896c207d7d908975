using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace FinML.Statistics;

/// <summary>
/// What is assumed of the errors when a standard error is computed: equal variance, unequal variance, dependence in
/// time, or dependence within clusters. Conventions are those of R's sandwich (Zeileis 2004, 2006; Zeileis, Koll,
/// Graham 2020); each member names its small-sample factor.
/// </summary>
public abstract class CovarianceEstimator
{
    private protected CovarianceEstimator()
    {
    }

    /// <summary>Equal variance, no dependence: s^2 (X'X)^-1 with s^2 = e'e / (n - k).</summary>
    public static CovarianceEstimator Classical { get; } = new ClassicalCovariance();

    /// <summary>White (1980): sum e^2 x x', no factor. Too small in small samples.</summary>
    public static CovarianceEstimator HC0 { get; } = new HeteroscedasticCovariance(0);

    /// <summary>HC0 times n / (n - k), Stata's robust.</summary>
    public static CovarianceEstimator HC1 { get; } = new HeteroscedasticCovariance(1);

    /// <summary>e^2 / (1 - h), h the leverage: unbiased under equal variance.</summary>
    public static CovarianceEstimator HC2 { get; } = new HeteroscedasticCovariance(2);

    /// <summary>e^2 / (1 - h)^2, close to the jackknife: MacKinnon and White (1985). The choice for n below 250: Long
    /// and Ervin (2000).</summary>
    public static CovarianceEstimator HC3 { get; } = new HeteroscedasticCovariance(3);

    /// <summary>Newey and West (1987): Bartlett weights 1 - j / (lags + 1).</summary>
    /// <param name="lags">0 (equals HC0) or more, below the number of rows.</param>
    /// <param name="prewhiten">Whether a VAR(1) is fitted to the scores first.</param>
    /// <param name="factor">R's NeweyWest has none; Stata's newey has n / (n - k).</param>
    public static CovarianceEstimator NeweyWest(
        int lags, bool prewhiten = false, SmallSampleFactor factor = SmallSampleFactor.None) =>
        new KernelCovariance(HacKernel.Bartlett, Bandwidth.Lags(lags), prewhiten, factor);

    /// <summary>Newey and West (1987) with a lag that the data choose.</summary>
    /// <param name="bandwidth"><see cref="Bandwidth.Andrews"/>, or <see cref="Bandwidth.NeweyWest1994"/>.</param>
    /// <param name="prewhiten">Whether a VAR(1) is fitted to the scores first.</param>
    /// <param name="factor">The small-sample factor.</param>
    public static CovarianceEstimator NeweyWest(
        Bandwidth bandwidth, bool prewhiten = false, SmallSampleFactor factor = SmallSampleFactor.None) =>
        new KernelCovariance(HacKernel.Bartlett, bandwidth, prewhiten, factor);

    /// <summary>Andrews (1991), Andrews and Monahan (1992): the quadratic spectral kernel, by default prewhitened, with
    /// the automatic bandwidth and n / (n - k), as R's kernHAC. Cost n^2 k^2: all lags have weight.</summary>
    public static CovarianceEstimator QuadraticSpectral(
        Bandwidth? bandwidth = null,
        bool prewhiten = true,
        SmallSampleFactor factor = SmallSampleFactor.ObservationsOverDegreesOfFreedom) =>
        new KernelCovariance(HacKernel.QuadraticSpectral, bandwidth ?? Bandwidth.Andrews, prewhiten, factor);

    /// <summary>Any kernel: Gallant's (1987) Parzen weights, or the truncated ones of Hansen (1982).</summary>
    public static CovarianceEstimator Kernel(
        HacKernel kernel,
        Bandwidth bandwidth,
        bool prewhiten = false,
        SmallSampleFactor factor = SmallSampleFactor.None) =>
        new KernelCovariance(kernel, bandwidth, prewhiten, factor);

    /// <summary>
    /// Dependence within clusters, none between: Liang and Zeger (1986), with G / (G - 1) and (n - 1) / (n - k). Tests
    /// use G - 1 degrees of freedom. Few clusters (under about 40) leave it too small: Cameron and Miller (2015).
    /// </summary>
    /// <param name="clusters">The cluster of each row; two or more distinct ones.</param>
    /// <param name="factor">None leaves both factors out (HC0, cadjust = FALSE).</param>
    public static CovarianceEstimator Cluster<T>(
        IReadOnlyList<T> clusters,
        SmallSampleFactor factor = SmallSampleFactor.ObservationsOverDegreesOfFreedom)
        where T : notnull => new ClusterCovariance([ClusterCovariance.Codes(clusters)], factor);

    /// <summary>
    /// Dependence within either of two groupings (firm and year): Cameron, Gelbach and Miller (2011), first + second -
    /// intersection, each with its own G / (G - 1), and (n - 1) / (n - k). Tests use the smaller G - 1. The sum
    /// can fail to be positive definite; a variance below 0 is refused where it is used.
    /// </summary>
    public static CovarianceEstimator TwoWayCluster<TFirst, TSecond>(
        IReadOnlyList<TFirst> first,
        IReadOnlyList<TSecond> second,
        SmallSampleFactor factor = SmallSampleFactor.ObservationsOverDegreesOfFreedom)
        where TFirst : notnull
        where TSecond : notnull =>
        new ClusterCovariance([ClusterCovariance.Codes(first), ClusterCovariance.Codes(second)], factor);

    /// <summary>The covariance of the sum of the scores over n.</summary>
    internal abstract ScoreCovariance Of(Scores scores);

    /// <summary>The same without a small-sample factor: for moments, whose tests are asymptotic.</summary>
    internal abstract CovarianceEstimator WithoutFactor();

    /// <summary>B^-1 (n meat) B^-1 with B^-1 = <paramref name="inverseGram"/> = (X'X)^-1.</summary>
    internal static Matrix<double> Sandwich(Matrix<double> inverseGram, ScoreCovariance meat, int rows) =>
        inverseGram * (meat.Value * rows) * inverseGram;

    /// <summary>sum_t s_t s_t', over the rows of a row-major matrix.</summary>
    private protected static Matrix<double> CrossProduct(double[] rows, int columns, int lag = 0)
    {
        int n = rows.Length / columns;
        var product = new double[columns * columns]; // column-major: sum_t s_{t-lag, i} s_{t, j} at j * k + i
        for (int t = lag; t < n; t++)
        {
            ReadOnlySpan<double> now = rows.AsSpan(t * columns, columns);
            ReadOnlySpan<double> before = rows.AsSpan((t - lag) * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                for (int i = 0; i < columns; i++)
                    product[j * columns + i] += before[i] * now[j];
            }
        }

        return new DenseMatrix(columns, columns, product);
    }

    private protected static double Factor(SmallSampleFactor factor, Scores scores) =>
        factor == SmallSampleFactor.None ? 1 : scores.Rows / (double)(scores.Rows - scores.Parameters);
}
