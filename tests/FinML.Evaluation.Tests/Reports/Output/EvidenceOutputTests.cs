using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FinML.Statistics;

namespace FinML.Evaluation.Tests.Reports;

public sealed partial class EvidenceOutputTests : IDisposable
{
    private static readonly EvidenceReport Whole = EvidenceReport.Of(EvidenceSamples.Whole(), EvidenceSamples.Options);

    private readonly string folder = Directory.CreateTempSubdirectory("finml-evidence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_same_input_and_seed_give_the_same_bytes_for_any_number_of_threads_and_culture()
    {
        string[] Texts(int threads, string decimalMark)
        {
            var before = CultureInfo.CurrentCulture;
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = decimalMark;
            culture.NumberFormat.PercentDecimalSeparator = decimalMark;
            culture.DateTimeFormat.DateSeparator = decimalMark;
            CultureInfo.CurrentCulture = culture;
            try
            {
                var report = EvidenceReport.Of(EvidenceSamples.Whole(), EvidenceSamples.Options with
                {
                    Bootstrap = EvidenceSamples.Options.Bootstrap with { MaxThreads = threads },
                });
                return
                [
                    EvidencePage.Render(report), EvidenceMarkdown.Render(report), EvidenceJson.Render(report),
                ];
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }

        Assert.Equal(Texts(1, "."), Texts(2, ","));
    }

    [Fact]
    public void Another_seed_moves_the_intervals_and_not_the_estimates()
    {
        var other = EvidenceReport.Of(EvidenceSamples.Whole(), EvidenceSamples.Options with
        {
            Bootstrap = new BootstrapOptions { Replicates = 499, Seed = 2 },
        });
        Assert.Equal(Whole.Sharpe!.Annual.Estimate, other.Sharpe!.Annual.Estimate);
        Assert.NotEqual(Whole.Sharpe.Annual.Lower, other.Sharpe.Annual.Lower);
    }

    [Fact]
    public void The_page_stands_alone()
    {
        string page = EvidencePage.Render(Whole);

        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotMatch(@"(src|href)\s*=", page);
        Assert.All(Addresses().Matches(page), match => Assert.Equal("http://www.w3.org/2000/svg", match.Value));
        Assert.Contains("prefers-color-scheme: dark", page);
        Assert.Equal(EvidenceSections.Figures(Whole).Count, Regex.Matches(page, "<figure>").Count);
    }

    [Fact]
    public void What_comes_from_a_file_is_data_and_never_markup()
    {
        const string Evil = "<img src=x onerror=alert(1)> & \"co\" | *x*";
        double[] returns = EvidenceSamples.Normal(700, 0.0005, 0.01, 1);
        double[] market = EvidenceSamples.Normal(700, 0, 0.01, 2);
        var report = EvidenceReport.Of(
            EvidenceSamples.Of(returns, market, Evil) with
            {
                Benchmark = new NamedReturns($"{Evil} too", market),
                Strategies = [new NamedReturns(Evil, returns), new NamedReturns("</table>", market)],
                Notes = ["<b>note</b>"],
            },
            EvidenceSamples.Options);

        string page = EvidencePage.Render(report);
        Assert.DoesNotContain("<img", page);
        Assert.DoesNotContain("<b>note", page);
        Assert.Contains("&lt;img src=x", page);
        // The tables that are opened are those that are closed: no name broke one.
        Assert.Equal(Regex.Matches(page, "<table").Count, Regex.Matches(page, "</table>").Count);

        string markdown = EvidenceMarkdown.Render(report);
        Assert.DoesNotMatch(@"(?<!\\)<(img|b|/table)", markdown);
        Assert.Contains(@"# \<img src=x", markdown);
        Assert.Equal(Evil, JsonNode.Parse(EvidenceJson.Render(report))!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Json_has_the_schema_and_the_numbers_of_the_report()
    {
        JsonNode json = JsonNode.Parse(EvidenceJson.Render(Whole))!;

        Assert.Equal("finml.evidence/1", json["schema"]!.GetValue<string>());
        Assert.Equal(Whole.Sharpe!.Annual.Estimate, json["sharpe"]!["annual"]!["estimate"]!.GetValue<double>());
        Assert.Equal(Whole.Verdict.Sentence, json["verdict"]!["sentence"]!.GetValue<string>());
        Assert.Equal(JsonNamingPolicy.CamelCase.ConvertName(Whole.Verdict.Kind.ToString()),
            json["verdict"]!["kind"]!.GetValue<string>());
        Assert.Equal(Whole.Input.NetReturns.Count, json["series"]!["net"]!.AsArray().Count);
        // A name that goes or changes is another schema: raise its number with this list.
        Assert.Equal(
            "schema name benchmark start end count periodsPerYear riskFreePerPeriod trials bootstrap verdict checks "
            + "notes net gross grossSharpe sharpe market baselines costs delays exposure trades drawdowns crises "
                + "regimes "
            + "calendar distribution selection paths series",
            string.Join(' ', json.AsObject().Select(p => p.Key)));
        Assert.Equal(
            "ratio annual annualByLo eta etaLags correlated probabilistic deflated minimumTrackRecord "
            + "minimumBacktestYears years t",
            string.Join(' ', json["sharpe"]!.AsObject().Select(p => p.Key)));
    }

    [Fact]
    public void Page_markdown_and_json_say_the_same()
    {
        string estimate = Whole.Sharpe!.Annual.Estimate.ToString("0.00", CultureInfo.InvariantCulture);
        Assert.Contains(estimate, EvidencePage.Render(Whole));
        Assert.Contains(estimate, EvidenceMarkdown.Render(Whole));
        foreach (string title in EvidenceSections.Of(Whole).Select(s => s.Title))
        {
            Assert.Contains($"<h2>{title}</h2>", EvidencePage.Render(Whole));
            Assert.Contains($"## {title}\n", EvidenceMarkdown.Render(Whole));
        }
    }

    [Fact]
    public void Everything_known_leaves_nothing_unsaid() =>
        Assert.DoesNotContain(EvidenceSections.Of(Whole), s => s.Title == "What is not known");

    [Fact]
    public void The_folder_gets_the_page_the_texts_and_a_picture_a_figure()
    {
        string into = Path.Combine(folder, "a", "b");
        var paths = EvidenceFiles.Write(Whole, into);

        Assert.Equal(["report.html", "report.md", "report.json"], paths.Take(3).Select(Path.GetFileName));
        Assert.Equal(
            ["costs.svg", "distribution.svg", "equity.svg", "months.svg", "paths.svg", "regimes.svg", "report.html",
                "report.json", "report.md", "rolling.svg"],
            Directory.GetFiles(into).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        string markdown = File.ReadAllText(paths[1]);
        Assert.All(Directory.GetFiles(into, "*.svg"), svg => Assert.Contains($"]({Path.GetFileName(svg)})", markdown));
        EvidenceFiles.Write(Whole, into); // over the earlier ones
        Assert.Equal(10, Directory.GetFiles(into).Length);
    }

    [Fact]
    public void A_record_of_a_hundred_weeks_and_one_that_is_ruined_can_be_drawn()
    {
        double[] weeks = EvidenceSamples.Normal(100, 0.002, 0.02, 3);
        var options = EvidenceSamples.Options with { PeriodsPerYear = 52 };
        DateTime[] fridays = [.. Enumerable.Range(0, 100).Select(w => new DateTime(2010, 1, 1).AddDays(7 * w))];
        EvidenceFiles.Write(EvidenceReport.Of(EvidenceSamples.Of(weeks) with { Times = fridays }, options), folder);

        weeks[50] = -1;
        var ruined = EvidenceReport.Of(EvidenceSamples.Of(weeks) with { Times = fridays, Dated = false }, options);
        Assert.Equal(1, ruined.Net.MaximumDrawdown.Depth);
        EvidenceFiles.Write(ruined, folder);
    }

    [GeneratedRegex(@"https?://[^""'\s<)]*")]
    private static partial Regex Addresses();
}
