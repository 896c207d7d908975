using FinML.Data;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed class FileEvidenceTests
{
    private static readonly BootstrapOptions Bootstrap = new() { Replicates = 199, Seed = 1 };
    private static readonly double[] First = EvidenceSamples.Normal(600, 0.0002, 0.01, 1);
    private static readonly double[] Second = EvidenceSamples.Normal(600, 0.0012, 0.01, 2);
    private static readonly DateTime[] Days = EvidenceSamples.Days(600);

    [Fact]
    public void Files_are_aligned_by_date_and_what_is_dropped_is_said()
    {
        // The benchmark begins ten days late, lacks day 100 and goes on for nothing.
        int[] kept = [.. Enumerable.Range(10, 590).Where(t => t != 100)];
        ReturnsFile market = Read([.. kept.Select(t => Second[t])], [.. kept.Select(t => Days[t])], "market");
        ReturnsFile file = Read(First, Days, "rule");

        var aligned = ReturnAlignment.Of(file, market, market.Series[0]);

        Assert.Equal(589, aligned.Times.Count);
        Assert.Equal(First[10], aligned.Series[0].Values[0]);
        Assert.Equal((1 + First[100]) * (1 + First[101]) - 1, aligned.Series[0].Values[90], 15);
        Assert.Equal(Second[101], aligned.Benchmark.Values[90]);
        Assert.Contains("589 dates stand in both files; 11 of rule.csv and 0 of market.csv do not", aligned.Note);
        Assert.Contains("(1 and 0)", aligned.Note);

        var report = new FileEvidence { Strategies = file, Benchmark = market, Bootstrap = Bootstrap }.Report();
        Assert.Contains(aligned.Note, report.Input.Notes);
        Assert.Equal("column1 (benchmark)", report.Baselines[0].Name); // both columns have that name
    }

    [Fact]
    public void Wealth_within_the_common_span_is_kept()
    {
        int[] every = [.. Enumerable.Range(0, 600).Where(t => t % 5 == 4)];
        ReturnsFile weekly = Read([.. every.Select(t => Second[t])], [.. every.Select(t => Days[t])], "weekly");

        var aligned = ReturnAlignment.Of(Read(First, Days, "rule"), weekly, weekly.Series[0]);

        double direct = First[5..600].Aggregate(1.0, (w, r) => w * (1 + r));
        Assert.Equal(direct, aligned.Series[0].Values.Skip(1).Aggregate(1.0, (w, r) => w * (1 + r)), 12);
        var report = new FileEvidence
        {
            Strategies = Read(First, Days, "rule"),
            Benchmark = weekly,
            Bootstrap = Bootstrap,
        }.Report();
        Assert.Equal(52, report.Options.PeriodsPerYear);
        Assert.Contains(report.Input.Notes, n => n.Contains("52 times a year"));
    }

    [Fact]
    public void Files_without_common_dates_are_refused()
    {
        ReturnsFile late = Read(Second, EvidenceSamples.Days(600, 2015), "late");
        Assert.Contains("0 dates in common", Assert.Throws<DataException>(
            () => ReturnAlignment.Of(Read(First, Days, "rule"), late, late.Series[0])).Message);
    }

    [Fact]
    public void Of_several_strategies_the_best_is_reported_and_all_are_counted()
    {
        var report = new FileEvidence { Strategies = Two(), Bootstrap = Bootstrap }.Report();

        Assert.Equal("b", report.Input.Name);
        Assert.Equal(2, report.Input.Trials.Number);
        Assert.Equal(2, report.Selection!.Count);
        Assert.Equal("cash", report.Selection.Against);
        Assert.Contains(report.Input.Notes, n => n.Contains("whose Sharpe ratio is the highest"));
        double[] ratios = [.. new[] { First, Second }.Select(s =>
            SharpeRatio.Of(ReturnSeries.Simple(s, 252)).PerPeriod)];
        Assert.Equal(
            Math.Max(Moments.Of(ratios).Variance(), 1.0 / 599), report.Input.Trials.SharpeVariance!.Value, 15);
    }

    [Theory]
    [InlineData(null, 2, "2 columns of the file are counted; if you tried more")]
    [InlineData(1, 2, "1 were said to have been tried, but the file has 2")]
    [InlineData(50, 50, "50 were said to have been tried, of which 2 are in the file")]
    public void The_larger_number_of_trials_counts(int? said, int counted, string sentence)
    {
        TrialCount trials = new FileEvidence { Strategies = Two(), Trials = said, Bootstrap = Bootstrap }
            .Report().Input.Trials;
        Assert.Equal(counted, trials.Number);
        Assert.Contains(sentence, trials.Source);
    }

    [Fact]
    public void One_column_without_a_number_of_trials_says_what_is_assumed()
    {
        ReturnsFile file = Read(First, Days, "rule");
        Assert.Contains("if you tried more before this one", new FileEvidence
        {
            Strategies = file,
            Bootstrap = Bootstrap,
        }.Report().Verdict.Reasons.Single(r => r.StartsWith("Trials: ")));
        var deflated = new FileEvidence { Strategies = file, Trials = 20, Bootstrap = Bootstrap }.Report();
        Assert.Equal(20, deflated.Sharpe!.Deflated.Trials);
        Assert.Equal(
            DeflatedSharpeRatio.ExpectedMaximum(20) / Math.Sqrt(599),
            deflated.Sharpe.Deflated.ExpectedMaximumSharpe, 12);
    }

    [Fact]
    public void The_riskless_rate_is_a_year_and_compounds()
    {
        var report = new FileEvidence
        {
            Strategies = Two(),
            Strategy =
            "a",
            RiskFreePerYear = 0.03,
            Bootstrap = Bootstrap
        }
            .Report();
        Assert.Equal(0.03, Math.Pow(1 + report.Options.RiskFreePerPeriod, 252) - 1, 12);
        Assert.Equal("a", report.Input.Name);
        Assert.Equal(
            SharpeRatio.Of(
                ReturnSeries.Simple(First, 252),
                new SharpeOptions { RiskFreePerPeriod = report.Options.RiskFreePerPeriod }).Annualised,
            report.Sharpe!.Annual.Estimate, 12);
    }

    [Fact]
    public void What_is_not_there_is_named()
    {
        Assert.Contains("no column 'c'; there are a, b", Assert.Throws<DataException>(
            () => new FileEvidence { Strategies = Two(), Strategy = "c" }.Report()).Message);
        Assert.Contains("trials is 0", Assert.Throws<ArgumentException>(
            () => new FileEvidence { Strategies = Two(), Trials = 0 }.Report()).Message);
        Assert.Contains("riskless rate is 3 a year", Assert.Throws<ArgumentException>(
            () => new FileEvidence { Strategies = Two(), RiskFreePerYear = 3 }.Report()).Message);
    }

    private static ReturnsFile Two() => Read(First, Days, "rule") with
    {
        Series = [new NamedReturns("a", First), new NamedReturns("b", Second)],
    };

    private static ReturnsFile Read(double[] returns, DateTime[] days, string name) =>
        ReturnsFileTests.Read(ReturnsFileTests.Csv(returns, times: days, name: "column1"), name: $"{name}.csv");
}
