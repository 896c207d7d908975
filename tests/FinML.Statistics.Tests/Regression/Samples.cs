namespace FinML.Statistics.Tests;

/// <summary>Regression samples of R's sandwich.</summary>
internal static class Samples
{
    internal static (double[] Y, DesignMatrix X) InvestmentData() => (
        Fixture.Column("investment.csv", "RealInv"),
        DesignMatrix.Of(
            ("RealGNP", Fixture.Column("investment.csv", "RealGNP")),
            ("RealInt", Fixture.Column("investment.csv", "RealInt"))).WithIntercept());

    internal static LinearRegression Investment(CovarianceEstimator estimator)
    {
        (double[] y, DesignMatrix x) = InvestmentData();
        return LinearRegression.Fit(y, x, estimator);
    }

    internal static int[] Integers(string column) =>
        Array.ConvertAll(Fixture.Column("petersen.csv", column), value => (int)value);

    internal static LinearRegression Petersen(CovarianceEstimator estimator) => LinearRegression.Fit(
        Fixture.Column("petersen.csv", "y"),
        DesignMatrix.Of(("x", Fixture.Column("petersen.csv", "x"))).WithIntercept(),
        estimator);
}
