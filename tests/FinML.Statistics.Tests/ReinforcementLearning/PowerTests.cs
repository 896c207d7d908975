namespace FinML.Statistics.Tests;

/// <summary>Welch's test, its power and the number of seeds: R's t.test, pt and power.t.test(strict = TRUE).</summary>
public class PowerTests
{
    private static readonly double[] Sleep1 = [.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2];
    private static readonly double[] Sleep2 = [1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void Welch_IsRs()
    {
        WelchTest test = WelchTest.Of(Sleep1, Sleep2);
        Fixture.Near(-1.86081346748685, test.Statistic, 1e-12);
        Fixture.Near(17.7764735161785, test.DegreesOfFreedom, 1e-12);
        Fixture.Near(.0793941401873582, test.PValue, 1e-10);
        Fixture.Near(-3.36548323071171, test.Lower, 1e-9);
        Fixture.Near(.20548323071171, test.Upper, 1e-8);
        Fixture.Near(.849091017238762, test.StandardError, 1e-12);
        Fixture.Near(.0396970700936791, WelchTest.Of(Sleep1, Sleep2, Alternative.Less).PValue, 1e-10);
        Fixture.Near(1 - .0396970700936791, WelchTest.Of(Sleep1, Sleep2, Alternative.Greater).PValue, 1e-10);
    }

    [Theory]
    [InlineData(2, 10, 1, .807611562530311)]
    [InlineData(-1, 5, 1.5, .00938764562172945)]
    [InlineData(0, 7, 2, .0227501319481792)]
    [InlineData(4, 3.5, 6, .103450928303814)]
    [InlineData(30, 20, 28, .623171423829504)]
    [InlineData(1.5, 2, -1, .975578333680346)]
    public void NoncentralT_IsRs(double t, double df, double delta, double p) =>
        Fixture.Near(p, NoncentralT.Cdf(t, df, delta), 1e-9);

    // R: qt(tail, df, lower.tail = FALSE).
    [Theory]
    [InlineData(1, 1e-5, 31830.9886079071)]
    [InlineData(9.7, .025, 2.2375151237001)]
    [InlineData(30, .6, -.255605364951913)]
    public void Quantile_IsRs(double df, double tail, double t) =>
        Fixture.Near(t, StudentQuantile.Upper(df, tail), 1e-9);

    [Fact]
    public void NoncentralT_AtZeroIsStudents()
    {
        foreach (double t in new[] { -3.0, -.4, 0, 1.2, 8 })
            Fixture.Near(
                MathNet.Numerics.Distributions.StudentT.CDF(0, 1, 6, t), NoncentralT.Cdf(t, 6, 0), 1e-10);
    }

    [Fact]
    public void Power_IsRs()
    {
        Fixture.Near(.562006646586232, WelchPower.Of(1, 1, 1, 10, 10).Power, 1e-9);
        Fixture.Near(.698488533371632, WelchPower.Of(1.5, 1, 1, 5, 5, .05, Alternative.Greater).Power, 1e-9);
        Fixture.Near(.698488533371632, WelchPower.Of(-1.5, 1, 1, 5, 5, .05, Alternative.Less).Power, 1e-9);
        Fixture.Near(.779641059606853, WelchPower.Of(1.8, 2, .7, 12, 12, .025, Alternative.Greater).Power, 1e-9);
        Assert.Equal(.05, WelchPower.Of(0, 1, 2, 8, 5).Power, 1e-9);
        Assert.Equal(1, WelchPower.Of(1000, 1, 1, 10, 10).Power, 1e-12);
        Fixture.Near(1.8 / Math.Sqrt((4 + .49) / 2), WelchPower.Of(1.8, 2, .7, 12, 12).Effect, 1e-12);
    }

    // ceiling(power.t.test(delta, sd = 1, power, strict = TRUE)$n).
    [Fact]
    public void Table_IsRs() => Assert.Equal(
        new[,] { { 64, 86 }, { 17, 23 }, { 9, 11 }, { 6, 7 }, { 4, 4 } },
        SeedPlan.Table([.5, 1, 1.5, 2, 3], [.8, .9]));

    [Fact]
    public void Plan_IsTheFewest()
    {
        SeedPlan plan = SeedPlan.For(1382, 1341, 990, .8, .05, Alternative.Greater);
        Assert.Equal(10, plan.Runs); // R: power .8072 at 10
        Assert.True(plan.Achieved.Power >= .8);
        Assert.True(WelchPower.Of(1382, 1341, 990, 9, 9, .05, Alternative.Greater).Power < .8);
        Fixture.Near(.8071958, plan.Achieved.Power, 1e-6);
        Assert.Equal(2, SeedPlan.For(100, 1, 1).Runs);
    }

    // A pilot's standard deviations are taken at their upper ends: sqrt(9 / qchisq(.2, 9)) = 1.2936 times.
    [Fact]
    public void Pilot_IsTakenWithCare()
    {
        SeedPlan plan = SeedPlan.FromPilot(Sleep1, Sleep2, 2);
        double factor = Math.Sqrt(9 / 5.380053);
        double first = Moments.Of(Sleep1).StandardDeviation(), second = Moments.Of(Sleep2).StandardDeviation();
        Assert.Equal(SeedPlan.For(2, factor * first, factor * second).Runs, plan.Runs);
        Assert.True(plan.Runs > SeedPlan.For(2, first, second).Runs);
    }

    // Runs drawn from near-normal pilots; the formula's degrees of freedom make it .003 too high at 12 runs.
    [Fact]
    public void Simulation_NearsTheFormula()
    {
        double[] a = Fixture.Normals(2000, 1).Select(v => v + 1).ToArray(), b = Fixture.Normals(2000, 2);
        WelchPower simulated = WelchPower.Simulate(a, b, 12, draws: 4_000, seed: 4);
        Moments first = Moments.Of(a), second = Moments.Of(b);
        double formula = WelchPower.Of(
            first.Mean - second.Mean, first.StandardDeviation(), second.StandardDeviation(), 12, 12).Power;
        Assert.Equal(formula, simulated.Power, .01 + 4 * simulated.MonteCarloError);
        Assert.Equal(simulated, WelchPower.Simulate(a, b, 12, draws: 4_000, seed: 4));
        Assert.NotEqual(simulated.Power, WelchPower.Simulate(a, b, 12, draws: 4_000, seed: 5).Power);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => WelchTest.Of([1], Sleep2), "first has 1 value;");
        Fixture.Says<ArgumentException>(() => WelchTest.Of([1, 1], [2, 2]), "one of the two must vary");
        Fixture.Says<ArgumentException>(() => WelchTest.Of(Sleep1, Sleep2, level: 1), "level is 1");
        Fixture.Says<ArgumentException>(() => WelchTest.Of(Sleep1, Sleep2, (Alternative)5), "alternative is 5");
        Fixture.Says<ArgumentException>(() => NoncentralT.Cdf(1, 0, 1), "degreesOfFreedom is 0");
        Fixture.Says<ArgumentException>(() => NoncentralT.Cdf(1, 3, 40), "noncentrality is 40");
        Fixture.Says<ArgumentException>(() => WelchPower.Of(1, 0, 1, 5, 5), "firstDeviation is 0");
        Fixture.Says<ArgumentException>(() => WelchPower.Of(1, 1, 1, 1, 5), "firstRuns is 1");
        Fixture.Says<ArgumentException>(() => WelchPower.Of(1, 1, 1, 5, 5, .05, (Alternative)5), "alternative is 5");
        Fixture.Says<ArgumentException>(() => WelchPower.Simulate([1, 2], Sleep2, 5), "first has 2 values");
        Fixture.Says<ArgumentException>(() => WelchPower.Simulate(new double[6], Sleep2, 5), "first is constant");
        Fixture.Says<ArgumentException>(() => SeedPlan.For(0, 1, 1), "difference is 0", "no number of runs");
        Fixture.Says<ArgumentException>(
            () => SeedPlan.For(-1, 1, 1, alternative: Alternative.Greater), "no number of runs");
        Fixture.Says<ArgumentException>(() => SeedPlan.For(1e-6, 1, 1), "more than 1000000 runs");
        Fixture.Says<ArgumentException>(() => SeedPlan.For(1, 1, 1, .01), "power is 0.01");
        Fixture.Says<ArgumentException>(() => SeedPlan.FromPilot([1, 1, 1], Sleep2, 1), "first is constant");
    }
}
