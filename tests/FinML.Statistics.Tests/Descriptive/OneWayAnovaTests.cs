namespace FinML.Statistics.Tests;

public class OneWayAnovaTests
{
    private static readonly double[][] PlantGrowth =
    [
        [4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14],
        [4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69],
        [6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26],
    ];

    // R 4.2: aov(weight ~ group, PlantGrowth).
    [Fact]
    public void PlantGrowth_MatchesR()
    {
        OneWayAnova test = OneWayAnova.Test(PlantGrowth);
        Fixture.Near(4.8460878623801342, test.Statistic, 1e-12);
        Fixture.Near(0.015909958325622937, test.PValue, 1e-11);
        Fixture.Near(3.76634, test.SumOfSquaresBetween, 1e-12);
        Assert.Equal((2, 27), (test.DegreesOfFreedomBetween, test.DegreesOfFreedomWithin));
        Assert.Equal(5.526, test.GroupMeans[2], 1e-12);
    }

    // With indicators as regressors, the regression's F is the same.
    [Fact]
    public void IndicatorRegression_IsTheSameTest()
    {
        double[] y = [.. PlantGrowth.SelectMany(group => group)];
        double[] Indicator(int g) => [.. Enumerable.Range(0, 30).Select(i => i / 10 == g ? 1.0 : 0)];
        LinearRegression fit = LinearRegression.Fit(
            y, DesignMatrix.Of(("b", Indicator(1)), ("c", Indicator(2))).WithIntercept());
        OneWayAnova test = OneWayAnova.Test(PlantGrowth);
        Fixture.Near(fit.Overall!.Statistic, test.Statistic, 1e-12);
        Fixture.Near(fit.RSquared, test.RSquared, 1e-12);
        Fixture.Near(fit.ResidualStandardDeviation, test.ResidualStandardDeviation, 1e-12);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => OneWayAnova.Test([1, 2]), "1 group");
        Fixture.Says<ArgumentException>(() => OneWayAnova.Test([1, 2], []), "group 1 has 0 values");
        Fixture.Says<ArgumentException>(() => OneWayAnova.Test([1], [2]), "one value");
        Fixture.Says<ArgumentException>(() => OneWayAnova.Test([1, 1], [1, 1]), "All 4 values are 1");
        Fixture.Says<ArgumentException>(() => OneWayAnova.Test([1, double.NaN], [1, 1]), "group 0", "NaN at index 1");
        Assert.Equal(0, OneWayAnova.Test([1, 1], [2, 2]).PValue);
    }
}
