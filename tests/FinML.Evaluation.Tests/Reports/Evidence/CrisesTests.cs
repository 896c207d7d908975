using FinML.Data;
using FinML.Tests;

namespace FinML.Evaluation.Tests.Reports;

public sealed class CrisesTests
{
    private static readonly string[] s_byDay = ["September 11", "Quant quake", "Flash crash"];

    [Theory]
    [InlineData("sp500", "S&P 500")]
    [InlineData("djia", "Dow Jones Industrials")]
    [InlineData("nyse", "NYSE Composite")]
    public void Dates_and_losses_are_those_of_the_index(string dataSet, string index) =>
        Recompute(DataCatalog.Open().Load(dataSet), index);

    [SkippableFact]
    public void Dates_and_losses_are_those_of_the_longer_index()
    {
        PublicData.Require("skfolio_sp500_index_daily_1990_2022.csv.gz");
        Assert.Equal(14, Recompute(DataCatalog.Open().Load("skfolio-sp500"), "S&P 500"));
    }

    [Fact]
    public void They_come_in_order_of_time() => Assert.All(
        Crises.All.Zip(Crises.All.Skip(1)), pair => Assert.True(pair.First.From < pair.Second.From));

    [Fact]
    public void Only_those_that_the_record_covers_are_shown()
    {
        DateTime[] days = EvidenceSamples.Days(900, 2007); // 2007-01-03 to 2010-06
        double[] returns = EvidenceSamples.Normal(900, 0.0005, 0.005, 1);
        returns[Array.FindIndex(days, day => day.Date == new DateTime(2010, 5, 6))] = -0.03;
        var input = EvidenceSamples.Of(returns) with { Times = days };

        var report = EvidenceReport.Of(input, EvidenceSamples.Options);

        Assert.Equal(
            ["Quant quake", "Financial crisis", "Flash crash"], report.Crises.Select(c => c.Crisis.Name));
        Assert.Equal(-0.03, report.Crises[2].Return, 12);
        Assert.Equal(0.03, report.Crises[2].Drawdown, 12);
        Assert.Equal(3, report.Crises[0].Periods);
        int first = Array.FindIndex(days, day => day.Date == new DateTime(2007, 8, 7));
        Assert.Equal(
            returns.Skip(first).Take(3).Aggregate(1.0, (w, r) => w * (1 + r)) - 1, report.Crises[0].Return, 12);
    }

    private static int Recompute(Panel panel, string index)
    {
        double[] close = panel.Column(panel.Assets[0], "close").ToArray();
        DateOnly[] days = [.. panel.Times.Select(DateOnly.FromDateTime)];
        int checkedCount = 0;
        foreach (Crisis crisis in Crises.All.Where(c => c.Index == index && c.From >= days[0] && c.To <= days[^1]))
        {
            int from = Array.IndexOf(days, crisis.From), to = Array.IndexOf(days, crisis.To);
            Assert.True(from >= 0 && to > from, $"{crisis.Name}: a date is no trading day");
            Assert.InRange(close[to] / close[from] - 1 - crisis.IndexReturn, -6e-5, 6e-5); // four decimals
            if (!s_byDay.Contains(crisis.Name))
            {
                Assert.Equal(close[from], close[from..(to + 1)].Max());
                Assert.Equal(close[to], close[from..(to + 1)].Min());
            }

            checkedCount++;
        }

        Assert.True(checkedCount > 0);
        return checkedCount;
    }
}
