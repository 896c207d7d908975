using System.IO.Compression;
using System.Text.Json.Nodes;

namespace FinML.Data.Tests.Catalog;

public sealed class DataCatalogTests
{
    [Fact]
    public void Every_data_set_of_the_repository_is_what_the_catalogue_says()
    {
        VerifyReport report = DataCatalog.Open().Verify();
        Assert.True(report.Passed, string.Join("\n", report.Checks.SelectMany(c => c.Problems)));
        Assert.True(report.Checks.Count(c => !c.Absent) >= 25);
    }

    [Fact]
    public void The_index_has_the_rows_and_values_of_its_file()
    {
        Panel panel = DataCatalog.Open().Load("sp500");
        Assert.Equal(5105, panel.Length);
        Assert.Equal(["open", "high", "low", "close", "adjclose", "volume"], panel.Fields);
        Assert.Equal(new DateTime(2000, 1, 3, 0, 0, 0, DateTimeKind.Utc), panel.Times[0]);
        Assert.Equal(new DateTime(2020, 4, 17, 0, 0, 0, DateTimeKind.Utc), panel.Times[^1]);
        Assert.Equal(1455.219971, panel.Column("SP500", "close")[0]);
        Assert.Equal(2874.560059, panel.Column("SP500", "close")[^1]);
        Assert.Equal(panel.Times[0].AddDays(1), panel.AvailableAt[0]);
    }

    [Fact]
    public void A_file_name_without_its_extensions_is_a_name_too() =>
        Assert.Equal("sp500", DataCatalog.Open().Find("sp500_daily_ohlcv_2000_2020").Name);

    [Fact]
    public void The_stale_opens_are_as_many_as_the_catalogue_says()
    {
        DataCatalog catalog = DataCatalog.Open();
        Panel panel = catalog.Load("sp500");
        ReadOnlySpan<double> open = panel.Column("SP500", "open"), close = panel.Column("SP500", "close");
        Dictionary<int, (int Stale, int Days)> years = [];
        for (int t = 1; t < panel.Length; t++)
        {
            (int stale, int days) = years.GetValueOrDefault(panel.Times[t].Year);
            years[panel.Times[t].Year] = (stale + (open[t] == close[t - 1] ? 1 : 0), days + 1);
        }

        string stated = catalog.Find("sp500").Defects.Single(d =>
            d.StartsWith("The open is stale", StringComparison.Ordinal));
        foreach (int year in Enumerable.Range(2001, 13))
        {
            Assert.Contains($"{year}: {years[year].Stale} of {years[year].Days}", stated, StringComparison.Ordinal);
        }

        Assert.All(Enumerable.Range(2016, 5), year => Assert.Equal(0, years[year].Stale));
    }

    [Theory]
    [InlineData("djia", "DJIA", "close", 302)]
    [InlineData("nyse", "NYSE", "close", 67)]
    [InlineData("gold-silver", "gold", "close", 320)]
    [InlineData("gold-silver", "silver", "close", 305)]
    [InlineData("eu-indices", "DAX", "close", 73)]
    [InlineData("swiss-sectors", "TELE", "close", 114)]
    [InlineData("usdchf-30min", "USDCHF", "mid", 3993)]
    public void Unchanged_values_are_as_many_as_the_catalogue_says(string name, string asset, string field,
        int unchanged)
    {
        ReadOnlySpan<double> x = DataCatalog.Open().Load(name).Column(asset, field);
        int count = 0;
        for (int t = 1; t < x.Length; t++)
        {
            count += x[t] == x[t - 1] ? 1 : 0;
        }

        Assert.Equal(unchanged, count);
        Assert.Contains(DataCatalog.Open().Find(name).Defects,
            d => d.Contains(unchanged.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal));
    }

    /// <summary>.318 and .163: Ding, Granger and Engle (1993), table 3: |r| at lags 1 and 100.</summary>
    [Theory]
    [InlineData(1, 0.318)]
    [InlineData(100, 0.163)]
    public void The_absolute_returns_have_the_published_autocorrelation(int lag, double published)
    {
        double[] r = [.. DataCatalog.Open().Load("sp500-dge").Column("SP500", "log_return").ToArray().Select(Math.Abs)];
        double mean = r.Average();
        double variance = r.Sum(x => (x - mean) * (x - mean));
        double covariance = Enumerable.Range(lag, r.Length - lag).Sum(t => (r[t] - mean) * (r[t - lag] - mean));
        Assert.Equal(published, covariance / variance, 0.0006); // the paper prints three digits
    }

    [Fact]
    public void An_undated_series_has_an_ordinal_axis_from_1970()
    {
        DataCatalog catalog = DataCatalog.Open();
        Panel panel = catalog.Load("dem-gbp");
        Assert.True(catalog.Find("dem-gbp").IsOrdinal);
        Assert.Equal(DateTime.UnixEpoch, panel.Times[0]);
        Assert.Equal(DateTime.UnixEpoch.AddDays(1973), panel.Times[^1]);
    }

    [Fact]
    public void Missing_values_are_NaN()
    {
        Panel panel = DataCatalog.Open().Load("fred");
        Assert.Equal(336, panel.Column("cpi", "value").ToArray().Count(double.IsNaN));
    }

    [Fact]
    public void A_flipped_byte_is_named_with_both_hashes()
    {
        using TemporaryCatalog copy = new();
        string file = Path.Combine(copy.Root, "nyse_composite_daily_1966_2002.csv.gz");
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        DataCatalog catalog = DataCatalog.Open(copy.Root);
        DataException e = Assert.Throws<DataException>(() => catalog.Load("nyse"));
        Assert.Contains("nyse_composite_daily_1966_2002.csv.gz", e.Message, StringComparison.Ordinal);
        Assert.Contains(catalog.Find("nyse").Sha256, e.Message, StringComparison.Ordinal);
        Assert.Contains(DataCatalog.Hash(bytes), e.Message, StringComparison.Ordinal);
        DataSetCheck check = Assert.Single(catalog.Verify().Checks, c => !c.Passed);
        Assert.Equal("nyse", check.Name);
        Assert.Contains("expected sha256", Assert.Single(check.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_a_sentence()
    {
        using TemporaryCatalog copy = new();
        File.Delete(Path.Combine(copy.Root, "djia_daily_1980_2012.csv.gz"));
        DataException e = Assert.Throws<DataException>(() => DataCatalog.Open(copy.Root).Load("djia"));
        Assert.Contains("djia_daily_1980_2012.csv.gz", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date,close\n2020-01-02,1\n2020-01-02,2\n", "strictly increasing")]
    [InlineData("date,close\n2020-01-02,1\n2020-01-03\n", "")]
    [InlineData("date,close\n2020-01-02,1\n2020-01-03,x\n", "line 3")]
    [InlineData("date,close\n2020-01-02,1\n2020-01-03,-4\n", "above 0")]
    [InlineData("date,closing\n2020-01-02,1\n2020-01-03,2\n", "header")]
    [InlineData("date,close\n2020-01-02,1\n", "rows")]
    [InlineData("date,close\n2020-01-02,1\n2020-13-03,2\n", "2020-13-03")]
    [InlineData("date,close\n2020-01-02,1\n2020-01-06,2\n", "ends")]
    public void A_file_that_breaks_its_invariants_is_named(string text, string problem)
    {
        using TemporaryCatalog copy = new();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(Path.Combine(copy.Root, "x.csv"), bytes);
        copy.Edit(sets => sets.Add(new JsonObject
        {
            ["name"] = "x",
            ["title"] = "x",
            ["file"] = "x.csv",
            ["sha256"] = DataCatalog.Hash(bytes),
            ["kind"] = "panel",
            ["rows"] = 2,
            ["columns"] = new JsonArray("date", "close"),
            ["layout"] = "fields",
            ["time"] = "date",
            ["start"] = "2020-01-02",
            ["end"] = "2020-01-03",
            ["positive"] = true,
            ["source"] = new JsonObject { ["registry"] = "", ["package"] = "", ["version"] = "", ["object"] = "" },
        }));
        DataCatalog catalog = DataCatalog.Open(copy.Root);
        DataSetCheck check = catalog.Verify(catalog.Find("x"));
        Assert.Contains(problem, check.Problems[0], StringComparison.Ordinal);
        Assert.Contains("x.csv", check.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_gzip_of_the_right_hash_is_a_sentence()
    {
        using TemporaryCatalog copy = new();
        string file = Path.Combine(copy.Root, "nyse_composite_daily_1966_2002.csv.gz");
        byte[] bytes = File.ReadAllBytes(file)[..2000];
        File.WriteAllBytes(file, bytes);
        copy.Edit(sets => sets.Single(s => (string?)s!["name"] == "nyse")!["sha256"] = DataCatalog.Hash(bytes));
        Assert.Throws<DataException>(() => DataCatalog.Open(copy.Root).Load("nyse"));
    }

    [Fact]
    public void Wrong_names_and_folders_are_sentences()
    {
        DataCatalog catalog = DataCatalog.Open();
        Assert.Contains("sp500", Assert.Throws<DataException>(() => catalog.Load("spx")).Message,
            StringComparison.Ordinal);
        Assert.Contains("ReadText", Assert.Throws<DataException>(() => catalog.Load("mroz")).Message,
            StringComparison.Ordinal);
        Assert.Throws<DataException>(() => DataCatalog.Open(Path.Combine(Path.GetTempPath(), "no-such-folder")));
        Assert.StartsWith("participation,hours", catalog.ReadText("mroz"), StringComparison.Ordinal);
        Assert.Contains("Certified", catalog.ReadText("nist-norris"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"format\": 1, \"dataSets\": [")]
    [InlineData("{ \"format\": 7, \"dataSets\": [] }")]
    [InlineData("{ \"format\": 1, \"dataSets\": [ { \"name\": \"a\" } ] }")]
    [InlineData("{ \"format\": 1 }")]
    [InlineData("[]")]
    public void A_broken_catalogue_is_a_sentence(string text)
    {
        using TemporaryCatalog copy = new();
        File.WriteAllText(Path.Combine(copy.Root, "catalog.json"), text);
        Assert.Contains("catalog.json", Assert.Throws<DataException>(() => DataCatalog.Open(copy.Root)).Message,
            StringComparison.Ordinal);
    }
}
