namespace FinML.Statistics.Tests;

public class StrategyCapacityTests
{
    private static readonly ReturnSeries Series =
        ReturnSeries.Simple([.. Fixture.Normals(500, 3).Select(z => .01 * z + .001)], 252);

    private static readonly CapacityOptions Options = new()
    {
        TurnoverPerPeriod = .2,
        MarketVolumePerPeriod = 5e8,
        MarketVolatilityPerPeriod = .02,
    };

    [Fact]
    public void Profit_PeaksWhereItSays()
    {
        StrategyCapacity capacity = StrategyCapacity.Of(Series, Options with { FixedCostPerPeriod = 2000 });
        double best = capacity.ProfitMaximisingCapital;
        Fixture.Near(capacity.MaximumProfitPerYear, capacity.ProfitPerYear(best), 1e-12);
        foreach (double factor in new[] { .1, .5, .9, .999, 1.001, 1.1, 2 })
            Assert.True(capacity.ProfitPerYear(factor * best) < capacity.MaximumProfitPerYear);
        double sharpest = capacity.SharpeMaximisingCapital;
        foreach (double factor in new[] { .1, .5, .9, .999, 1.001, 1.1, 2 })
            Assert.True(capacity.NetSharpe(factor * sharpest) < capacity.NetSharpe(sharpest));
    }

    [Fact]
    public void WithoutFixedCosts_TheClosedFormsHold()
    {
        StrategyCapacity capacity = StrategyCapacity.Of(Series, Options);
        Assert.Equal(0, capacity.NetSharpe(capacity.BreakEvenCapital), 1e-10);
        Fixture.Near(4.0 / 9, capacity.ProfitMaximisingCapital / capacity.BreakEvenCapital, 1e-12);
        Fixture.Near(SharpeRatio.Of(Series).Annualised / 3, capacity.SharpeAtMaximumProfit, 1e-12);
        Assert.Equal(0, capacity.SharpeMaximisingCapital);

        // One trade by hand: at capital A a period trades .2 A, .2 A / 5e8 of the volume, at .02 sqrt of it.
        double a = 1e7, cost = .2 * a * .02 * Math.Sqrt(.2 * a / 5e8);
        double mean = Moments.Of(Series.Values).Mean;
        Fixture.Near((mean * a - cost) * 252, capacity.ProfitPerYear(a), 1e-12);
        Fixture.Near(4, StrategyCapacity.Of(Series, Options with { MarketVolumePerPeriod = 2e9 })
            .ProfitMaximisingCapital / capacity.ProfitMaximisingCapital, 1e-12);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Fixture.Says<InvalidOperationException>(
            () => StrategyCapacity.Of(Series, Options with { LinearCost = .01 }), "after linear costs", "above 0");
        Fixture.Says<ArgumentException>(
            () => StrategyCapacity.Of(Series, Options with { TurnoverPerPeriod = 0 }), "TurnoverPerPeriod is 0");
        Fixture.Says<ArgumentException>(
            () => StrategyCapacity.Of(ReturnSeries.Log(Fixture.Dax, 252), Options), "Log returns", "Simple");
        Fixture.Says<ArgumentException>(() => StrategyCapacity.Of(Series, Options).NetSharpe(0), "capital is 0");
    }
}
