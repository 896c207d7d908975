using FinML.Data;

namespace FinML.Markets.Tests.Baselines;

public sealed class PortfolioBaselineTests
{
    [Fact]
    public void EqualRiskContributionOfUncorrelatedAssetsIsInverseVolatility()
    {
        WeightSolution solution = EqualRiskContribution.Solve([0.04, 0, 0, 0, 0.01, 0, 0, 0, 0.16], 3);
        double sum = 1 / 0.2 + 1 / 0.1 + 1 / 0.4;
        Same([1 / 0.2 / sum, 1 / 0.1 / sum, 1 / 0.4 / sum], solution.Weights);
    }

    [Fact]
    public void EqualRiskContributionOfTwoAssetsDoesNotDependOnTheirCorrelation()
    {
        foreach (double rho in new[] { -0.9, 0, 0.7 })
        {
            double covariance = rho * 0.2 * 0.1;
            Same([1 / 3.0, 2 / 3.0],
                EqualRiskContribution.Solve([0.04, covariance, covariance, 0.01], 2).Weights);
        }
    }

    /// <summary>w_i (Sw)_i = w'Sw / N: the first-order condition, on 30 assets.</summary>
    [Fact]
    public void EqualRiskContributionMeetsItsFirstOrderCondition()
    {
        double[] covariance = Covariance(30);
        WeightSolution solution = EqualRiskContribution.Solve(covariance, 30);
        Assert.All(RiskContribution.Of(covariance, [.. solution.Weights]), c => Assert.Equal(1 / 30.0, c, 1e-10));
        Assert.InRange(solution.Residual, 0, 1e-9);
        Assert.InRange(solution.Iterations, 2, 500);
        Assert.All(solution.Weights, weight => Assert.InRange(weight, 1e-6, 1));
    }

    /// <summary>Two assets: w_1 = (s_2² - s_12) / (s_1² + s_2² - 2 s_12), cut at 0 and 1 where nothing is
    /// short.</summary>
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.0)]
    [InlineData(0.018)] // beyond s_2² = .01: the unconstrained weight of the first is negative
    public void MinimumVarianceOfTwoAssetsInClosedForm(double covariance)
    {
        double first = (0.01 - covariance) / (0.05 - 2 * covariance);
        double[] matrix = [0.04, covariance, covariance, 0.01];
        Same([first, 1 - first], MinimumVarianceWeights.Solve(matrix, 2, longOnly: false).Weights);
        WeightSolution bounded = MinimumVarianceWeights.Solve(matrix, 2);
        Same([Math.Max(0, first), 1 - Math.Max(0, first)], bounded.Weights);
        Assert.InRange(bounded.Residual, 0, 1e-9);
    }

    [Fact]
    public void MinimumVarianceMeetsItsFirstOrderConditionAndNoOtherWeightsDoBetter()
    {
        double[] covariance = Covariance(20);
        WeightSolution solution = MinimumVarianceWeights.Solve(covariance, 20);
        Assert.InRange(solution.Residual, 0, 1e-9);
        Assert.Equal(1, solution.Weights.Sum(), 12);
        double least = Variance(covariance, [.. solution.Weights]);
        var random = new RandomStream(4);
        for (int i = 0; i < 200; i++)
        {
            double[] other = [.. solution.Weights.Select(w => w + 0.05 * random.NextDouble())];
            double sum = other.Sum();
            Assert.True(Variance(covariance, [.. other.Select(w => w / sum)]) >= least);
        }

        Assert.Contains("near to singular", Assert.Throws<ArgumentException>(() =>
            MinimumVarianceWeights.Solve([0.01, 0.02, 0.02, 0.01], 2, longOnly: false)).Message);
        Assert.Contains("variance of asset 1 has to be positive", Assert.Throws<ArgumentException>(() =>
            EqualRiskContribution.Solve([1, 0, 0, 0], 2)).Message);
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, new[] { 0.5, 0.5 })]
    [InlineData(new[] { 2.0, 1.0 }, new[] { 1.0, 0.0 })]
    [InlineData(new[] { 0.6, 0.9, -3.0 }, new[] { 0.35, 0.65, 0.0 })]
    public void TheSimplexProjectionByHand(double[] weights, double[] expected)
    {
        SimplexProjection.Project(weights);
        Same(expected, weights);
    }

    /// <summary>Relatives 1.1 and .9 on equal weights: earned 1, loss .5, |x - mean|² = .02, step 25:
    /// .5 -+ 2.5 projects to (0, 1). With C = .5 the step of PAMR-1 is .5: .5 -+ .05.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.45)]
    [InlineData(2, 0.5 - 0.1 * 0.5 / 1.02)] // .5 / (.02 + 1 / (2 x .5))
    public void PamrByHand(int variant, double first)
    {
        Panel panel = Closes([[10, 11], [10, 9]]);
        var strategy = new Pamr(0.5, variant, 0.5);
        double[][] targets = PortfolioBacktester.Targets(panel, strategy, 0, 2);
        Same([0.5, 0.5], targets[0]);
        Same([first, 1 - first], targets[1]);
    }

    /// <summary>Prices 1, 2 and 1, 1 with a window of 2: predicted .75 and 1, earned .875, spread .03125,
    /// step (1 - .875) / .03125 = 4: .5 -+ 4 x .125.</summary>
    [Fact]
    public void OlmarByHand()
    {
        double[][] targets = PortfolioBacktester.Targets(Closes([[1, 2], [1, 1]]), new Olmar(2, 1), 0, 2);
        Same([0.5, 0.5], targets[0]);
        Same([0, 1], targets[1]);
    }

    [Fact]
    public void ReversalBuysTheLosersByRank()
    {
        Panel panel = Closes([[1, 1.1], [1, 0.9], [1, 1.0], [1, 1.3]]);
        double[][] targets = PortfolioBacktester.Targets(panel, new ShortTermReversal(), 0, 2);
        Same([-0.125, 0.375, 0.125, -0.375], targets[1]);
    }

    [Fact]
    public void ScaledMomentumIsTheSignOverTheVolatility()
    {
        Panel panel = Closes([[100, 101, 102, 104], [50, 50, 50, 50], [10, 9, 8, 7]]);
        var options = new VolatilityScaledMomentumOptions
        {
            Lookback = 2,
            HalfLife = 1,
            PeriodsPerYear = 1,
            Volatility = 0.02,
        };
        double[] row = PortfolioBacktester.Targets(panel, new VolatilityScaledMomentum(options), 0, 4)[3];

        // Weights 4/7, 2/7, 1/7 on the newest, ... squared returns.
        double Of(double a, double b, double c) => Math.Sqrt((4 * a * a + 2 * b * b + c * c) / 7);
        Assert.Equal(0.02 / Of(104.0 / 102 - 1, 102.0 / 101 - 1, 0.01) / 3, row[0], 1e-12);
        Assert.Equal(0, row[1]);
        Assert.Equal(-0.02 / Of(1 / 8.0, 1 / 9.0, 0.1) / 3, row[2], 1e-12);
    }

    [Fact]
    public void CrossoverFollowsTheMeans()
    {
        double[] close = [1, 2, 3, 2, 1, 1, 1];
        Panel panel = Panel.OfAsset("X", Market.Times(7), ("close", close));
        Assert.Equal([0, 0, 1, 1, -1, -1, 0],
            Backtester.Targets(panel, 0, new MovingAverageCrossover(2, 3, shorts: true), 0, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingAverageCrossover(3, 3));
    }

    [Fact]
    public void ThePortfolioOracleWinsAndOneBarLateItDoesNot()
    {
        Panel panel = Market.Portfolio(600, 4);
        double Growth(int delay) => Math.Log(PortfolioBacktester.Run(
            panel, new PortfolioOracle(panel, iKnowThatThisLooksAhead: true, delay)).Account.FinalEquity);
        Assert.True(Growth(0) > 5, $"{Growth(0)}");
        Assert.InRange(Growth(1), -1.5, 1.5); // 600 days of 1.5 %: a standard deviation of .4, less costs of .2
        Assert.Throws<ArgumentException>(() => new PortfolioOracle(panel, iKnowThatThisLooksAhead: false));
    }

    [Fact]
    public void HoldingNeverTradesAgainAndAMixDoesEveryMonth()
    {
        Panel panel = Market.Portfolio(127, 2);
        Assert.Equal(2, PortfolioBacktester.Run(panel, new BuyAndHoldPortfolio()).Account.Trades.Count);
        Assert.Equal(
            [0, 21, 42, 63, 84, 105],
            PortfolioBacktester.Run(panel, FixedMix.SixtyForty("A0", "A1")).Account.Trades
                .Select(trade => trade.Period).Distinct());
        Assert.Contains("are assets of the panel", Assert.Throws<ArgumentException>(() =>
            PortfolioBacktester.Run(panel, FixedMix.SixtyForty("A0", "B"))).Message);
    }

    private static Panel Closes(double[][] columns) => Panel.Create(
        Market.Times(columns[0].Length), [.. columns.Select((_, i) => $"A{i}")], ["close"], columns);

    private static double[] Covariance(int assets)
    {
        Panel panel = Market.Portfolio(200, assets);
        double[][] columns = [.. Enumerable.Range(0, assets).Select(i => panel.Column(i, 1).ToArray())];

        // A common factor, so that the assets are correlated.
        panel = Closes([.. columns.Select(column => column.Select((v, t) => v * columns[0][t]).ToArray())]);
        return RollingCovariance.Of(
            new PointInTimeView(panel, 199), "close", [.. Enumerable.Range(0, assets)], 199);
    }

    private static double Variance(double[] covariance, double[] weights)
    {
        double sum = 0;
        for (int i = 0; i < covariance.Length; i++)
            sum += covariance[i] * weights[i / weights.Length] * weights[i % weights.Length];
        return sum;
    }

    private static void Same(IReadOnlyList<double> expected, IReadOnlyList<double> actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) < 1e-9);
}
