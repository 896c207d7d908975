using FinML.Data;

namespace FinML.Markets.Tests.Baselines;

/// <summary>What every <see cref="IPortfolioStrategy"/> has to keep; a new one joins with a one-line
/// subclass.</summary>
public abstract class PortfolioStrategyConformance
{
    private const int Bars = 160, Assets = 5;

    protected abstract IPortfolioStrategy Create();

    [Fact]
    public void NothingLooksAhead()
    {
        CausalityReport report = CausalityAudit.Run(Market.Portfolio(Bars, Assets), panel => Series(panel, Create()));
        Assert.Empty(report.Violations);
        Assert.Empty(report.NotDeterministic);
    }

    [Fact]
    public void WeightsAreNumbersAndNoMoreThanTheEquity()
    {
        foreach (double[] row in PortfolioBacktester.Targets(Market.Portfolio(Bars, Assets), Create(), 0, Bars))
        {
            Assert.DoesNotContain(row, double.IsInfinity);
            Assert.InRange(row.Where(weight => !double.IsNaN(weight)).Sum(Math.Abs), 0, Largest + 1e-9);
        }
    }

    [Fact]
    public void AnAssetThatEndsIsLeft()
    {
        Panel panel = Market.Portfolio(Bars, Assets).Map((asset, _, values) =>
            asset == "A2" ? [.. values.Select((v, t) => t > 100 ? double.NaN : v)] : values);
        double[][] targets = PortfolioBacktester.Targets(panel, Create(), 0, Bars);
        Assert.All(targets[125..], row => Assert.True(row[2] is 0 or double.NaN, $"{row[2]}"));
        Assert.Contains(targets[125..], row => row.Any(weight => weight != 0 && !double.IsNaN(weight)) || Holds);
        PortfolioBacktestResult result = PortfolioBacktester.Run(panel, Create(), Options);
        Assert.All(result.Account.NetEquity, equity => Assert.True(equity > 0 && double.IsFinite(equity)));
    }

    [Fact]
    public void ItHasANameAndSaysWhenItCanDecide()
    {
        IPortfolioStrategy strategy = Create();
        Assert.NotEmpty(strategy.Name);
        Assert.DoesNotContain(' ', strategy.Name);
        var view = new PointInTimeView(Market.Portfolio(Bars, Assets), strategy.WarmUp);
        strategy.Decide(view, new double[Assets], new double[Assets]); // no throw
    }

    /// <summary>The largest gross exposure.</summary>
    protected virtual double Largest => 1;

    /// <summary>Whether it may never decide again.</summary>
    protected virtual bool Holds => false;

    private PortfolioBacktestOptions Options => new() { Execution = new() { MaximumLeverage = Math.Max(1, Largest) } };

    private static NamedSeries[] Series(Panel panel, IPortfolioStrategy strategy)
    {
        double[][] targets = PortfolioBacktester.Targets(panel, strategy, 0, panel.Length);
        return [.. panel.Assets.Select((asset, i) => new NamedSeries(asset, [.. targets.Select(row => row[i])]))];
    }
}
