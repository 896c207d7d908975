namespace FinML.Statistics.Tests;

public class AutoregressiveBootstrapTests
{
    // R 4.2: ar(lh, aic = FALSE, order.max = 3)$ar and ar(lh)$order, ar(sunspot.year)$order.
    [Fact]
    public void Fit_MatchesR()
    {
        (double[] phi, double[] residuals) = new AutoregressiveBootstrap(3).Fit(Fixture.Lh);
        Fixture.Near(0.653401678691639121, phi[0], 1e-8);
        Fixture.Near(-0.063620836087461663, phi[1], 1e-8);
        Fixture.Near(-0.226940201650241480, phi[2], 1e-8);
        Assert.Equal(0, residuals.Average(), 1e-14);
        Assert.Equal(3, new AutoregressiveBootstrap().Fit(Fixture.Lh).Phi.Length);
        Assert.Equal(9, new AutoregressiveBootstrap().Fit(Fixture.Sunspots).Phi.Length);
    }

    /// <summary>n Var(mean) of an AR(1): sigma^2 / (1 - phi)^2 of the fit, less what the ends take. The spread over
    /// 4,000 series has an error of 1.1 per cent; four of them and 2 for n = 500.</summary>
    [Fact]
    public void SpreadOfTheMean_IsTheModels()
    {
        double[] x = Fixture.Autoregression(500, .6, 4);
        (double[] phi, double[] residuals) = new AutoregressiveBootstrap(1).Fit(x);
        BootstrapInterval interval = new AutoregressiveBootstrap(1).Interval(
            x, SampleStatistic.Mean, new() { Replicates = 4_000, Seed = 2 });
        Fixture.Near(
            Moments.Of(residuals).StandardDeviation(0) / (1 - phi[0]) / Math.Sqrt(500), interval.StandardError, .065);
        Assert.InRange(interval.Bias, -4 * interval.StandardError / 63, 4 * interval.StandardError / 63);
        Assert.Contains("order 1", interval.Scheme);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_DoNotChangeABit(int threads)
    {
        var options = new BootstrapOptions { Replicates = 999, Seed = 3, MaxThreads = 1 };
        var scheme = new AutoregressiveBootstrap();
        Assert.Equal(
            scheme.Replicates(Fixture.Nile, SampleStatistic.Sharpe, options),
            scheme.Replicates(Fixture.Nile, SampleStatistic.Sharpe, options with { MaxThreads = threads }));
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => new AutoregressiveBootstrap(-1), "order is -1", "0 or more");
        Fixture.Says<ArgumentException>(
            () => new AutoregressiveBootstrap(30).Interval(Fixture.Lh, SampleStatistic.Mean),
            "order is 30", "48 values");
        Fixture.Says<ArgumentException>(
            () => new AutoregressiveBootstrap().Interval(
                Fixture.Lh, SampleStatistic.Mean, new() { Method = BootstrapMethod.Bca }), "Bca", "Percentile");
        Fixture.Says<ArgumentException>(
            () => new AutoregressiveBootstrap().Interval(new double[30], SampleStatistic.Mean), "constant at 0");
    }
}
