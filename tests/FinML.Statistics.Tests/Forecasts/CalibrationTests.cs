namespace FinML.Statistics.Tests;

/// <summary>Coverage and probability integral transforms. Golden values: make_forecasts.R.</summary>
public class CalibrationTests
{
    [Fact]
    public void Kupiec_MatchesR()
    {
        KupiecTest test = KupiecTest.Test(ForecastSamples.Hits, 0.05);
        Assert.Equal((103, 1839), (test.Violations, test.Count));
        Fixture.Near(1.3477501511754966, test.Statistic, 1e-10);
        Fixture.Near(0.24567182380243494, test.PValue, 1e-10);
    }

    // No violation at all still has a likelihood: -2 n log(1 - p).
    [Fact]
    public void NoViolation_HasAStatistic()
    {
        KupiecTest test = KupiecTest.Test(new bool[250], 0.01);
        Assert.Equal(-500 * Math.Log(0.99), test.Statistic, 1e-12);
        ChristoffersenTest chain = ChristoffersenTest.Test(new bool[250], 0.01);
        Assert.Equal(0, chain.IndependenceStatistic, 1e-12);
        Assert.Equal(test.Statistic, chain.ConditionalStatistic, 1e-12);
        Assert.Null(chain.FrequencyAfterViolation);
    }

    [Fact]
    public void Christoffersen_MatchesR()
    {
        ChristoffersenTest test = ChristoffersenTest.Test(ForecastSamples.Hits, 0.05);
        Fixture.Near(2.9193389569225019, test.IndependenceStatistic, 1e-8);
        Fixture.Near(0.087523712758047711, test.IndependencePValue, 1e-8);
        Fixture.Near(4.2670891080979985, test.ConditionalStatistic, 1e-8);
        Fixture.Near(0.11841681428782179, test.ConditionalPValue, 1e-8);
        Assert.True(test.FrequencyAfterViolation > test.FrequencyAfterQuiet);
    }

    [Fact]
    public void DynamicQuantile_MatchesR()
    {
        DynamicQuantileTest test = DynamicQuantileTest.Test(ForecastSamples.Hits, 0.05, ForecastSamples.ValueAtRisk);
        Fixture.Near(30.082981482517962, test.Statistic, 1e-9);
        Fixture.Near(3.790595593662519e-05, test.PValue, 1e-9);
        Assert.Equal((6, 1835), (test.DegreesOfFreedom, test.Count));
        DynamicQuantileTest without = DynamicQuantileTest.Test(ForecastSamples.Hits, 0.05);
        Fixture.Near(21.829809227986019, without.Statistic, 1e-9);
        Fixture.Near(0.0005640716608725678, without.PValue, 1e-9);
    }

    // R: goftest::ad.test.
    [Fact]
    public void AndersonDarling_MatchesR()
    {
        AndersonDarling all = AndersonDarling.TestUniform(ForecastSamples.Transforms);
        Fixture.Near(9.5384742317730797, all.Statistic, 1e-10);
        Assert.InRange(all.PValue, 0, 3e-5);
        AndersonDarling few = AndersonDarling.TestUniform(ForecastSamples.Transforms[..40]);
        Fixture.Near(7.432957247689032, few.Statistic, 1e-10);
        Assert.Equal(0.00022538699549934371, few.PValue, 1e-8);
        Moments moments = Moments.Of(Fixture.Lh);
        double[] lh = Array.ConvertAll(
            Fixture.Lh, value => StandardNormal.Cdf((value - moments.Mean) / moments.StandardDeviation()));
        AndersonDarling far = AndersonDarling.TestUniform(lh);
        Fixture.Near(0.40193130457777215, far.Statistic, 1e-10);
        Assert.Equal(0.84614200531998174, far.PValue, 1e-8);
    }

    // R: arima(z, c(1, 0, 0), method = "ML"), whose optimum is good to 1e-6 of the likelihood.
    [Fact]
    public void Berkowitz_MatchesR()
    {
        BerkowitzTest test = BerkowitzTest.Test(ForecastSamples.Transforms);
        Assert.Equal(104.71282952316869, test.Statistic, 1e-5);
        Assert.Equal(0.17593867052619316, test.IndependenceStatistic, 1e-5);
        Fixture.Near(0.6748869684703912, test.IndependencePValue, 1e-4);
        Assert.Equal(0.06637232093559374, test.Mean, 1e-5);
        Assert.Equal(0.0097843035004124071, test.Autocorrelation, 1e-5);
        Fixture.Near(1.5063560172097548e-22, test.PValue, 1e-4);
    }

    [Fact]
    public void Violations_AreStrict()
    {
        Assert.Equal([true, false, false], Violations.Below([-3, -2, 1], [-2, -2, -2]));
        Assert.Equal([true, false, true], Violations.Outside([-3, 2, 3], [-2, -2, -2], [2, 2, 2]));
        Fixture.Says<ArgumentException>(() => Violations.Outside([1], [2], [1]), "lower is 2", "upper 1");
        Fixture.Says<ArgumentException>(() => Violations.Below([1, 2], [1]), "2", "1", "aligned");
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => KupiecTest.Test([true], 0.05), "1 value;");
        Fixture.Says<ArgumentOutOfRangeException>(() => KupiecTest.Test([true, false], 5), "probability is 5");
        Fixture.Says<ArgumentException>(() => DynamicQuantileTest.Test(new bool[50], 0.05), "0 violations in 46");
        bool[] hits = [.. Enumerable.Range(0, 50).Select(t => t % 7 == 0)];
        Fixture.Says<ArgumentException>(
            () => DynamicQuantileTest.Test(hits, 0.05, new double[50]), "forecasts is constant");
        Fixture.Says<ArgumentException>(
            () => DynamicQuantileTest.Test(hits, 0.05, [1, 2]), "2 forecasts", "50 occasions");
        Fixture.Says<ArgumentException>(() => AndersonDarling.TestUniform([0.5, 1]), "1 at index 1", "between 0 and 1");
        Fixture.Says<ArgumentException>(() => BerkowitzTest.Test([0.5, 0.5, 0.5, 0.5, 0.5]), "constant at 0.5");
    }
}
