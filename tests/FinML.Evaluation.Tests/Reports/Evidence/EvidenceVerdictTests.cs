namespace FinML.Evaluation.Tests.Reports;

public sealed class EvidenceVerdictTests
{
    private const int Years = 12, Days = 252 * Years;

    [Fact]
    public void A_skill_on_top_of_the_market_is_supported()
    {
        double[] market = EvidenceSamples.Normal(Days, 0.0003, 0.01, 1);
        double[] skill = EvidenceSamples.Normal(Days, 0.0010, 0.006, 2);

        var report = Report([.. market.Zip(skill, (m, s) => 0.3 * m + s)], market);

        Assert.Equal(VerdictKind.Supported, report.Verdict.Kind);
        Assert.Contains("the evidence supports that it beats market", report.Verdict.Sentence);
    }

    [Fact]
    public void The_market_itself_is_not_better_than_the_market()
    {
        double[] market = EvidenceSamples.Normal(Days, 0.0008, 0.01, 3);

        var report = Report([.. EvidenceSamples.Normal(Days, 0, 0.001, 4).Zip(market, (e, m) => m + e)], market);

        Assert.Equal(VerdictKind.NotBetter, report.Verdict.Kind);
        Assert.Contains("no evidence that it beats market", report.Verdict.Sentence);
    }

    [Fact]
    public void Something_worse_is_called_worse()
    {
        double[] market = EvidenceSamples.Normal(Days, 0.0012, 0.01, 5);
        double[] costs = EvidenceSamples.Normal(Days, 0, 0.002, 6);

        var report = Report([.. market.Zip(costs, (m, c) => m - 0.0009 + c)], market);

        Assert.Equal(VerdictKind.Worse, report.Verdict.Kind);
    }

    [Fact]
    public void A_loss_has_nothing_to_explain()
    {
        double[] returns = EvidenceSamples.Normal(Days, 0, 0.01, 7);
        double mean = returns.Average();

        var report = Report([.. returns.Select(r => r - mean - 0.0002)]);

        Assert.Equal(VerdictKind.NoEvidence, report.Verdict.Kind);
        Assert.Null(report.Sharpe!.MinimumTrackRecord);
    }

    [Fact]
    public void Enough_trials_explain_a_good_ratio_by_luck()
    {
        double[] returns = Exactly(EvidenceSamples.Normal(Days, 0, 0.01, 8), 0.8);
        Assert.Equal(VerdictKind.Suggestive, Report(returns).Verdict.Kind); // t = 2.8
        Assert.Contains("no discovery", Report(returns).Verdict.Sentence);

        var report = EvidenceReport.Of(
            EvidenceSamples.Of(returns) with { Trials = new TrialCount(300, null, "a search.") },
            EvidenceSamples.Options);

        Assert.Equal(VerdictKind.BestOfMany, report.Verdict.Kind);
        Assert.Contains("300 trials", report.Verdict.Sentence);
        Assert.Contains(report.Verdict.Reasons, r => r.StartsWith("Discarded: 299 trials"));
    }

    [Fact]
    public void A_ratio_too_small_for_its_length_is_refused()
    {
        double[] returns = Exactly(EvidenceSamples.Normal(Days, 0, 0.01, 9), 0.3);

        var report = Report(returns);

        Assert.Equal(VerdictKind.InsufficientData, report.Verdict.Kind);
        Assert.Matches(@"differs from 0 only after 30\.\d years, and rule has 12\.0", report.Verdict.Sentence);
    }

    [Fact]
    public void Less_than_a_year_is_refused() => Assert.StartsWith(
        "Insufficient data: 200 returns (2000-01 to 2000-10)",
        Report(Exactly(EvidenceSamples.Normal(200, 0, 0.01, 10), 5)).Verdict.Sentence);

    [Fact]
    public void Returns_that_are_not_what_they_are_said_to_be_get_no_verdict_and_no_reasons()
    {
        var report = Report(EvidenceSamples.Normal(500, 0.08, 0.17, 11));

        Assert.Equal(VerdictKind.NoVerdict, report.Verdict.Kind);
        Assert.Empty(report.Verdict.Reasons);
        Assert.Contains("whole years", report.Verdict.Sentence);
    }

    [Fact]
    public void Autocorrelation_is_said_with_the_ratio_by_Lo()
    {
        double[] noise = EvidenceSamples.Normal(Days + 1, 0.0006, 0.01, 12);
        double[] returns = [.. Enumerable.Range(1, Days).Select(t => 0.75 * noise[t] + 0.25 * noise[t - 1])];

        var report = Report(returns);

        Assert.True(report.Sharpe!.Correlated);
        Assert.True(report.Sharpe.AnnualByLo < report.Sharpe.Annual.Estimate);
        Assert.Contains(report.Verdict.Reasons, r => r.StartsWith("Autocorrelation: ") && r.Contains("Lo's eta"));
    }

    private static EvidenceReport Report(double[] returns, double[]? market = null) =>
        EvidenceReport.Of(EvidenceSamples.Of(returns, market), EvidenceSamples.Options);

    /// <summary>The same noise with a Sharpe ratio that is known.</summary>
    private static double[] Exactly(double[] noise, double annualSharpe)
    {
        double mean = noise.Average();
        double deviation = Math.Sqrt(noise.Sum(r => (r - mean) * (r - mean)) / (noise.Length - 1));
        return [.. noise.Select(r => r - mean + annualSharpe / Math.Sqrt(252) * deviation)];
    }
}
