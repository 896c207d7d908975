using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed class CostCurveTests
{
    [Fact]
    public void Once_the_costs_is_the_report_and_none_is_the_gross_one()
    {
        (BacktestResult result, BacktestRerun rerun) = EvidenceSamples.Backtest();
        var report = EvidenceReport.Of(
            EvidenceInput.Of(result) with { Rerun = rerun }, EvidenceSamples.Options);

        Assert.Equal(CostCurveKind.Rerun, report.Costs.Kind);
        CostPoint none = report.Costs.Points[0], once = report.Costs.Points.Single(p => p.Level == 1);
        Assert.Equal(report.Sharpe!.Annual.Estimate, once.Sharpe!.Value, 12);
        Assert.Equal(report.Net.AnnualisedReturn, once.AnnualReturn, 12);
        Assert.Equal(report.GrossSharpe!.Estimate, none.Sharpe!.Value, 12);
        Assert.Equal(report.Gross!.AnnualisedReturn, none.AnnualReturn, 12);
        for (int i = 1; i < report.Costs.Points.Count; i++)
            Assert.True(report.Costs.Points[i].AnnualReturn < report.Costs.Points[i - 1].AnnualReturn);
    }

    [Fact]
    public void Multiples_that_no_cost_model_takes_are_left_out()
    {
        (_, BacktestRerun rerun) = EvidenceSamples.Backtest();
        BacktestResult dear = rerun(new ExecutionOptions { Costs = new CostModel { SlippageBasisPoints = 400 } });

        var costs = EvidenceReport.Of(EvidenceInput.Of(dear) with { Rerun = rerun }, EvidenceSamples.Options).Costs;

        Assert.Equal([0, 0.5, 1, 1.5, 2], costs.Points.Select(p => p.Level)); // 1,000 basis points are the most
    }

    [Fact]
    public void Without_a_rerun_recorded_costs_come_close()
    {
        (BacktestResult result, BacktestRerun rerun) = EvidenceSamples.Backtest();
        var recorded = EvidenceReport.Of(EvidenceInput.Of(result), EvidenceSamples.Options).Costs;
        var rerunned = EvidenceReport.Of(
            EvidenceInput.Of(result) with { Rerun = rerun }, EvidenceSamples.Options).Costs;

        Assert.Equal(CostCurveKind.Recorded, recorded.Kind);
        Assert.All(recorded.Points.Zip(rerunned.Points), pair =>
        {
            Assert.Equal(pair.First.Level, pair.Second.Level);
            Assert.InRange(pair.First.AnnualReturn - pair.Second.AnnualReturn, -1e-3, 1e-3);
        });
    }

    [Fact]
    public void A_delay_of_no_bar_is_the_report_and_one_of_a_bar_is_the_targets_shifted()
    {
        (BacktestResult result, BacktestRerun rerun) = EvidenceSamples.Backtest();
        var report = EvidenceReport.Of(EvidenceInput.Of(result) with { Rerun = rerun }, EvidenceSamples.Options);

        Assert.Equal([0.0, 1, 2], report.Delays!.Select(d => d.Level));
        Assert.Equal(report.Sharpe!.Annual.Estimate, report.Delays![0].Sharpe!.Value, 12);
        double[] late = [.. rerun(new ExecutionOptions { LatencyBars = 1 }).NetReturns];
        Assert.Equal(
            SharpeRatio.Of(ReturnSeries.Simple(late, 252)).Annualised, report.Delays[1].Sharpe!.Value, 12);
    }

    [Fact]
    public void Where_only_returns_are_known_a_constant_cost_is_taken_off()
    {
        double[] returns = EvidenceSamples.Normal(1_000, 0.0001, 0.01, 4);
        var report = EvidenceReport.Of(EvidenceSamples.Of(returns), EvidenceSamples.Options);
        Moments moments = Moments.Of(returns);

        Assert.Equal(CostCurveKind.PerYear, report.Costs.Kind);
        CostPoint two = report.Costs.Points.Single(p => p.Level == 0.02);
        Assert.Equal(
            (moments.Mean - 0.02 / 252) / moments.StandardDeviation() * Math.Sqrt(252), two.Sharpe!.Value, 10);
        double mean = moments.Mean * 252;
        if (mean is > 0 and < 0.05)
            Assert.Equal(mean, report.Costs.BreakEven!.Value, 10);
        else
            Assert.Null(report.Costs.BreakEven);
    }

    [Fact]
    public void A_break_even_is_where_the_mean_is_gone()
    {
        double[] noise = EvidenceSamples.Normal(1_000, 0, 0.01, 4);
        double mean = noise.Average();

        CostCurve Of(double yearly) => EvidenceReport.Of(
            EvidenceSamples.Of([.. noise.Select(r => r - mean + yearly / 252)]), EvidenceSamples.Options).Costs;

        Assert.Equal(0.013, Of(0.013).BreakEven!.Value, 10);
        Assert.Null(Of(0.2).BreakEven);
        Assert.False(Of(0.2).LosesWithoutCosts);
        Assert.Null(Of(-0.01).BreakEven);
        Assert.True(Of(-0.01).LosesWithoutCosts);
    }
}
