namespace FinML.Statistics.Tests;

public class AbcIntervalTests
{
    // Of a mean the influence values are the deviations, and nothing bends: a = z0 = skewness / (6 sqrt n).
    [Fact]
    public void OfAMean_IsTheClosedForm()
    {
        double[] x = [.. Fixture.Normals(40, 5).Select(z => Math.Exp(z))];
        AbcInterval interval = AbcInterval.Of(40, weights => Weighted(x, weights), .9);
        Moments moments = Moments.Of(x);
        Fixture.Near(moments.Mean, interval.Estimate, 1e-12);
        Fixture.Near(moments.StandardDeviation(0) / Math.Sqrt(40), interval.StandardError, 1e-8);
        double a = moments.Skewness / (6 * Math.Sqrt(40));
        Fixture.Near(a, interval.Acceleration, 1e-7);
        Assert.Equal(a, interval.BiasCorrection, 1e-5);
        double w = a + 1.6448536269514722, end = moments.Mean + interval.StandardError * w / Math.Pow(1 - a * w, 2);
        Fixture.Near(end, interval.Upper, 1e-5);
        Assert.True(interval.Upper - interval.Estimate > interval.Estimate - interval.Lower);
    }

    // R's boot: abc.ci on city, the ratio of means, which bends; second differences leave rounding of 1e-7.
    [Theory]
    [InlineData(.9, 1.293671496, 1.948800878)]
    [InlineData(.95, 1.261824131, 2.078084940)]
    public void OfARatio_MatchesR(double level, double lower, double upper)
    {
        double[] before = [138, 93, 61, 179, 48, 37, 29, 23, 30, 2];
        double[] after = [143, 104, 69, 260, 75, 63, 50, 48, 111, 50];
        AbcInterval interval = AbcInterval.Of(
            10, weights => Weighted(after, weights) / Weighted(before, weights), level);
        Assert.Equal(lower, interval.Lower, 3e-7);
        Assert.Equal(upper, interval.Upper, 3e-7);
        Assert.Equal(0.0022087676648724, interval.Acceleration, 2e-9);
    }

    // BCa by resampling and ABC agree to second order.
    [Fact]
    public void AgreesWithBca()
    {
        double[] x = [.. Fixture.Normals(60, 8).Select(z => Math.Exp(z))];
        AbcInterval abc = AbcInterval.Of(60, weights => Weighted(x, weights));
        BootstrapInterval bca = new IidBootstrap().Interval(
            x, SampleStatistic.Mean, new() { Replicates = 20_000, Method = BootstrapMethod.Bca });
        Assert.Equal(bca.Lower, abc.Lower, .15 * bca.StandardError);
        Assert.Equal(bca.Upper, abc.Upper, .15 * bca.StandardError);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => AbcInterval.Of(2, _ => 1), "count is 2", "3");
        Fixture.Says<ArgumentException>(() => AbcInterval.Of(5, _ => 1), "whatever the weights");
        Fixture.Says<ArgumentException>(() => AbcInterval.Of(5, _ => double.NaN), "NaN", "finite");
        Fixture.Says<ArgumentException>(() => AbcInterval.Of(5, w => w[0], 1), "level is 1");
    }

    private static double Weighted(double[] x, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += weights[i] * x[i];
        return sum;
    }
}
