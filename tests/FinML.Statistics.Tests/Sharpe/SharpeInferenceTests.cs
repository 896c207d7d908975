namespace FinML.Statistics.Tests;

/// <summary>Published figures, and those that other implementations keep in their own tests.</summary>
public class SharpeInferenceTests
{
    // Lo (2002), table and section on time aggregation, recomputed to ten digits.
    [Theory]
    [InlineData(-.2, 4.170848014)]
    [InlineData(0, 3.464101615)]
    [InlineData(.2, 2.878848691)]
    [InlineData(.9, 1.207037529)]
    public void Eta_OfAutoregression_MatchesLo(double rho, double expected)
    {
        double[] powers = Enumerable.Range(1, 11).Select(k => Math.Pow(rho, k)).ToArray();
        Fixture.Near(expected, LoAnnualisation.Eta(12, powers));
    }

    [Theory]
    [InlineData(.5, 12, .3061862)]
    [InlineData(1.5, 60, .1881932)]
    public void NormalError_MatchesLo(double sharpe, int count, double expected) =>
        Assert.Equal(expected, SharpeStandardError.LoNormal(sharpe, count), 5e-8);

    // Bailey and Lopez de Prado (2012), the two hedge funds over 134 months: standard error and track record in years.
    [Theory]
    [InlineData(.7079, -.2250, 2.9570, .1028, .7152)]
    [InlineData(.8183, -1.4455, 7.0497, .1550, 1.1593)]
    public void HedgeFunds_MatchPaper(double sharpe, double skewness, double kurtosis, double error, double years)
    {
        Assert.Equal(error, SharpeStandardError.Mertens(sharpe, 134, skewness, new(kurtosis)), 5e-5);
        double months = MinimumTrackRecordLength.Of(sharpe, 0, skewness, new(kurtosis)).Observations;
        Assert.Equal(years, months / 12, 5e-5);
    }

    [Fact]
    public void Probabilistic_MatchesPaper()
    {
        Assert.Equal(.982, ProbabilisticSharpeRatio.Of(.458, 0, 24, 0, RawKurtosis.Normal).Probability, 5e-4);
        Assert.Equal(.913, ProbabilisticSharpeRatio.Of(.458, 0, 24, -2.448, new(10.164)).Probability, 5e-4);
        Fixture.Near(
            .91323430688486018,
            ProbabilisticSharpeRatio.Of(1.585 / Math.Sqrt(12), 0, 24, -2.448, new(10.164)).Probability, 1e-12);
    }

    [Fact]
    public void PValue_IsOneMinusProbability_AndKeepsTheFarTail()
    {
        ProbabilisticSharpeRatio near = ProbabilisticSharpeRatio.Of(.1, 0, 250, 0, RawKurtosis.Normal);
        Assert.Equal(1 - near.Probability, near.PValue, 1e-15);
        double far = ProbabilisticSharpeRatio.Of(1, 0, 500, 0, RawKurtosis.Normal).PValue;
        Assert.InRange(far, 1e-80, 1e-70); // z = 18.24
    }

    // Daily and weekly returns, annual Sharpe ratio 2 against 1.
    [Theory]
    [InlineData(250, 2.7311878017281761)]
    [InlineData(52, 2.8288335869452368)]
    public void TrackRecord_MatchesReference(double periods, double years)
    {
        double root = Math.Sqrt(periods);
        double length = MinimumTrackRecordLength.Of(2 / root, 1 / root, 0, RawKurtosis.Normal).Observations;
        Fixture.Near(years, length / periods, 1e-12);
    }

    [Theory]
    [InlineData(10, 1.574598301)]
    [InlineData(45, 2.235640178)]
    [InlineData(100, 2.530602893)]
    [InlineData(1000, 3.255121514)]
    public void ExpectedMaximum_MatchesReference(double trials, double expected) =>
        Fixture.Near(expected, DeflatedSharpeRatio.ExpectedMaximum(trials));

    // The example of the paper: Sharpe 2.5 a year over 1250 days of 250 a year, skewness -3, kurtosis 10, V = 1/2 a
    // year.
    [Theory]
    [InlineData(100, -3, 10, .9003968344, 1e-9)]
    [InlineData(46, -3, 10, .9505017, 1e-7)]
    [InlineData(88, 0, 3, .9504908, 1e-7)]
    public void Deflated_MatchesPaper(
        double trials, double skewness, double kurtosis, double expected, double tolerance)
    {
        DeflatedSharpeRatio deflated = DeflatedSharpeRatio.Of(
            2.5 / Math.Sqrt(250), trials, .5 / 250, 1250, skewness, new(kurtosis));
        Assert.Equal(expected, deflated.Probability, tolerance);
        if (trials == 100)
            Fixture.Near(.1131720019, deflated.ExpectedMaximumSharpe);
    }

    [Fact]
    public void Deflated_WithOneTrial_IsProbabilistic()
    {
        Assert.Equal(0, DeflatedSharpeRatio.ExpectedMaximum(1));
        Assert.Equal(
            ProbabilisticSharpeRatio.Of(.1, 0, 500, -1, new(6)).Probability,
            DeflatedSharpeRatio.Of(.1, 1, .01, 500, -1, new(6)).Probability);
    }

    [Fact]
    public void Deflated_FallsWithTrials()
    {
        double before = 1;
        for (int trials = 1; trials <= 1000; trials *= 2)
        {
            double now = DeflatedSharpeRatio.Of(.1, trials, .002, 500, 0, RawKurtosis.Normal).Probability;
            Assert.True(trials == 1 || now < before, $"{trials} trials: {now:R} after {before:R}");
            before = now;
        }
    }

    [Fact]
    public void BacktestLength_MatchesReference()
    {
        Assert.Equal(4.998087004, MinimumBacktestLength.Years(45), 1e-8);
        Assert.Equal(7.613, MinimumBacktestLength.UpperBoundYears(45), 5e-4);
        Assert.Equal(MinimumBacktestLength.Years(45) / 4, MinimumBacktestLength.Years(45, 2), 1e-12);
        Assert.Equal(0, MinimumBacktestLength.Years(1));
    }

    // Golden/psr_returns.csv: the fifty returns and four numbers of another implementation's tests, computed with ddof
    // 1.
    [Fact]
    public void FiftyReturns_MatchOtherImplementation()
    {
        SharpeRatio sharpe = SharpeRatio.Of(ReturnSeries.Simple(Fixture.Column("psr_returns.csv", "return"), 252));
        Fixture.Near(0.24171729852769172, sharpe.PerPeriod, 1e-12);
        Fixture.Near(0.16466174867277414, sharpe.StandardError, 1e-12);
        Fixture.Near(0.877850770122146, ProbabilisticSharpeRatio.Of(sharpe, 0.05).Probability, 1e-12);
        Fixture.Near(60.365085269027084, MinimumTrackRecordLength.Of(sharpe, 0.05, 0.9).Observations, 1e-12);
    }

    [Fact]
    public void RiskFreeAndDdof_AreUsed()
    {
        double[] values = [.01, .03, -.01, .02, 0, .01, .02, -.02, .03, .01];
        ReturnSeries series = ReturnSeries.Simple(values, 12);
        Moments moments = Moments.Of(values);
        SharpeRatio sharpe = SharpeRatio.Of(series, new SharpeOptions { RiskFreePerPeriod = .002, Ddof = 0 });
        Fixture.Near((moments.Mean - .002) / moments.StandardDeviation(0), sharpe.PerPeriod, 1e-14);
        Assert.Equal(2, sharpe.LjungBox.Lags);
    }

    // The authors' own R code on the series that they publish: hac.inference(ret.agg).
    [Theory]
    [InlineData(false, .052553498539, .065746280601)]
    [InlineData(true, .053377531719, .070026122963)]
    public void LedoitWolf_MatchesAuthors(bool prewhiten, double error, double p)
    {
        ReturnSeries first = ReturnSeries.Log(Fixture.Column("ledoit_wolf_mutual_funds.csv", "fund1"), 12);
        ReturnSeries second = ReturnSeries.Log(Fixture.Column("ledoit_wolf_mutual_funds.csv", "fund2"), 12);
        LedoitWolfTest test = LedoitWolfTest.Run(first, second, prewhiten);
        Assert.Equal(.096706298033, test.Difference, 1e-11);
        Assert.Equal(error, test.StandardError, 1e-11);
        Assert.Equal(p, test.PValue, 1e-11);
    }

    // The same code on the DAX and the FTSE.
    [Theory]
    [InlineData(false, .021187409319, .670483835775)]
    [InlineData(true, .021045861047, .668399418550)]
    public void LedoitWolf_OnIndices_MatchesAuthors(bool prewhiten, double error, double p)
    {
        LedoitWolfTest test = LedoitWolfTest.Run(
            ReturnSeries.Log(Fixture.Dax, 252), ReturnSeries.Log(Fixture.Ftse, 252), prewhiten);
        Assert.Equal(error, test.StandardError, 1e-11);
        Assert.Equal(p, test.PValue, 1e-9);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(
            () => SharpeRatio.Of(ReturnSeries.Simple([.1, .2], 252)), "at least 10", "has 2");
        Fixture.Says<ArgumentException>(
            () => SharpeRatio.Of(ReturnSeries.Simple(Enumerable.Repeat(.001, 50).ToArray(), 252)), "constant at 0.001");
        Fixture.Says<ArgumentException>(
            () => SharpeStandardError.Mertens(.1, 100, 1, new(.5)), "kurtosis is 0.5", "excess");
        Fixture.Says<ArgumentException>(() => SharpeStandardError.Mertens(.1, 1, 0, new(3)), "count is 1", "2 or more");
        Fixture.Says<ArgumentException>(
            () => MinimumTrackRecordLength.Of(.1, .2, 0, RawKurtosis.Normal), "0.1 is not above the benchmark 0.2");
        Fixture.Says<ArgumentException>(() => DeflatedSharpeRatio.ExpectedMaximum(0), "trials is 0", "1 or more");
        Fixture.Says<ArgumentException>(() => DeflatedSharpeRatio.ExpectedMaximum(double.NaN), "trials is NaN");
        Fixture.Says<ArgumentException>(
            () => DeflatedSharpeRatio.Of(.1, 2, -1, 100, 0, new(3)), "sharpeVariancePerPeriod is -1");
        Fixture.Says<ArgumentException>(() => LoAnnualisation.Eta(3, [-.9, 0]), "cannot be those of a stationary");
        Fixture.Says<ArgumentException>(() => LoAnnualisation.Eta(3, [2]), "Autocorrelation 1 is 2");
        ReturnSeries dax = ReturnSeries.Log(Fixture.Dax, 252);
        Fixture.Says<ArgumentException>(() => LedoitWolfTest.Run(dax, dax), "the same 1859 returns");
        Fixture.Says<ArgumentOutOfRangeException>(
            () => SharpeRatio.Of(dax, new SharpeOptions { Ddof = 2 }), "Ddof is 2", "from 0 to 1");
    }
}
