namespace FinML.Evaluation.Tests.Reports;

public sealed class ReturnChecksTests
{
    [Fact]
    public void Good_returns_raise_nothing() => Assert.Empty(
        Check(EvidenceSamples.Normal(1_000, 0.0003, 0.01, 1)));

    [Fact]
    public void Yearly_returns_that_are_claimed_to_be_daily_are_told_by_their_scale()
    {
        var check = Assert.Single(Check(EvidenceSamples.Normal(300, 0.08, 0.17, 2)));
        Assert.Equal(("scale", CheckLevel.Fatal), (check.Id, check.Level));
        Assert.Contains("252 periods a year", check.Sentence);
    }

    [Fact]
    public void Yearly_returns_that_are_reported_daily_are_told_by_their_overlap()
    {
        double[] daily = EvidenceSamples.Normal(3_000, 0.0003, 0.01, 3);
        double[] yearly = [.. Enumerable.Range(0, 2_700).Select(t => daily.Skip(t).Take(252).Sum())];

        var check = Check(yearly)[0];

        Assert.Equal(("overlap", CheckLevel.Fatal), (check.Id, check.Level));
        Assert.DoesNotContain(Check(yearly), c => c.Id == "scale");
    }

    [Fact]
    public void Monthly_dates_that_are_read_as_daily_are_told_by_their_spacing()
    {
        DateTime[] months = [.. Enumerable.Range(0, 120).Select(m => new DateTime(2000, 1, 31).AddMonths(m))];
        var input = EvidenceSamples.Of(EvidenceSamples.Normal(120, 0.005, 0.04, 4)) with { Times = months };

        Assert.Contains(ReturnChecks.Of(input, 252), c => c is { Id: "frequency", Level: CheckLevel.Fatal });
        Assert.DoesNotContain(ReturnChecks.Of(input, 12), c => c.Id == "frequency");
        Assert.Equal(12, ReturnChecks.ObservedPeriodsPerYear(months), 1);
        Assert.Empty(ReturnChecks.Of(input with { Dated = false }, 12));
    }

    [Fact]
    public void Smoothed_prices_are_warned_of()
    {
        double[] noise = EvidenceSamples.Normal(1_001, 0, 0.01, 5);
        var check = Check([.. Enumerable.Range(1, 1_000).Select(t => 0.6 * noise[t] + 0.4 * noise[t - 1])])[0];
        Assert.Equal(("smoothing", CheckLevel.Warning), (check.Id, check.Level));
    }

    [Fact]
    public void Outliers_gaps_and_filled_values_are_named_with_their_dates()
    {
        double[] returns = EvidenceSamples.Normal(1_000, 0, 0.01, 6);
        returns[500] = 0.9;
        for (int t = 700; t < 706; t++)
            returns[t] = 0.00123;
        var input = EvidenceSamples.Of(returns);
        DateTime[] times = [.. input.Times.Select((time, t) => t < 900 ? time : time.AddDays(60))];

        var checks = ReturnChecks.Of(input with { Times = times }, 252);

        Assert.Contains(checks, c => c.Id == "outlier" && c.Sentence.Contains($"{times[500]:yyyy-MM-dd}"));
        Assert.Contains(checks, c => c.Id == "stale" && c.Sentence.Contains("0.00123 stands 6 times"));
        Assert.Contains(checks, c => c.Id == "gap" && c.Sentence.Contains($"{times[899]:yyyy-MM-dd}"));
        Assert.All(checks, c => Assert.Equal(CheckLevel.Warning, c.Level));
    }

    [Fact]
    public void A_strategy_that_is_mostly_out_of_the_market_is_noted()
    {
        double[] returns = [.. EvidenceSamples.Normal(1_000, 0, 0.01, 7).Select((r, t) => t % 2 == 0 ? 0 : r)];
        var check = Assert.Single(Check(returns));
        Assert.Equal(("idle", CheckLevel.Note), (check.Id, check.Level));
    }

    private static IReadOnlyList<DataCheck> Check(double[] returns) =>
        ReturnChecks.Of(EvidenceSamples.Of(returns), 252);
}
