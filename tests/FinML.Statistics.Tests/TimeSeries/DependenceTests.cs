namespace FinML.Statistics.Tests;

// Numbers from Golden/make_time_series.py (statsmodels) and Golden/make_structure.R unless said otherwise.
public class DependenceTests
{
    [Fact]
    public void PartialAutocorrelation_MatchesR()
    {
        // R: pacf(lh); statsmodels: pacf(lh, method = "ldb") and "ols".
        double[] expected =
            [1, 0.575524475524476, -0.223409972864298, -0.226940201650241, 0.102768377006222, -0.0759344196533102];
        double[] squares =
            [1, 0.585986971670959, -0.22173733481288, -0.23483546594523, 0.0967414567918013, -0.0911049809513921];
        double[] levinson = PartialAutocorrelation.Compute(Fixture.Lh, 5);
        double[] ols = PartialAutocorrelation.Compute(Fixture.Lh, 5, PartialAutocorrelationMethod.LeastSquares);
        for (int k = 0; k <= 5; k++)
        {
            Assert.Equal(expected[k], levinson[k], 1e-13);
            Assert.Equal(squares[k], ols[k], 1e-12);
        }

        Assert.Equal(1.959963984540054 / 10, PartialAutocorrelation.Band(100), 1e-12);
    }

    // An AR(1) has no partial autocorrelation beyond lag 1.
    [Fact]
    public void PartialAutocorrelation_OfAutoregression_EndsAtItsOrder()
    {
        double[] values = Fixture.Autoregression(40_000, 0.6, 4);
        foreach (PartialAutocorrelationMethod method in Enum.GetValues<PartialAutocorrelationMethod>())
        {
            double[] partial = PartialAutocorrelation.Compute(values, 4, method);
            Assert.Equal(0.6, partial[1], 0.015);
            for (int k = 2; k <= 4; k++)
                Assert.InRange(Math.Abs(partial[k]), 0, 2 * PartialAutocorrelation.Band(40_000));
        }
    }

    // R: Box.test(lh, 5, type = "Box-Pierce").
    [Fact]
    public void BoxPierce_MatchesR()
    {
        BoxPierce test = BoxPierce.Test(Fixture.Lh, 5);
        Assert.Equal(21.033572, test.Statistic, 1e-6);
        Assert.Equal(0.000798, test.PValue, 1e-6);
    }

    [Theory]
    [InlineData(1, 11.5807851073, 0.000666368014141, 11.6408760187, 0.000659022663256)]
    [InlineData(5, 71.6942462297, 4.54862689643e-14, 14.8673668087, 2.50248908824e-14)]
    [InlineData(12, 77.4001700274, 1.28954141827e-11, 6.68474633953, 7.21978762172e-12)]
    public void ArchTest_MatchesStatsmodels(int lags, double statistic, double p, double f, double fp)
    {
        ArchTest test = ArchTest.Test(Fixture.Dax, lags);
        Fixture.Near(statistic, test.Statistic, 1e-9);
        Fixture.Near(p, test.PValue, 1e-8);
        Fixture.Near(f, test.FStatistic, 1e-9);
        Fixture.Near(fp, test.FPValue, 1e-8);
    }

    [Theory]
    [InlineData(2, 0.9992404797772, -0.0327475667978, -0.025495910868)]
    [InlineData(5, 0.9608754586532, -0.7699603045073, -0.5637318539366)]
    [InlineData(10, 0.8991979365249, -1.287231597149, -0.9702963734905)]
    [InlineData(20, 0.9274285794229, -0.6295885812405, -0.4999899675829)]
    public void VarianceRatio_MatchesR(int period, double ratio, double plain, double robust)
    {
        VarianceRatio test = VarianceRatio.Test(Fixture.Dax, period);
        Fixture.Near(ratio, test.Ratio, 1e-11);
        Fixture.Near(robust, test.Statistic, 1e-9);
        Fixture.Near(plain, VarianceRatio.Test(Fixture.Dax, period, robust: false).Statistic, 1e-9);
        Fixture.Near(2 * StandardNormal.Cdf(robust), test.PValue, 1e-9);
    }

    [Fact]
    public void ChowDenning_IsTheLargestOfItsPeriods()
    {
        ChowDenning test = ChowDenning.Test(Fixture.Dax, [2, 5, 10, 20], robust: false);
        Fixture.Near(1.287231597149, test.Statistic, 1e-9);
        Fixture.Near(1 - Math.Pow(1 - 2 * StandardNormal.Cdf(-1.287231597149), 4), test.PValue, 1e-9);
        Assert.Equal([2, 5, 10, 20], test.Ratios.Select(ratio => ratio.Period));
        double[] trending = Fixture.Autoregression(4000, 0.5, 1);
        Assert.InRange(ChowDenning.Test(trending, [2, 5]).PValue, 1e-300, 1e-20);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => PartialAutocorrelation.Compute([1, 1, 1], 1), "constant at 1");
        Fixture.Says<ArgumentException>(() => PartialAutocorrelation.Compute(Fixture.Lh, 48), "maxLag is 48");
        Fixture.Says<ArgumentException>(
            () => PartialAutocorrelation.Compute(Fixture.Lh, 24, PartialAutocorrelationMethod.LeastSquares),
            "maxLag is 24", "from 0 to 23");
        Fixture.Says<ArgumentException>(() => PartialAutocorrelation.Band(0), "count is 0");
        Fixture.Says<ArgumentException>(() => BoxPierce.Test(Fixture.Lh, 2, 2), "lags is 2", "from 3 to 47");
        Fixture.Says<ArgumentException>(
            () => ArchTest.Test([1, -1, 1, -1, 1, -1, 1], 1), "squared errors is constant at 1");
        Fixture.Says<ArgumentException>(() => ArchTest.Test(Fixture.Lh, 16), "lags is 16", "from 1 to 15");
        Fixture.Says<ArgumentException>(() => VarianceRatio.Test(Fixture.Lh, 1), "period is 1", "from 2 to 24");
        Fixture.Says<ArgumentException>(() => VarianceRatio.Test([1, 2, double.NaN, 4], 2), "NaN at index 2");
        Fixture.Says<ArgumentException>(() => ChowDenning.Test(Fixture.Lh, []), "periods is empty");
        Fixture.Says<ArgumentException>(() => ChowDenning.Test(Fixture.Lh, [2, 2]), "period 2 is there twice");
    }
}
