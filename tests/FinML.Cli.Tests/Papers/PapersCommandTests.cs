using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace FinML.Cli.Tests.Papers;

public sealed class PapersCommandTests : IDisposable
{
    private readonly Workplace place = new();

    public PapersCommandTests()
    {
        Directory.CreateDirectory(In("notebooks"));
        Write("papers/demo/paper.md", """
            ---
            title: A demonstration
            authors: Ada Lovelace
            notebooks: [notebooks/a.ipynb]
            bibliography: r.bib
            ---
            # Result

            We find {claim:one}, as @x2001 does, and {claim:two}.
            """);
        Claims("");
        Write("papers/demo/r.bib", "@book{x2001, author = {X, Y}, title = {T}, year = 2001}");
        place.Notebook("notebooks/a.ipynb", Cell("1.001"));
    }

    public void Dispose() => place.Dispose();

    private static string Cell(string one) =>
        $"Claims.Report(\"one\", {one});\nClaims.Report(\"two\", 5.0, 0.25);\n"
        + "Claims.Figure(\"f\", Figure.Create(\"F\").Line([1.0, 2.0]));";

    private string In(string name) => Path.Combine(place.Path, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.WriteAllText(In(name), text);
    }

    private void Claims(string more) => Write("papers/demo/claims.json", $$"""
        [
          { "id": "one", "statement": "One.", "source": "@x2001, p. 1", "published": 1.00,
            "tolerance": { "relative": 0.01 }, "notebook": "notebooks/a.ipynb" },
          { "id": "two", "statement": "Two.", "source": "@x2001, p. 2", "published": { "between": [4, 6] },
            "notebook": "notebooks/a.ipynb"{{more}} }
        ]
        """);

    private Task<Finml.Outcome> RunAsync(params string[] arguments) => Finml.RunAsync(place.Path, arguments);

    /// <summary>Stores values in the notebook as a run of it leaves them.</summary>
    private void Store(double one, double two)
    {
        JsonNode Report(string id, double value) => new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["application/vnd.finml.paper+json"] =
                    new JsonObject { ["kind"] = "claim", ["id"] = id, ["value"] = value },
                ["text/plain"] = id,
            },
            ["metadata"] = new JsonObject(),
            ["output_type"] = "display_data",
        };
        var notebook = JsonNode.Parse(File.ReadAllText(In("notebooks/a.ipynb")))!;
        var cell = notebook["cells"]![0]!;
        cell["execution_count"] = 1;
        cell["outputs"] = new JsonArray(Report("one", one), Report("two", two));
        File.WriteAllText(In("notebooks/a.ipynb"), notebook.ToJsonString());
    }

    [Fact]
    public async Task A_paper_is_begun_listed_built_and_checked()
    {
        var made = await RunAsync("papers", "new", "fresh");
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains("wrote papers/fresh/ with paper.md, claims.json, references.bib", made.Output);
        Assert.Contains("is there already", (await RunAsync("papers", "new", "fresh")).Error);
        Assert.Contains("a paper's name is letters", (await RunAsync("papers", "new", "../x")).Error);
        Store(1.001, 5);

        var list = await RunAsync("papers", "list");
        Assert.Contains("demo   A demonstration\n       2 of 2 claims reproduced\n", list.Output);
        Assert.Contains("no claims", list.Output);

        var built = await RunAsync("papers", "build", "demo", "fresh", "--format", "html", "--format", "latex");
        Assert.Equal(0, built.Code);
        Assert.Contains("demo: 2 of 2 claims reproduced\n  from the stored run of notebooks/a.ipynb: a run without a record", built.Output);
        Assert.Contains("class=\"claim reproduced\"", File.ReadAllText(In("artifacts/papers/demo/demo.html")));
        Assert.Contains("\\begin{document}", File.ReadAllText(In("artifacts/papers/fresh/latex/fresh.tex")));

        var check = await RunAsync("papers", "check", "demo", "--junit", "check.xml");
        Assert.Equal(0, check.Code);
        Assert.Contains("ok  one", check.Output);
        Assert.Contains("ok  two       4 to 6", check.Output);
        Assert.Equal(["one", "two"],
            XDocument.Load(In("check.xml")).Descendants("testcase").Select(each => each.Attribute("name")!.Value));
    }

    [Fact]
    public async Task Broken_claims_make_the_check_fail_as_drift()
    {
        // "one" is within its tolerance, and yet not what the stored run says; "two" is outside; nobody reports "three".
        Claims("""
             },
              { "id": "three", "statement": "Three.", "source": "@x2001", "published": 3,
                "tolerance": { "absolute": 1 }, "notebook": "notebooks/a.ipynb"
            """);
        place.Notebook("notebooks/a.ipynb", Cell("1.002").Replace("5.0", "7.0"));
        Store(1.001, 7);

        var check = await RunAsync("papers", "check", "--junit", "check.xml");

        Assert.Equal(3, check.Code);
        Assert.Contains("demo: 1 of 3 claims reproduced, 1 differs, 1 not run", check.Output);
        Assert.Matches(@"!!  one\s+1.00\s+1.00\s+\+0.002\s+±1%\s+moved from 1.001", check.Output);
        Assert.Matches(@"!!  two\s+4 to 6\s+7.0\s+\+1.0\s+none\s+DIFFERS", check.Output);
        Assert.Matches(@"!!  three\s+3\s+–\s+–\s+±1\s+not reported", check.Output);
        Assert.Equal(3, XDocument.Load(In("check.xml")).Descendants("failure").Count());
    }

    [Fact]
    public async Task A_claim_differs_with_a_reason_and_not_without()
    {
        place.Notebook("notebooks/a.ipynb", Cell("1.001").Replace("5.0", "7.0"));
        Store(1.001, 7);

        var refused = await RunAsync("papers", "build", "--format", "html");
        Assert.Equal(3, refused.Code);
        Assert.Contains("papers/demo/claims.json:4: \"two\" differs by +1.0 (published 4 to 6, ours 7.0, tolerance none)"
            + " and has no \"reason\".", refused.Error);
        Assert.False(Directory.Exists(In("artifacts/papers/demo")));

        Claims(", \"reason\": \"Another sample.\"");
        Assert.Equal(0, (await RunAsync("papers", "build", "--format", "html")).Code);
        var check = await RunAsync("papers", "check", "--json");
        Assert.Equal(0, check.Code);
        var claims = JsonNode.Parse(check.Output)![0]!["claims"]!.AsArray();
        Assert.Equal(("differs", "Another sample.", true, false), (claims[1]!["verdict"]!.ToString(),
            claims[1]!["reason"]!.ToString(), (bool)claims[1]!["good"]!, (bool)claims[1]!["moved"]!));
        Assert.Equal((1.0, 1.001, 1.001), ((double)claims[0]!["published"]!, (double)claims[0]!["ours"]!,
            (double)claims[0]!["stored"]!));
    }

    [Fact]
    public async Task Mistakes_and_broken_notebooks_end_with_1()
    {
        Write("papers/demo/paper.md", File.ReadAllText(In("papers/demo/paper.md")).Replace("{claim:one}", "{claim:on}"));
        var build = await RunAsync("papers", "build");
        Assert.Equal(1, build.Code);
        Assert.Contains("papers/demo/paper.md:9: the claim \"on\" is not in papers/demo/claims.json: did you mean \"one\"?\n"
            + "finml: demo was not built: 1 mistake.", build.Error);

        Claims(", \"unti\": \"bp\"");
        var check = await RunAsync("papers", "check");
        Assert.Equal(1, check.Code);
        Assert.Contains("papers/demo/claims.json:5: a claim has no \"unti\": did you mean \"unit\"?", check.Error);
        Assert.Contains("finml: nothing was run", check.Error);

        Claims("");
        place.Notebook("notebooks/a.ipynb", "throw new InvalidOperationException(\"no data\");");
        var thrown = await RunAsync("papers", "check");
        Assert.Equal(1, thrown.Code);
        Assert.Contains("no data", thrown.Error);
        Assert.Matches(@"!!  one\s.*not run", thrown.Output);
    }

    [Theory]
    [InlineData("there is no paper 'dema' in papers: did you mean 'demo'?", "papers", "build", "dema")]
    [InlineData("The formats are html, pdf, latex, but was 'docx'.", "papers", "build", "--format", "docx")]
    [InlineData("--timeout takes seconds above 0", "papers", "check", "--timeout", "0")]
    public async Task Misuse_is_one_sentence(string sentence, params string[] arguments)
    {
        var outcome = await RunAsync(arguments);

        Assert.Equal(1, outcome.Code);
        Assert.StartsWith("finml: " + sentence, outcome.Error);
    }
}
