using FsCheck;
using FsCheck.Fluent;

namespace FinML.Statistics.Tests;

public class PerformanceTests
{
    [Fact]
    public void Drawdown_ByHand()
    {
        // Wealth 1, 2, 1, 1.5, 3, 1.5, 1.5: half lost twice; the first of equals is the maximum, the second stays open.
        ReturnSeries series = ReturnSeries.Simple([1, -0.5, 0.5, 1, -0.5, 0], 12);
        IReadOnlyList<DrawdownEpisode> episodes = Drawdown.Episodes(series);
        Assert.Equal(2, episodes.Count);
        Assert.Equal(
            new DrawdownEpisode { Depth = 0.5, Peak = 1, Trough = 2, Recovery = 4, Duration = 3 }, episodes[0]);
        Assert.Equal(
            new DrawdownEpisode { Depth = 0.5, Peak = 4, Trough = 5, Recovery = null, Duration = 2 }, episodes[1]);
        Assert.Equal(episodes[0], Drawdown.Maximum(series));
        Assert.Equal([0, 0, 0.5, 0.25, 0, 0.5, 0.5], Drawdown.Underwater(series));
    }

    [Fact]
    public void Drawdown_LossAtOnce_CountsFromTheStart()
    {
        DrawdownEpisode drawdown = Drawdown.Maximum(ReturnSeries.Simple([-0.25, 0.1], 12));
        Assert.Equal(0, drawdown.Peak);
        Assert.Equal(0.25, drawdown.Depth, 1e-15);
    }

    [Fact]
    public void Drawdown_EqualsTheUnderwaterMaximum() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>().Filter(x => x.Length > 0),
        raw =>
        {
            double[] returns = raw.Select(r => Math.Clamp(r / 100.0, -0.99, 1)).ToArray();
            ReturnSeries series = ReturnSeries.Simple(returns, 252);
            return Math.Abs(Drawdown.Maximum(series).Depth - Drawdown.Underwater(series).Max()) < 1e-12;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Annualised_ByHand()
    {
        ReturnSeries series = ReturnSeries.Simple([0.01, 0.01, 0.01], 12);
        Assert.Equal(Math.Pow(1.01, 12) - 1, Annualised.Return(series), 1e-13);
        Assert.Equal(0.12, Annualised.Return(series, Compounding.Arithmetic), 1e-15);
        Assert.Equal(-1, Annualised.Return(ReturnSeries.Simple([0.5, -1], 12)));
    }

    [Fact]
    public void Kinds_RoundTrip()
    {
        ReturnSeries simple = ReturnSeries.Simple([0.1, -0.2, 0.05], 12);
        ReturnSeries back = simple.ToLog().ToSimple();
        for (int i = 0; i < 3; i++)
            Assert.Equal(simple.Values[i], back.Values[i], 1e-15);
        Fixture.Says<InvalidOperationException>(
            () => ReturnSeries.Simple([0.1, -1], 12).ToLog(), "index 1 is -1", "logarithm");
    }

    [Fact]
    public void Turnover_CountsTheFirstTrade() =>
        Assert.Equal((1 + 0 + 2 + 1) / 4.0 * 252, Turnover.PerYear([1, 1, -1, 0], 252), 1e-12);

    // Half in each, one doubles: 2/3 and 1/3 before the second trade, which moves 1/6 out and 1/6 in.
    [Fact]
    public void Turnover_OfWeights_CountsTheDrift()
    {
        Assert.Equal(
            (1 + 1.0 / 3) / 2 * 12, Turnover.PerYear([[.5, .5], [.5, .5]], [[1, 0], [0, 0]], 12), 1e-12);
        double[][] alone = [[1], [1], [-1], [0]];
        Assert.Equal(
            Turnover.PerYear([1, 1, -1, 0], 252), Turnover.PerYear(alone, [[0], [0], [0], [0]], 252), 1e-12);
        Fixture.Says<ArgumentException>(() => Turnover.PerYear(alone, [[0]], 252), "4 periods", "1 of returns");
        Fixture.Says<ArgumentException>(() => Turnover.PerYear([[2.0]], [[-.6]], 252), "period 0", "above 0");
        Fixture.Says<ArgumentException>(() => Turnover.PerYear([[1.0, 0]], [[.1]], 252), "returns", "aligned");
    }

    // Wealth 2, 1, 2 (deep and short), then 1.9, 1.95, 1.95, 2.1 (shallow and long).
    [Fact]
    public void LongestDrawdown_NeedNotBeTheDeepest()
    {
        ReturnSeries series = ReturnSeries.Simple([1, -.5, 1, -.05, .02, 0, .2], 12);
        DrawdownEpisode longest = Drawdown.Longest(series);
        Assert.Equal((3, 4, 7, 4), (longest.Peak, longest.Trough, longest.Recovery!.Value, longest.Duration));
        Assert.Equal(2, Drawdown.Maximum(series).Duration);
        Assert.Equal(longest, PerformanceSummary.Of(series).LongestDrawdown);
        Assert.Equal(0, Drawdown.Longest(ReturnSeries.Simple([.1, .2], 12)).Duration);
    }

    [Fact]
    public void Benchmark_OfALeveredCopy_IsExact()
    {
        double[] market = [0.01, -0.02, 0.03, 0.005];
        BenchmarkRegression fit = BenchmarkRegression.Fit(
            ReturnSeries.Simple(market.Select(r => 0.001 + 2 * r).ToArray(), 252), ReturnSeries.Simple(market, 252));
        Assert.Equal(2, fit.Beta, 1e-12);
        Assert.Equal(0.001, fit.AlphaPerPeriod, 1e-15);
        Assert.Equal(1, fit.Correlation, 1e-12);
        ReturnSeries itself = ReturnSeries.Simple(market, 252);
        Assert.Null(BenchmarkRegression.Fit(itself, itself).InformationRatio);
    }

    [Fact]
    public void Summary_WithoutRisk_HasNullsAndNoNaN()
    {
        PerformanceSummary flat = PerformanceSummary.Of(ReturnSeries.Simple(new double[20], 252));
        Assert.Null(flat.Sharpe);
        Assert.Null(flat.SortinoRatio);
        Assert.Null(flat.CalmarRatio);
        Assert.Null(flat.OmegaRatio);
        Assert.Null(flat.TailRatio);
        Assert.Equal(0, flat.TotalReturn);
        Assert.Equal(0, flat.MaximumDrawdown.Depth);
    }

    [Fact]
    public void BadSeries_IsNamed()
    {
        Fixture.Says<ArgumentException>(() => ReturnSeries.Simple([], 252), "0 values", "at least 1");
        Fixture.Says<ArgumentException>(() => ReturnSeries.Simple([0.1, double.NaN], 252), "NaN at index 1");
        Fixture.Says<ArgumentException>(() => ReturnSeries.Simple([-1.5], 252), "index 0 is -1.5", "-1");
        Fixture.Says<ArgumentException>(() => ReturnSeries.Log([0.1], 0), "periodsPerYear is 0", "above 0");
        Fixture.Says<ArgumentException>(
            () => PerformanceSummary.Of(ReturnSeries.Simple([0.1], 252)), "at least 2", "has 1");
    }

    [Fact]
    public void Misaligned_IsNamed()
    {
        ReturnSeries series = ReturnSeries.Simple([0.1, 0.2, 0.3], 252);
        Fixture.Says<ArgumentException>(
            () => BenchmarkRegression.Fit(series, ReturnSeries.Simple([0.1, 0.2], 252)), "2 returns against 3");
        Fixture.Says<ArgumentException>(
            () => BenchmarkRegression.Fit(series, ReturnSeries.Log([0.1, 0.2, 0.3], 252)),
            "Log returns against Simple");
        Fixture.Says<ArgumentException>(
            () => BenchmarkRegression.Fit(series, ReturnSeries.Simple([0.1, 0.2, 0.3], 12)), "12", "252", "equal");
        Fixture.Says<ArgumentException>(
            () => BenchmarkRegression.Fit(series, ReturnSeries.Simple([0.1, 0.1, 0.1], 252)), "benchmark is constant");
    }

    [Fact]
    public void UndefinedRatios_AreRefused()
    {
        ReturnSeries up = ReturnSeries.Simple([0.1, 0.2], 252);
        Fixture.Says<InvalidOperationException>(() => Drawdown.CalmarRatio(up), "never falls");
        Fixture.Says<InvalidOperationException>(() => DownsideRisk.SortinoRatio(up), "Sortino", "none of 2");
        Fixture.Says<InvalidOperationException>(() => DownsideRisk.OmegaRatio(up), "Omega", "target 0");
        Fixture.Says<InvalidOperationException>(() => TailRisk.TailRatio(ReturnSeries.Simple([0, 0], 252)), "quantile");
        Fixture.Says<ArgumentException>(() => TailRisk.ValueAtRisk(up, 1), "tail is 1");
    }
}
