using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

/// <summary>Windows, drawdowns, calendar, exposure, selection and paths against what they are made of.</summary>
public sealed class PartsTests
{
    private static readonly EvidenceReport Whole = EvidenceReport.Of(EvidenceSamples.Whole(), EvidenceSamples.Options);

    [Fact]
    public void A_window_has_the_ratio_the_volatility_and_the_beta_of_its_returns()
    {
        double[] returns = EvidenceSamples.Normal(700, 0.0003, 0.01, 1);
        double[] market = EvidenceSamples.Normal(700, 0, 0.01, 2);
        var rolling = EvidenceReport.Of(EvidenceSamples.Of(returns, market), EvidenceSamples.Options).Rolling!;

        Assert.Equal(252, rolling.Window);
        Assert.Equal(449, rolling.Sharpe.Count);
        foreach (int k in new[] { 0, 200, 448 })
        {
            var own = ReturnSeries.Simple(returns.AsSpan(k, 252), 252);
            var theirs = ReturnSeries.Simple(market.AsSpan(k, 252), 252);
            Assert.Equal(SharpeRatio.Of(own).Annualised, rolling.Sharpe[k], 9);
            Assert.Equal(Annualised.Volatility(own), rolling.Volatility[k], 11);
            Assert.Equal(BenchmarkRegression.Fit(own, theirs).Beta, rolling.Beta![k], 9);
            Assert.Equal(EvidenceSamples.Days(700)[k + 251], rolling.Times[k]);
        }
    }

    [Fact]
    public void A_window_that_does_not_move_has_no_ratio()
    {
        double[] returns = EvidenceSamples.Normal(900, 0.0003, 0.01, 1);
        returns.AsSpan(300, 300).Clear();
        var report = EvidenceReport.Of(EvidenceSamples.Of(returns), EvidenceSamples.Options);

        Assert.Equal(0, report.Rolling!.Volatility[310]);
        Assert.True(double.IsNaN(report.Rolling.Sharpe[310]));
        Assert.NotNull(EvidenceFigures.Rolling(report));
        Assert.Contains("null", EvidenceJson.Render(report));
    }

    [Fact]
    public void The_deepest_drawdowns_come_first_with_their_dates()
    {
        double[] returns = [.. EvidenceSamples.Normal(300, 0.001, 0.0002, 3)]; // no day but three falls
        returns[20] = -0.05;
        returns[150] = -0.20;
        DateTime[] days = EvidenceSamples.Days(300);
        var rows = EvidenceReport.Of(EvidenceSamples.Of(returns), EvidenceSamples.Options).Drawdowns;

        Assert.Equal(2, rows.Count);
        Assert.Equal([0.20, 0.05], rows.Select(r => Math.Round(r.Depth, 12)));
        Assert.Equal((days[149], days[150]), (rows[0].Peak, rows[0].Trough));
        Assert.Null(rows[0].Recovery); // 20 % take 224 periods of 0.1 %, and there are 149
        Assert.Equal((1, 150), (rows[0].ToTrough, rows[0].Length));
        Assert.Equal((days[19], days[20]), (rows[1].Peak, rows[1].Trough));
        Assert.InRange(rows[1].Length, 45, 60); // 5 % take 52
        Assert.Equal(days[19 + rows[1].Length], rows[1].Recovery);
    }

    [Fact]
    public void Months_and_years_are_compounded()
    {
        DateTime[] days = EvidenceSamples.Days(300); // 2000-01-03 to 2001-02
        double[] returns = [.. days.Select(day => day.Month == 2 ? 0.01 : 0.0)];
        returns[0] = 0.02;
        var calendar = EvidenceReport.Of(
            EvidenceSamples.Of(returns, returns), EvidenceSamples.Options).Calendar;

        Assert.Equal([2000, 2001], calendar.Select(y => y.Year));
        Assert.Equal(0.02, calendar[0].Months[0]!.Value, 12);
        int february = days.Count(day => day is { Year: 2000, Month: 2 });
        Assert.Equal(Math.Pow(1.01, february) - 1, calendar[0].Months[1]!.Value, 12);
        Assert.Equal(1.02 * Math.Pow(1.01, february) - 1, calendar[0].Total, 12);
        Assert.Equal(calendar[0].Total, calendar[0].Benchmark);
        Assert.Null(calendar[1].Months[11]);
    }

    [Fact]
    public void Exposure_is_that_of_the_positions()
    {
        var backtest = Whole.Input.Backtest!;
        Exposure held = Whole.Exposure!;
        Assert.Equal(backtest.Positions.Average(), held.Mean, 12);
        Assert.Equal(backtest.Positions.Count(p => p > 0) / (double)backtest.Length, held.Long, 12);
        Assert.Equal(backtest.Turnover.Sum() / (backtest.Length / 252.0), held.TurnoverPerYear, 12);
        Assert.True(Whole.Trades!.Count > 30);
    }

    [Fact]
    public void The_choice_is_tested_by_the_tests_of_many_strategies()
    {
        SelectionTests selection = Whole.Selection!;
        var performance = ModelPerformance.OfReturns(
            ["by turns", "other"], [.. Whole.Input.Strategies.Select(s => s.Values.ToArray())]);
        var relative = BootstrapMeans.Of(
            performance.Against(Whole.Input.Benchmark!.Values.ToArray()), options: EvidenceSamples.Options.Bootstrap);

        Assert.Equal("market", selection.Against);
        Assert.Equal(SuperiorPredictiveAbility.Of(relative).PValue, selection.Superiority!.PValue);
        Assert.Equal(BacktestOverfitting.Of(performance).Probability, selection.Overfitting!.Probability);
        Assert.Contains(Whole.Verdict.Reasons, r => r.StartsWith("Overfitting: ")
            || Whole.Verdict.Kind == VerdictKind.NoVerdict);
    }

    [Fact]
    public void Strategies_that_are_the_benchmark_itself_are_not_tested_against_it()
    {
        double[] market = EvidenceSamples.Normal(400, 0, 0.01, 1);
        var report = EvidenceReport.Of(
            EvidenceSamples.Of(market, market) with
            {
                Strategies = [new NamedReturns("rule", market), new NamedReturns("copy", market)],
            },
            EvidenceSamples.Options);

        Assert.Null(report.Selection!.Superiority);
        Assert.Null(report.Baselines[0].Difference);
        Assert.Null(report.Market);
    }

    [Fact]
    public void Paths_have_the_distribution_of_their_ratios()
    {
        PathDistribution paths = Whole.Paths!;
        double[] sharpe = [.. Whole.Input.Paths.Select(p =>
            SharpeRatio.Of(ReturnSeries.Simple(p.ToArray(), 252)).Annualised).Order()];
        Assert.Equal(sharpe, paths.Sharpe);
        Assert.Equal(sharpe[1], paths.Quantiles[1], 12);
        Assert.Equal(sharpe.Count(s => s < 0) / 3.0, paths.ShareBelowZero, 12);
        Assert.Contains("3 paths", string.Join(' ', EvidenceSections.Of(Whole).SelectMany(s => s.Lead)));
    }

    [Fact]
    public void A_path_without_a_ratio_is_refused()
    {
        var input = EvidenceSamples.Of(EvidenceSamples.Normal(100, 0, 0.01, 1)) with { Paths = [new double[50]] };
        Assert.Contains("Path 1 has 50 constant returns", Assert.Throws<ArgumentException>(
            () => EvidenceReport.Of(input, EvidenceSamples.Options)).Message);
    }

    [Fact]
    public void Combinatorial_paths_are_put_together_of_the_splits_that_test_them()
    {
        var folds = CombinatorialPurgedSplit.Create(
            LabelSpans.Fixed(120, 0), new CombinatorialSplitOptions { Groups = 6, TestGroups = 2 });
        int next = 0;
        var paths = CombinatorialPaths.Returns(folds, _ =>
        {
            double[] own = new double[120];
            Array.Fill(own, next++ * 0.001);
            return own;
        });

        Assert.Equal(5, paths.Count);
        for (int p = 0; p < 5; p++)
        {
            for (int g = 0; g < 6; g++)
                Assert.Equal(folds.FoldOf(p, g) * 0.001, paths[p][folds.Groups[g].Start], 12);
        }

        Assert.Contains("row 0", Assert.Throws<ArgumentException>(() => CombinatorialPaths.Returns(
            folds, _ => [.. Enumerable.Repeat(double.NaN, 120)])).Message);
    }
}
