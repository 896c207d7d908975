namespace FinML.Statistics.Tests;

public class HaircutSharpeTests
{
    private static readonly double Monthly = 1 / Math.Sqrt(12); // a Sharpe ratio of 1 a year

    [Fact]
    public void OneTrial_HasNoHaircut()
    {
        HaircutSharpe cut = HaircutSharpe.Bonferroni(Monthly, 120, 1);
        Assert.Equal(Monthly, cut.Adjusted);
        Assert.Equal(0, cut.Haircut);
    }

    // R 4.2: p <- 2 * pt(-sqrt(10), 119); qt(1 - 10 * p / 2, 119) / sqrt(120).
    [Fact]
    public void Bonferroni_IsTheClosedForm()
    {
        HaircutSharpe cut = HaircutSharpe.Bonferroni(Monthly, 120, 10);
        Fixture.Near(0.0019864739454870019, cut.PValue, 1e-10);
        Fixture.Near(0.019864739454870019, cut.AdjustedPValue, 1e-10);
        Fixture.Near(0.21550433735501837, cut.Adjusted, 1e-8);
        Assert.Equal(1 - cut.Adjusted / Monthly, cut.Haircut, 1e-15);
        Assert.Equal(0, HaircutSharpe.Bonferroni(Monthly, 120, 1000).Adjusted);
        SharpeRatio dax = SharpeRatio.Of(ReturnSeries.Log(Fixture.Dax, 252));
        Assert.Equal(HaircutSharpe.Bonferroni(dax.PerPeriod, 1859, 5), HaircutSharpe.Bonferroni(dax, 5));
        Assert.Equal(1, HaircutSharpe.Bonferroni(Monthly, 120, 1000).Haircut);
    }

    // So far out that 1 - p is 1 in double precision.
    [Fact]
    public void FarTail_KeepsItsDigits()
    {
        HaircutSharpe cut = HaircutSharpe.Bonferroni(.5, 1200, 1e6);
        Assert.InRange(cut.PValue, 1e-65, 1e-55);
        Fixture.Near(cut.AdjustedPValue, Tails.StudentTwoSided(cut.Adjusted * Math.Sqrt(1200), 1199), 1e-9);
    }

    [Fact]
    public void Holm_IsNeverMoreSevereThanBonferroni()
    {
        double[] others = [.001, .02, .3, .004, .9];
        HaircutSharpe bonferroni = HaircutSharpe.Among(Monthly, 120, others, HaircutMethod.Bonferroni);
        HaircutSharpe holm = HaircutSharpe.Among(Monthly, 120, others, HaircutMethod.Holm);
        Assert.Equal(6 * bonferroni.PValue, bonferroni.AdjustedPValue, 1e-15);
        Assert.Equal(5 * holm.PValue, holm.AdjustedPValue, 1e-15); // second of six: one is smaller
        Assert.True(holm.Adjusted > bonferroni.Adjusted);
        HaircutSharpe fdr = HaircutSharpe.Among(Monthly, 120, others, HaircutMethod.BenjaminiYekutieli);
        Assert.Equal(PValueAdjustment.BenjaminiYekutieli([fdr.PValue, .. others]).Adjusted[0], fdr.AdjustedPValue);
    }

    /// <summary>Worthless uncorrelated trials: the median of Holm's corrected p-value is that of Bonferroni where ours
    /// is the smallest in more than half of the draws.</summary>
    [Fact]
    public void Simulated_AmongWorthlessTrials_IsBonferroni()
    {
        HaircutSharpe cut = HaircutSharpe.Simulated(
            Monthly, 120, 50, TrialPopulation.Worthless(0), HaircutMethod.Holm, seed: 3);
        Fixture.Near(50 * cut.PValue, cut.AdjustedPValue, 1e-12);
        Assert.Equal(cut, HaircutSharpe.Simulated(
            Monthly, 120, 50, TrialPopulation.Worthless(0), HaircutMethod.Holm, seed: 3));
    }

    /// <summary>The paper's population: real effects among the trials make BHY milder than Holm, and more trials mean a
    /// deeper cut by each of them.</summary>
    [Fact]
    public void Simulated_FollowsThePaper()
    {
        var population = TrialPopulation.HarveyLiuZhu(.2);
        Assert.Equal(.44589, population.NullShare, 1e-12);
        double before = -1;
        foreach (int trials in new[] { 2, 10, 50, 200 })
        {
            HaircutSharpe holm = HaircutSharpe.Simulated(Monthly, 120, trials, population, HaircutMethod.Holm);
            HaircutSharpe fdr = HaircutSharpe.Simulated(
                Monthly, 120, trials, population, HaircutMethod.BenjaminiYekutieli);
            HaircutSharpe bonferroni = HaircutSharpe.Bonferroni(Monthly, 120, trials);
            Assert.True(holm.Haircut >= before && holm.Haircut <= bonferroni.Haircut);
            if (trials >= 50)
                Assert.True(fdr.Haircut < holm.Haircut);
            before = holm.Haircut;
        }

        Assert.Equal((.48604 + .44589) / 2, TrialPopulation.HarveyLiuZhu(.3).NullShare, 1e-12);
        Assert.Equal(.83901, TrialPopulation.HarveyLiuZhu(.95).NullShare, 1e-12);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => HaircutSharpe.Bonferroni(-.1, 120, 10), "-0.1", "above 0");
        Fixture.Says<ArgumentException>(() => HaircutSharpe.Bonferroni(.1, 9, 10), "count is 9", "10");
        Fixture.Says<ArgumentException>(() => HaircutSharpe.Bonferroni(.1, 120, .5), "trials is 0.5");
        Fixture.Says<ArgumentException>(
            () => HaircutSharpe.Among(.1, 120, [1.5], HaircutMethod.Holm), "1.5");
        Fixture.Says<ArgumentException>(() => TrialPopulation.HarveyLiuZhu(1), "correlation is 1", "below 1");
        Fixture.Says<ArgumentException>(
            () => HaircutSharpe.Simulated(
                .1, 120, 5, TrialPopulation.Worthless(.1) with { MeanEffect = 0 }, HaircutMethod.Holm),
            "MeanEffect is 0");
    }
}
