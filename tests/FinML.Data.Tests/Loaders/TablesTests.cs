using System.Text;
using FinML.Tests;

namespace FinML.Data.Tests.Loaders;

public sealed class TablesTests
{
    private const string Monthly = "date,cpi,fed_funds\n2020-01-01,100,1.5\n2020-02-01,101,\n2020-03-01,102,0.5\n";

    private static TextSource Text(string text) => TextSource.OfBytes(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_month_is_known_when_it_is_published()
    {
        MonthlyTable table = MonthlyTable.Read(Text(Monthly), PublicationLags.Fred);
        Assert.Equal(new DateTime(2020, 2, 17), table.PublishedAt(0, "cpi"));
        Assert.Equal(new DateTime(2020, 2, 2), table.PublishedAt(0, "fed_funds"));
        Panel cpi = table.Of("cpi");
        Assert.Equal(new DateTime(2020, 1, 1), cpi.Times[0]);
        Assert.Equal(new DateTime(2020, 2, 17), cpi.AvailableAt[0]);
        Assert.Equal(3, table.Report.Rows);
    }

    [Fact]
    public void On_another_axis_each_series_is_as_old_as_it_was()
    {
        MonthlyTable table = MonthlyTable.Read(Text(Monthly), PublicationLags.Fred);
        DateTime[] days = [.. Enumerable.Range(0, 120).Select(d => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            .AddDays(d))];
        Panel known = table.AsKnownAt(days);
        for (int t = 0; t < days.Length; t++)
        {
            for (int s = 0; s < 2; s++)
            {
                // The definition, by search: the last month that was out and has a value.
                double expected = double.NaN;
                for (int m = 0; m < 3; m++)
                {
                    double x = table.Of(table.Series[s])[m, 0, 0];
                    expected = table.PublishedAt(m, table.Series[s]) <= days[t] && !double.IsNaN(x) ? x : expected;
                }

                Assert.Equal(expected, known[t, s, 0]);
            }
        }

        Assert.Equal(1.5, known.Column("fed_funds", "value")[75]); // March 16: February is out, and missing
    }

    [Fact]
    public void The_future_of_a_table_changes_nothing_before_its_publication()
    {
        DateTime[] days = [.. Enumerable.Range(0, 100).Select(d => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            .AddDays(d))];
        Panel one = MonthlyTable.Read(Text(Monthly), PublicationLags.Fred).AsKnownAt(days);
        Panel two = MonthlyTable.Read(Text(Monthly.Replace("102,0.5", "999,9", StringComparison.Ordinal)),
            PublicationLags.Fred).AsKnownAt(days);
        int published = Array.IndexOf(days, new DateTime(2020, 4, 2)); // the funds rate of March
        for (int t = 0; t < published; t++)
        {
            Assert.Equal((one[t, 0, 0], one[t, 1, 0]), (two[t, 0, 0], two[t, 1, 0]));
        }

        Assert.Equal(9, two[published, 1, 0]);
    }

    [Theory]
    [InlineData("date,x\n2020-01-01,1\n2020-03-01,1\n", "one row a month")]
    [InlineData("date,x\n2020-01-01,1\n2020-01-15,1\n", "one row a month")]
    [InlineData("date,x\n2020-01-01,y\n", "not a number")]
    public void A_table_with_a_hole_is_refused(string text, string say) => Assert.Contains(say,
        Assert.Throws<DataException>(() => MonthlyTable.Read(Text(text), PublicationLags.Fred)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_lag_outside_its_range_is_refused() => Assert.Throws<ArgumentException>(() =>
        MonthlyTable.Read(Text(Monthly), new PublicationLags { DefaultDays = -1 }));

    [Fact]
    public void The_shipped_table_is_read()
    {
        MonthlyTable table = MonthlyTable.Of(DataCatalog.Open().Load("fred"), PublicationLags.Fred);
        Assert.Equal(18, table.Series.Count);
        Assert.All(PublicationLags.Fred.Days.Keys, series => Assert.Contains(series, table.Series));
        Assert.Equal(new DateTime(1919, 1, 1), table.Months[0]);
    }

    [Fact]
    public void A_portfolio_panel_begins_with_the_day_before()
    {
        LoadedPanel loaded = OlpsPanel.Read(Text("A,,A1\n1.01,0.5,2\n1.02,0.25,4\n"));
        Panel panel = loaded.Require();
        Assert.Equal(["A", "column2", "A1"], panel.Assets);
        Assert.Equal([1, 1.01, 1.02], panel.Column("A", "close").ToArray());
        Assert.Equal([1, 0.5, 0.25], panel.Column("column2", "close").ToArray());
        Assert.Equal(1, loaded.Report.Repairs.Single().Value);
        Assert.Contains("above 0", OlpsPanel.Read(Text("A\n1\n0\n")).Report.Problems[0].Message,
            StringComparison.Ordinal);
        Assert.Equal(3, OlpsPanel.Read(Text("A\n1\n0\n")).Report.Problems[0].Row);
        Assert.Null(OlpsPanel.Read(Text("A\n")).Panel);
    }

    [SkippableTheory]
    [InlineData("olps_nyse_o.csv.gz", 5651, 36)]
    [InlineData("olps_nyse_n.csv.gz", 6431, 23)]
    [InlineData("olps_tse.csv.gz", 1259, 88)]
    [InlineData("olps_msci.csv.gz", 1043, 24)]
    [InlineData("olps_djia.csv.gz", 507, 30)]
    [InlineData("olps_sp500.csv.gz", 1276, 25)]
    public void The_panels_of_the_literature_have_its_sizes(string file, int days, int assets)
    {
        // Li and Hoi, "Online portfolio selection: a survey", ACM Computing Surveys 46 (2014), table of data sets.
        Panel panel = OlpsPanel.Read(TextSource.OfFile(PublicData.Require(file))).Require();
        Assert.Equal((days + 1, assets), (panel.Length, panel.Assets.Count));
    }

    [SkippableFact]
    public void Exchange_rates_have_the_papers_size()
    {
        Panel panel = ExchangeRatePanel.Read(
            TextSource.OfFile(PublicData.Require("exchange_rate_8fx_daily.txt.gz"))).Require();
        Assert.Equal((7588, 8), (panel.Length, panel.Assets.Count));
        Assert.Equal(0.7855, panel.Column("australia", "rate")[0]);
    }
}
