using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace FinML.Cli.Tests.Commands;

public sealed class EvaluateReturnsCommandTests : IDisposable
{
    private readonly Workplace place = new();

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_file_gives_a_verdict_a_page_and_the_same_bytes_again()
    {
        Write("funds.csv", "one,two", 600, t => $"{Wave(t, 1)},{Wave(t, 2)}");
        Write("index.csv", "close", 601, t => (100 * Math.Exp(0.0003 * t + 0.02 * Math.Sin(t))).ToString("R",
            CultureInfo.InvariantCulture));
        string[] arguments =
            ["evaluate", "funds.csv", "--benchmark", "index.csv", "--trials", "40", "--replicates", "199"];

        var first = await Finml.RunAsync(place.Path, [.. arguments, "--output", "a"]);
        var second = await Finml.RunAsync(place.Path, [.. arguments, "--output", "b"]);

        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.Contains("40 were said to have been tried, of which 2 are in the file", first.Output);
        Assert.Contains("index.csv: prices, by their size", first.Output);
        Assert.Contains("Sharpe ratio a year", first.Output);
        Assert.Equal(first.Output.Replace("a/report", "b/report"), second.Output);
        Assert.All(
            new[] { "report.html", "report.md", "report.json", "equity.svg" },
            name => Assert.Equal(File.ReadAllBytes(At($"a/{name}")), File.ReadAllBytes(At($"b/{name}"))));
    }

    [Fact]
    public async Task Json_is_the_report_without_its_series()
    {
        Write("mine.csv", "rule", 400, t => Wave(t, 1));

        var outcome = await Finml.RunAsync(
            place.Path, "evaluate", "mine.csv", "--json", "--replicates", "199", "--seed", "7", "--risk-free", "0.02");

        Assert.Equal(0, outcome.Code);
        JsonNode json = JsonNode.Parse(outcome.Output)!;
        Assert.Equal("finml.evidence/1", json["schema"]!.GetValue<string>());
        Assert.Equal(7, json["bootstrap"]!["seed"]!.GetValue<int>());
        Assert.Equal(1, json["trials"]!["number"]!.GetValue<int>());
        Assert.Null(json["series"]);
        Assert.All(json["files"]!.AsArray(), file => Assert.True(File.Exists(At(file!.GetValue<string>()))));
        Assert.True(File.Exists(At("mine-report/report.html")));
    }

    [Theory]
    [InlineData("no.csv", "There is no file")]
    [InlineData("bad.csv", "bad.csv, line 32: 'rule' has no value")]
    [InlineData("bad.csv --log --simple", "--log and --simple were both given")]
    [InlineData("bad.csv --percent --prices", "say different things")]
    [InlineData("good.csv --benchmark nothing", "--benchmark nothing is no file, and no column of good.csv")]
    [InlineData("good.csv --strategy other", "There is no column 'other'; there are rule")]
    [InlineData("good.csv --trials 0", "The number of trials is 0")]
    [InlineData("", "finml evaluate needs <RETURNS.csv>, or a command: ledger")]
    public async Task What_is_wrong_is_one_sentence_and_nothing_is_written(string line, string expected)
    {
        Write("bad.csv", "rule", 100, t => t == 30 ? "" : Wave(t, 1));
        Write("good.csv", "rule", 100, t => Wave(t, 1));

        var outcome = await Finml.RunAsync(
            place.Path, ["evaluate", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains(expected, outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Equal(["bad.csv", "good.csv"], place.Files());
    }

    [Fact]
    public async Task Help_has_examples_of_both()
    {
        var outcome = await Finml.RunAsync(place.Path, "evaluate", "--help");
        Assert.Contains("finml evaluate returns.csv --benchmark market.csv --trials 40", outcome.Output);
        Assert.Contains("ledger", outcome.Output);
    }

    private string At(string name) => Path.Combine(place.Path, name);

    private static string Wave(int t, int seed) =>
        (0.0005 + 0.01 * Math.Sin(t * t * seed)).ToString("R", CultureInfo.InvariantCulture);

    private void Write(string name, string columns, int rows, Func<int, string> row)
    {
        var text = new StringBuilder($"Date,{columns}\n");
        DateTime day = new(2015, 1, 2);
        for (int t = 0; t < rows; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{row(t)}\n");
            day = day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1);
        }

        File.WriteAllText(At(name), text.ToString());
    }
}
