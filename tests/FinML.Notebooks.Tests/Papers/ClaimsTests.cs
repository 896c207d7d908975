using FinML.Figures;
using FinML.Notebooks.Papers;

namespace FinML.Notebooks.Tests.Papers;

public sealed class ClaimsTests : IDisposable
{
    private readonly Notebooks.Folder folder = new();

    public void Dispose() => folder.Dispose();

    private NotebookHostOptions Options()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "notebooks"));
        return new()
        {
            References = [typeof(Figure).Assembly, typeof(Claims).Assembly],
            Usings = ["System", "FinML.Figures"],
            BaseDirectory = Path.Combine(folder.Path, "notebooks"),
        };
    }

    private void Paper(string name, string json)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, "papers", name)).FullName;
        File.WriteAllText(Path.Combine(path, "claims.json"), json);
    }

    private static string Row(string id, string more = "") => $$"""
        { "id": "{{id}}", "statement": "A <bold> claim.", "source": "Table 1", "published": 0.318,
          "tolerance": { "absolute": 0.0005 }, "notebook": "notebooks/a.ipynb"{{more}} }
        """;

    private async Task<NotebookRunResult> RunAsync(string code)
    {
        var result = await Notebooks.RunAsync(Notebooks.Of(code), Options());
        Assert.Null(result.Error);
        return result;
    }

    [Fact]
    public async Task A_report_shows_published_and_ours_and_is_marked()
    {
        Paper("p", $"[ {Row("acf-1")} ]");

        var result = await RunAsync("""Claims.Report("acf-1", 0.3184);""");

        Assert.Equal(
            "claim acf-1: reproduced\n  A <bold> claim. (Table 1)\n"
            + "  published 0.318   ours 0.318   difference +0.0004   tolerance ±0.0005",
            Notebooks.Text(result, 1));
        var output = Assert.Single(Notebooks.CodeCells(result)[0].Outputs);
        Assert.Equal(new ReportedItem(ReportedKind.Claim, "acf-1", 0.3184), ReportedItem.Of(output));
        Assert.Contains("A &lt;bold&gt; claim.", MultilineText.FromJson(output["data"]!["text/html"]));
    }

    [Fact]
    public async Task A_claim_that_differs_says_by_how_much_and_why()
    {
        Paper("p", $"""[ {Row("acf-1", """, "reason": "Revised data." """)} ]""");

        var result = await RunAsync("""Claims.Report("acf-1", 0.306, standardError: 0.004);""");

        Assert.Equal(
            "claim acf-1: differs by −0.012\n  A <bold> claim. (Table 1)\n"
            + "  published 0.318   ours 0.306 (0.004)   difference −0.012   tolerance ±0.0005\n  why: Revised data.",
            Notebooks.Text(result, 1));
        Assert.Equal(
            new ReportedItem(ReportedKind.Claim, "acf-1", 0.306, 0.004),
            ReportedItem.Of(Notebooks.CodeCells(result)[0].Outputs[0]));
    }

    [Fact]
    public async Task What_no_claims_file_has_is_said_and_the_run_goes_on()
    {
        Assert.StartsWith("claim acf: there is no folder papers/ here",
            Notebooks.Text(await RunAsync("""Claims.Report("acf", 0.3);"""), 1));
        Paper("p", $"[ {Row("acf-1")} ]");
        Assert.Equal("claim acf1: no claims.json has it: did you mean \"acf-1\"?\n  ours 0.3",
            Notebooks.Text(await RunAsync("""Claims.Report("acf1", 0.3);"""), 1));
        Paper("q", $"[\n {Row("acf-1")} ]");
        Assert.StartsWith("claim acf-1: papers/p/claims.json:1 and papers/q/claims.json:2 both claim it",
            Notebooks.Text(await RunAsync("""Claims.Report("acf-1", 0.3);"""), 1));
        Paper("q", "[ { ] ");
        Assert.StartsWith("claim other: papers/q/claims.json:1: this is not valid JSON",
            Notebooks.Text(await RunAsync("""Claims.Report("other", 0.3);"""), 1));
    }

    [Theory]
    [InlineData("Claims.Report(\"a b\", 1)", "Here an id is a letter and then up to 63 letters")]
    [InlineData("Claims.Report(\"a\", double.NaN)", "The value of \"a\" must be finite, but is NaN.")]
    [InlineData("Claims.Report(\"a\", 1, 0)", "The standard error of \"a\" must be finite and above 0, but is 0.")]
    [InlineData("Claims.Table(\"a\", Table.Create())", "The table \"a\" has no columns.")]
    public async Task What_cannot_be_reported_is_refused(string code, string sentence)
    {
        var result = await Notebooks.RunAsync(Notebooks.Of(code + ";"), Options());

        Assert.StartsWith(sentence, result.Error!.Message);
    }

    [Fact]
    public async Task Figures_and_tables_are_shown_as_ever_and_marked()
    {
        var result = await RunAsync("""
            Claims.Figure("wealth", Figure.Create("Wealth").Line(new[] { 1.0, 2.0 }, new[] { 3.0, 4.0 }, name: "a"));
            Claims.Table("costs", Table.Create("Costs").Column("a").Row(1.5));
            """);

        var outputs = Notebooks.CodeCells(result)[0].Outputs;
        Assert.Equal(
            [new(ReportedKind.Figure, "wealth"), new(ReportedKind.Table, "costs")], outputs.Select(ReportedItem.Of));
        Assert.StartsWith("<svg", MultilineText.FromJson(outputs[0]["data"]!["image/svg+xml"]));
        Assert.NotNull(outputs[0]["data"]!["application/vnd.plotly.v1+json"]);
        Assert.Contains("\\toprule", MultilineText.FromJson(outputs[1]["data"]!["text/latex"]));
        Assert.Contains("<table", MultilineText.FromJson(outputs[1]["data"]!["text/html"]));
    }

    [Fact]
    public void Outputs_without_a_mark_or_with_a_broken_one_are_passed_over()
    {
        static System.Text.Json.Nodes.JsonObject Output(string mark) => (System.Text.Json.Nodes.JsonObject)
            System.Text.Json.Nodes.JsonNode.Parse(
                $$"""{ "output_type": "display_data", "data": { "{{ReportedItem.MediaType}}": {{mark}} } }""")!;

        Assert.Null(ReportedItem.Of([]));
        Assert.Null(ReportedItem.Of(Output("\"{ broken\"")));
        Assert.Null(ReportedItem.Of(Output("""{ "kind": "poem", "id": "a" }""")));
        Assert.Null(ReportedItem.Of(Output("3")));
        Assert.Equal(new(ReportedKind.Figure, "a"), ReportedItem.Of(Output("""["{ \"kind\": \"figure\",", " \"id\": \"a\" }"]""")));
    }
}
