namespace FinML.Statistics.Tests;

/// <summary>Regression samples of R's data sets.</summary>
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

    internal static (double[] Y, DesignMatrix X) StackLoss() => (
        Fixture.Column("stackloss.csv", "loss"), Columns("stackloss.csv", "air", "water", "acid").WithIntercept());

    internal static (double[] Y, DesignMatrix X) Engel() => (
        Fixture.Column("engel.csv", "foodexp"), Columns("engel.csv", "income").WithIntercept());

    internal static DesignMatrix Columns(string file, params string[] names) =>
        DesignMatrix.Of([.. names.Select(name => (name, Fixture.Column(file, name)))]);
}
