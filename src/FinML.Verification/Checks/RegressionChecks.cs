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
        new("statistics.regression.weighted", "slope by weighted least squares, weights 2 to 20", "R lm, Investment",
            0.18584251493281867, 1e-11, _ => Weighted().Coefficient("RealGNP")),
        new("statistics.regression.prais-winsten", "autocorrelation of iterated Prais-Winsten", "R by hand, Investment",
            0.3008515502153139, 1e-10, _ => GeneralizedLeastSquares.FitAr1(InvestmentY(), InvestmentX())
                .Autocorrelation!.Value),
        new("statistics.regression.ridge", "slope on GNP by ridge, lambda .1", "R MASS::lm.ridge, longley",
            0.011632472073602511, 1e-11, _ => RidgeRegression.Fit(
                Samples.Column("longley.csv", "Employed"),
                Columns("longley.csv", "GNP.deflator", "GNP", "Unemployed", "Armed.Forces", "Population", "Year"),
                0.1).Coefficients[2]),
        new("statistics.regression.quantile", "slope of the median", "R quantreg, engel", 0.56018055120941956, 1e-12,
            _ => Engel().Coefficient("income")),
        new("statistics.regression.quantile-error", "its standard error, Hendricks-Koenker", "R quantreg, engel",
            0.028277209683857642, 1e-9, _ => Engel().StandardError("income")),
        new("statistics.regression.huber", "slope on air flow by Huber's loss", "R MASS::rlm, stackloss",
            0.82938577025384819, 1e-9, _ => StackLoss(RobustLoss.Huber).Coefficient("air")),
        new("statistics.regression.bisquare", "slope on air flow by the bisquare", "R MASS::rlm, stackloss",
            0.92755899280240406, 1e-9, _ => StackLoss(RobustLoss.Bisquare).Coefficient("air")),
        new("statistics.regression.bisquare-error", "its standard error", "R MASS::rlm, stackloss",
            0.10805192623778469, 1e-9, _ => StackLoss(RobustLoss.Bisquare).StandardError("air")),
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

    private static LinearRegression Investment(CovarianceEstimator estimator) =>
        LinearRegression.Fit(InvestmentY(), InvestmentX(), estimator);

    private static LinearRegression Weighted() => LinearRegression.Fit(
        InvestmentY(), InvestmentX(), null, [.. Enumerable.Range(2, 19).Select(weight => (double)weight)]);

    private static double[] InvestmentY() => Samples.Column("investment.csv", "RealInv");

    private static DesignMatrix InvestmentX() => Columns("investment.csv", "RealGNP", "RealInt").WithIntercept();

    private static QuantileRegression Engel() => QuantileRegression.Fit(
        Samples.Column("engel.csv", "foodexp"), Columns("engel.csv", "income").WithIntercept());

    private static RobustRegression StackLoss(RobustLoss loss) => RobustRegression.Fit(
        Samples.Column("stackloss.csv", "loss"),
        Columns("stackloss.csv", "air", "water", "acid").WithIntercept(),
        loss);

    private static DesignMatrix Columns(string file, params string[] names) =>
        DesignMatrix.Of([.. names.Select(name => (name, Samples.Column(file, name)))]);
}
