namespace FinML.Statistics.Tests;

public class TimeSeriesTests
{
    // R 4.2: acf(lh), acf(Nile).
    [Fact]
    public void Autocorrelation_MatchesR()
    {
        double[] lh = Autocorrelation.Compute(Fixture.Lh, 5);
        double[] expected =
            [1, .57552447552447550, .18181818181818182, -.14475524475524471, -.17482517482517475, -.14965034965034971];
        for (int k = 0; k <= 5; k++)
            Assert.Equal(expected[k], lh[k], 1e-13);
        Assert.Equal(.49840818413302945, Autocorrelation.At(Fixture.Nile, 1), 1e-13);
        Assert.Equal(.22842198672084021, Autocorrelation.At(Fixture.Nile, 5), 1e-13);
    }

    // Ding, Granger and Engle (1993), table 2: |r| of the S&P 500, 1928 to 1991, has .318 at lag 1 and .163 at lag 100.
    [Fact]
    public void AbsoluteReturns_MatchDingGrangerEngle()
    {
        double[] returns = Fixture.Column("sp500_dge_returns_1928_1991.csv.gz", "log_return");
        double[] r = Autocorrelation.Compute(Array.ConvertAll(returns, Math.Abs), 100);
        Assert.Equal(.318, r[1], 5e-4);
        Assert.Equal(.163, r[100], 5e-4);
        Assert.Equal(.31808891831561437, r[1], 1e-12); // R on the same file
    }

    // R 4.2: Box.test(x, lag, type = "Ljung").
    [Theory]
    [InlineData(1, 0.00035170104956115027, 0.98503759392130341155)]
    [InlineData(5, 3.41556467146160214, 0.63620048451150824)]
    [InlineData(10, 6.36557724077725862, 0.78367108940121077)]
    [InlineData(20, 21.2074117097522361, 0.3850161384623374)]
    public void LjungBox_MatchesR(int lags, double statistic, double p)
    {
        LjungBox test = LjungBox.Test(Fixture.Dax, lags);
        Assert.Equal(statistic, test.Statistic, 1e-9);
        Assert.Equal(p, test.PValue, 1e-9);
    }

    [Fact]
    public void LjungBox_FarTail_MatchesR()
    {
        LjungBox test = LjungBox.Test(Fixture.Lh, 5);
        Fixture.Near(2.2673185002073929e+01, test.Statistic, 1e-12);
        Fixture.Near(3.8974480391573696e-04, test.PValue, 1e-9);
    }

    // R: gamma_0 + 2 sum (1 - k / (L + 1)) gamma_k with divisor n; the bandwidth is 1.1447 (alpha n)^(1/3) = 6.41 for
    // Nile.
    [Fact]
    public void NeweyWest_MatchesR()
    {
        Fixture.Near(74193.506099999999, LongRunVariance.NeweyWest(Fixture.Nile, 4).Value, 1e-12);
        Fixture.Near(0.58770833333333328, LongRunVariance.NeweyWest(Fixture.Lh, 3).Value, 1e-12);
        Assert.Equal(6, LongRunVariance.AndrewsLag(Fixture.Nile));
        Assert.Equal(6, LongRunVariance.NeweyWest(Fixture.Nile).Lag);
    }

    [Fact]
    public void NeweyWest_AtLagZero_IsTheVariance()
    {
        LongRunVariance variance = LongRunVariance.NeweyWest(Fixture.Nile, 0);
        Fixture.Near(Moments.Of(Fixture.Nile).Variance(0), variance.Value, 1e-13);
        Fixture.Near(Math.Sqrt(variance.Value / 100), variance.StandardErrorOfMean, 1e-14);
    }

    // The long-run variance of an AR(1) with unit innovations is 1 / (1 - rho)^2 = 4 at rho = .5.
    [Fact]
    public void NeweyWest_OfAutoregression_NearsItsLimit() =>
        Assert.InRange(LongRunVariance.NeweyWest(Fixture.Autoregression(200_000, .5, 3)).Value, 3.7, 4.2);

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => Autocorrelation.Compute([1, 1, 1], 1), "constant at 1 over 3 values");
        Fixture.Says<ArgumentException>(() => Autocorrelation.Compute([1, 2, 3], 3), "maxLag is 3", "from 0 to 2");
        Fixture.Says<ArgumentException>(() => LjungBox.Test([1, 2, 3, 4], 0), "lags is 0", "from 1 to 3");
        Fixture.Says<ArgumentException>(() => LongRunVariance.NeweyWest([1, double.NaN], 0), "NaN at index 1");
    }
}
