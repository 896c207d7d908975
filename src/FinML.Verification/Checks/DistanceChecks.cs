using FinML.Data;
using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Distances of distributions, mutual information: other implementations and closed forms.</summary>
internal static class DistanceChecks
{
    private const string SciPy = "SciPy 1.10.1, tests/FinML.Statistics.Tests/Golden/make_distances.py";
    private const string R = "R 4.2.2, ks.test(exact = TRUE)";
    private const string KraskovSource =
        "-log(1 - rho^2) / 2 of normals; Kraskov, Stögbauer, Grassberger 2004; 10,000 draws scatter by about .01";

    private static readonly double[] X =
        [.. Enumerable.Range(0, 40).Select(i => (7 * i * i + 3 * i) % 101 / 101.0)];

    private static readonly double[] Y =
        [.. Enumerable.Range(0, 25).Select(i => (11 * i * i + 5 * i + 1) % 97 / 97.0 * 1.3)];

    private static readonly double[] Sines =
        [.. Enumerable.Range(0, 40).Select(i => Math.Sin(1.3 * i * i + .5 * i))];

    private static readonly double[] OtherSines =
        [.. Enumerable.Range(0, 25).Select(i => 1.3 * Math.Sin(1.7 * i * i + .3 * i) + .4)];

    private static readonly double[] Halves = [4, 5.5, 5, 6, 4.5, 4.5, 5, 4.5, 5.5, 5];
    private static readonly double[] OtherHalves = [6.5, 5, 5.5, 5.5, 5.5, 5.5, 5, 6, 6, 5.5];

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.distances.kolmogorov", "P(D < .274) at n = 10", "Marsaglia, Tsang, Wang 2003, their example",
            0.6284796154565, 1e-12, _ => 1 - OneSampleOf(10, 0.274).PValue),
        new("statistics.distances.ks-one", "exact p of 40 values against the uniform distribution", SciPy,
            0.1382250559865107, 1e-10, _ => KolmogorovSmirnov.OneSample(X, v => v).PValue),
        new("statistics.distances.ks-one-greater", "the same, one-sided", SciPy,
            0.06913080435772338, 1e-11, _ => KolmogorovSmirnov.OneSample(X, v => v, Alternative.Greater).PValue),
        new("statistics.distances.ks-two", "exact p of 40 values against 25", SciPy,
            0.03941033238092798, 1e-12, _ => KolmogorovSmirnov.TwoSample(Sines, OtherSines).PValue),
        new("statistics.distances.ks-ties", "exact p of two samples with ties", R,
            0.069778518694918024, 1e-13, _ => KolmogorovSmirnov.TwoSample(Halves, OtherHalves).PValue),
        new("statistics.distances.ks-ties-greater", "the same, one-sided", R, 0.034889259347453905, 1e-13,
            _ => KolmogorovSmirnov.TwoSample(Halves, OtherHalves, Alternative.Greater).PValue),
        new("statistics.distances.ks-limit", "asymptotic p of the same", "R 4.2.2, ks.test(exact = FALSE)",
            0.16407919772665203, 1e-6,
            _ => KolmogorovSmirnov.TwoSample(Halves, OtherHalves, method: KolmogorovMethod.Asymptotic).PValue),
        new("statistics.distances.wasserstein", "1-Wasserstein distance of two samples", SciPy,
            0.20509115035214864, 1e-13, _ => WassersteinDistance.Of(X, Y)),
        new("statistics.distances.wasserstein-weighted", "the same with weights 1 to 5 and 1 to 3", SciPy,
            0.2140305410722011, 1e-13, _ => WassersteinDistance.Of(
                X, [.. X.Select((_, i) => 1.0 + i % 5)], Y, [.. Y.Select((_, i) => 1.0 + i % 3)])),
        new("statistics.distances.mmd", "unbiased squared MMD, Gaussian kernel, median bandwidth",
            "NumPy, the definition of Gretton et al. 2012", 0.06371337844916769, 1e-12,
            _ => MaximumMeanDiscrepancy.Compare(X, Y).Squared),
        new("statistics.distances.mmd-biased", "the same, biased", "NumPy, the definition of Gretton et al. 2012",
            0.09392493567092508, 1e-12, _ => MaximumMeanDiscrepancy.Compare(X, Y, biased: true).Squared),
        new("statistics.distances.sinkhorn", "entropic cost of two samples, epsilon .05", "NumPy, plain scaling",
            0.11982240965283136, 1e-9, _ => SinkhornDivergence.Of(X, Y, Epsilon(0.05)).Between.EntropicCost),
        new("statistics.distances.sinkhorn-normal", "Sinkhorn divergence of N(0, .5^2) and N(.3, .8^2), epsilon .1",
            "closed form of Janati, Muzellec, Peyré, Cuturi 2020", 0.17982481133401856, 1e-8, _ => OfNormals()),
        new("statistics.distances.ksg", "mutual information of normals, rho .6, first estimator", KraskovSource,
            -0.5 * Math.Log(1 - 0.36), 0.03, _ => Information(0.6, NeighbourEstimator.First)),
        new("statistics.distances.ksg-second", "the same, rho .9, second estimator", KraskovSource,
            -0.5 * Math.Log(1 - 0.81), 0.03, _ => Information(0.9, NeighbourEstimator.Second)),
        new("statistics.distances.ksg-independent", "the same, rho 0", KraskovSource,
            0, 0.03, _ => Information(0, NeighbourEstimator.First)),
    ];

    private static SinkhornOptions Epsilon(double epsilon) => new() { Regularisation = epsilon, Tolerance = 1e-11 };

    /// <summary>A sample whose largest distance from the uniform distribution is d.</summary>
    private static KolmogorovSmirnov OneSampleOf(int n, double d) => KolmogorovSmirnov.OneSample(
        [.. Enumerable.Range(0, n).Select(i => i == 0 ? d : Math.Max(d, (i + 0.5) / n))], v => v);

    /// <summary>On a grid so fine that its sums are the integrals.</summary>
    private static double OfNormals()
    {
        double[] grid = [.. Enumerable.Range(0, 121).Select(i => -8 + i / 7.5)];
        double[] first = [.. grid.Select(v => Math.Exp(-v * v / 0.5))];
        double[] second = [.. grid.Select(v => Math.Exp(-(v - 0.3) * (v - 0.3) / 1.28))];
        return SinkhornDivergence.Of(grid, first, grid, second, Epsilon(0.1)).Value;
    }

    private static double Information(double rho, NeighbourEstimator estimator)
    {
        const int Count = 10_000;
        var random = new RandomStream(1);
        double[] x = new double[Count], y = new double[Count];
        for (int i = 0; i < Count; i++)
        {
            x[i] = random.NextNormal();
            y[i] = rho * x[i] + Math.Sqrt(1 - rho * rho) * random.NextNormal();
        }

        return MutualInformation.Of(x, y, 4, estimator).Nats;
    }
}
