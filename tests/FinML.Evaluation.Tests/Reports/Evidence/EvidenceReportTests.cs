using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed class EvidenceReportTests
{
    // The golden row of the DAX (log returns of R's EuStockMarkets read as simple ones, FTSE the benchmark), made by R.
    [Fact]
    public void The_numbers_of_the_dax_are_those_of_R()
    {
        Panel panel = DataCatalog.Open().Load("eu-indices");
        double[] dax = LogReturns(panel, "DAX"), ftse = LogReturns(panel, "FTSE");
        var input = EvidenceSamples.Of(dax, ftse) with { Times = EvidenceSamples.Days(dax.Length, 1991) };

        var report = EvidenceReport.Of(input, EvidenceSamples.Options);

        SharpeEvidence sharpe = report.Sharpe!;
        Assert.Equal(0.06329988263, sharpe.Ratio.PerPeriod, 10);
        Assert.Equal(0.06329988263 * Math.Sqrt(252), sharpe.Annual.Estimate, 9);
        Assert.Equal(0.02369710903, sharpe.Ratio.StandardError, 9);
        Assert.Equal(0.9962210484, sharpe.Probabilistic.Probability, 9);
        Assert.Equal(705.5067315, sharpe.MinimumTrackRecord!.Value, 5);
        Assert.Equal(0.2312978064, report.Net.MaximumDrawdown.Depth, 9);
        Assert.Equal(0.2312978064, report.Drawdowns[0].Depth, 9);
        Assert.Equal(0.02366912605, report.Distribution.ConditionalValueAtRisk5, 9);
        Assert.Equal(-0.5540533145, report.Distribution.Skewness!.Value, 8);
        Assert.Equal(9.279689018 - 3, report.Distribution.Kurtosis!.Value.Value, 7);
        Assert.Equal(0.8277550219, report.Market!.Beta, 9);
        Assert.Equal(0.0002944639311 * 252, report.Market.AlphaPerYear, 9);
        Assert.InRange(report.Market.AlphaError, 0.01, 0.06);
        Assert.Equal("market", report.Baselines[0].Name);
    }

    [Fact]
    public void The_yearly_ratio_by_Lo_is_that_of_the_months()
    {
        // Lo's eta(12) of the DAX, all eleven autocorrelations; ten years of "months" let them all in.
        Panel panel = DataCatalog.Open().Load("eu-indices");
        double[] dax = LogReturns(panel, "DAX");
        var input = EvidenceSamples.Of(dax) with { Dated = false };

        var report = EvidenceReport.Of(input, EvidenceSamples.Options with { PeriodsPerYear = 12 });

        Assert.Equal(11, report.Sharpe!.EtaLags);
        Assert.Equal(3.655463036, report.Sharpe.Eta!.Value, 8);
        Assert.Equal(3.655463036 * 0.06329988263, report.Sharpe.AnnualByLo!.Value, 8);
    }

    [Fact]
    public void The_number_of_trials_deflates_and_asks_for_a_longer_record()
    {
        double[] returns = EvidenceSamples.Normal(1_000, 0.0012, 0.01, 3);
        var one = EvidenceReport.Of(EvidenceSamples.Of(returns), EvidenceSamples.Options);
        var many = EvidenceReport.Of(
            EvidenceSamples.Of(returns) with { Trials = new TrialCount(45, null, "forty-five.") },
            EvidenceSamples.Options);

        Assert.Equal(one.Sharpe!.Probabilistic.Probability, one.Sharpe.Deflated.Probability, 12);
        Assert.Equal(4.998087004, many.Sharpe!.MinimumBacktestYears, 8);
        Assert.Equal(
            2.235640178 / Math.Sqrt(999), many.Sharpe.Deflated.ExpectedMaximumSharpe, 9);
        Assert.Equal(VerdictKind.InsufficientData, many.Verdict.Kind); // 3.97 years
        Assert.Contains("45 trials", many.Verdict.Sentence);
    }

    [Fact]
    public void A_record_without_positions_says_what_is_not_known()
    {
        var report = EvidenceReport.Of(
            EvidenceSamples.Of(EvidenceSamples.Normal(600, 0, 0.01, 1)), EvidenceSamples.Options);

        Assert.Null(report.Exposure);
        Assert.Null(report.Trades);
        Assert.Null(report.Delays);
        Assert.Null(report.Selection);
        Assert.Null(report.Paths);
        var missing = EvidenceSections.Of(report)[^1];
        Assert.Equal("What is not known", missing.Title);
        Assert.Contains(missing.Lead, line => line.StartsWith("Exposure and trades: positions and fills"));
        Assert.Contains(missing.Lead, line => line.StartsWith("Paths of the cross-validation: "));
    }

    [Fact]
    public void A_constant_record_has_a_report_and_no_verdict()
    {
        var report = EvidenceReport.Of(EvidenceSamples.Of(new double[400]), EvidenceSamples.Options);

        Assert.Null(report.Sharpe);
        Assert.Equal(VerdictKind.NoVerdict, report.Verdict.Kind);
        Assert.Contains("400 of the 400 returns of rule are 0", report.Verdict.Sentence);
        Assert.Contains("too few differ", EvidencePage.Render(report));
    }

    [Fact]
    public void A_record_that_hardly_ever_moves_has_none_either()
    {
        // Cash earns something every day: a resample without the three other days has no ratio.
        double[] returns = [.. Enumerable.Repeat(0.0001, 400)];
        (returns[100], returns[200], returns[300]) = (0.02, -0.01, 0.03);
        var report = EvidenceReport.Of(
            EvidenceSamples.Of(returns, EvidenceSamples.Normal(400, 0, 0.01, 1)), EvidenceSamples.Options);

        Assert.Contains("397 of the 400 returns of rule are 0.0001", report.Verdict.Sentence);
        Assert.Null(report.Baselines[0].Difference);
        Assert.NotEmpty(EvidencePage.Render(report));
    }

    [Fact]
    public void A_baseline_can_be_lost_to_by_name()
    {
        double[] returns = EvidenceSamples.Normal(2_600, 0.0003, 0.01, 8);
        double[] better = [.. returns.Select(r => r + 0.0008)];
        var report = EvidenceReport.Of(
            EvidenceSamples.Of(returns) with { Baselines = [new NamedReturns("the same and more", better)] },
            EvidenceSamples.Options);

        Assert.Contains(report.Verdict.Reasons, r => r.Contains("it lost to 1 of 1: the same and more"));
        Assert.True(report.Baselines[0].Difference!.Difference < 0);
    }

    [Fact]
    public void The_benchmark_at_the_strategys_risk_knows_only_the_past()
    {
        double[] returns = EvidenceSamples.Normal(600, 0.0002, 0.01, 1);
        double[] market = EvidenceSamples.Normal(600, 0.0002, 0.01, 2);
        double[] loud = [.. returns.Select((r, t) => t == 599 ? 5 * r : r)];

        double Matched(double[] own) => EvidenceReport.Of(EvidenceSamples.Of(own, market), EvidenceSamples.Options)
            .Baselines.Single(b => b.Name == "market at the strategy's volatility").Performance.TotalReturn;

        Assert.Equal(Matched(returns), Matched(loud), 15);
    }

    [Theory]
    [InlineData(15, "16 or more")]
    public void Short_records_are_refused(int n, string expected) => Assert.Contains(expected,
        Assert.Throws<ArgumentException>(() => EvidenceReport.Of(EvidenceSamples.Of(new double[n]))).Message);

    [Fact]
    public void What_does_not_fit_is_named()
    {
        double[] good = EvidenceSamples.Normal(100, 0, 0.01, 1);
        string Refusal(EvidenceInput input) =>
            Assert.Throws<ArgumentException>(() => EvidenceReport.Of(input, EvidenceSamples.Options)).Message;

        Assert.Contains("99 returns against 100", Refusal(EvidenceSamples.Of(good, good[1..])));
        Assert.Contains("return NaN at 2000-01-04", Refusal(EvidenceSamples.Of([0, double.NaN, .. good[2..]])));
        Assert.Contains("return -1.5", Refusal(EvidenceSamples.Of([.. good[..50], -1.5, .. good[51..]])));
        var turned = EvidenceSamples.Of(good);
        Assert.Contains("does not come after",
            Refusal(turned with { Times = [turned.Times[1], turned.Times[0], .. turned.Times.Skip(2)] }));
        Assert.Contains("number of trials is 0",
            Refusal(turned with { Trials = new TrialCount(0, null, "none.") }));
        NamedReturns twice = new("a", good);
        Assert.Contains("'a' is there twice", Refusal(turned with { Strategies = [twice, twice] }));
    }

    private static double[] LogReturns(Panel panel, string asset)
    {
        ReadOnlySpan<double> close = panel.Column(asset, "close");
        double[] returns = new double[close.Length - 1];
        for (int t = 1; t < close.Length; t++)
            returns[t - 1] = Math.Log(close[t] / close[t - 1]);
        return returns;
    }
}
