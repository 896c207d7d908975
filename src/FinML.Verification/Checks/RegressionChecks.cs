using FinML.Statistics;

namespace FinML.Verification;

/// <summary>Least squares and its standard errors, held to R.</summary>
internal static class RegressionChecks
{
    private const string Petersen = "R sandwich, PetersenCL (Petersen's simulated panel)";
    private const string Greene = "R sandwich, Investment (Greene 1993)";

    private static readonly CovarianceEstimator QuadraticSpectral = CovarianceEstimator.QuadraticSpectral();

    internal static IReadOnlyList<ReferenceCheck> All { get; } =
    [
        new("statistics.regression.slope", "slope of a panel", Petersen, 1.03483343946, 1e-9,
            _ => Panel(CovarianceEstimator.Classical).Coefficient("x")),
        new("statistics.regression.classical", "its classical standard error", Petersen, 0.02858328779, 1e-9,
            _ => Panel(CovarianceEstimator.Classical).StandardError("x")),
        new("statistics.regression.cluster-firm", "its standard error clustered by firm", Petersen,
            0.05059572588, 1e-9, _ => Panel(CovarianceEstimator.Cluster(Labels("firm"))).StandardError("x")),
        new("statistics.regression.cluster-year", "its standard error clustered by year", Petersen,
            0.03338891341, 1e-9, _ => Panel(CovarianceEstimator.Cluster(Labels("year"))).StandardError("x")),
        new("statistics.regression.cluster-both", "its standard error clustered by firm and year", Petersen,
            0.053558022944937743, 1e-9,
            _ => Panel(CovarianceEstimator.TwoWayCluster(Labels("firm"), Labels("year"))).StandardError("x")),
        .. Errors("newey-west", "Newey-West, 4 lags", CovarianceEstimator.NeweyWest(4),
            18.95829813, 0.01675078586, 3.342375353),
        .. Errors("quadratic-spectral", "quadratic spectral, Andrews' bandwidth, prewhitened", QuadraticSpectral,
            28.08223754, 0.02735685902, 4.209198844),
        .. Errors("hc3", "HC3", CovarianceEstimator.HC3, 24.713977765072666, 0.023175572155090435, 5.6309136783040969),
        new("statistics.regression.andrews-bandwidth", "Andrews' bandwidth, quadratic spectral, prewhitened", Greene,
            1.7447488976460306, 1e-9, _ => Investment(QuadraticSpectral).Bandwidth!.Value),
    ];

    private static IEnumerable<ReferenceCheck> Errors(
        string id, string method, CovarianceEstimator estimator, params double[] expected)
    {
        string[] names = [DesignMatrix.InterceptName, "RealGNP", "RealInt"], ids = ["intercept", "gnp", "interest"];
        return names.Select((name, j) => new ReferenceCheck(
            $"statistics.regression.{id}.{ids[j]}", $"standard error of {name} by {method}", Greene,
            expected[j], 1e-9 * expected[j], _ => Investment(estimator).StandardError(name)));
    }

    private static LinearRegression Panel(CovarianceEstimator estimator) => LinearRegression.Fit(
        Samples.Column("petersen.csv", "y"),
        DesignMatrix.Of(("x", Samples.Column("petersen.csv", "x"))).WithIntercept(),
        estimator);

    private static string[] Labels(string column) => Samples.Texts("petersen.csv", column);

    private static LinearRegression Investment(CovarianceEstimator estimator) => LinearRegression.Fit(
        Samples.Column("investment.csv", "RealInv"),
        DesignMatrix.Of(
            ("RealGNP", Samples.Column("investment.csv", "RealGNP")),
            ("RealInt", Samples.Column("investment.csv", "RealInt"))).WithIntercept(),
        estimator);
}
