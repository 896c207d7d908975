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

    /// <summary>Runs the notebook and stores it executed, as one commits it.</summary>
    private async Task StoreAsync()
    {
        var ran = await RunAsync("run", "notebooks/a.ipynb", "--output", "ran");
        Assert.Equal(0, ran.Code);
        File.Copy(In("ran/a.ipynb"), In("notebooks/a.ipynb"), overwrite: true);
    }

    [Fact]
    public async Task A_paper_is_begun_listed_built_and_checked()
    {
        var made = await RunAsync("papers", "new", "fresh");
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains("wrote papers/fresh/ with paper.md, claims.json, references.bib", made.Output);
        Assert.Contains("is there already", (await RunAsync("papers", "new", "fresh")).Error);
        Assert.Contains("a paper's name is letters", (await RunAsync("papers", "new", "../x")).Error);
        await StoreAsync();

        var list = await RunAsync("papers", "list");
        Assert.Contains("demo   A demonstration\n       2 of 2 claims reproduced\n", list.Output);
        Assert.Contains("no claims", list.Output);

        var built = await RunAsync("papers", "build", "demo", "fresh", "--format", "html", "--format", "latex");
        Assert.Equal(0, built.Code);
        Assert.Contains("demo: 2 of 2 claims reproduced\n  from the stored run of notebooks/a.ipynb: run", built.Output);
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
    public async Task A_broken_claim_makes_the_check_fail_as_drift()
    {
        await StoreAsync();
        var stored = File.ReadAllText(In("notebooks/a.ipynb"));

        // Within the tolerance, and yet not what the stored run says.
        File.WriteAllText(In("notebooks/a.ipynb"), stored.Replace("\\\"one\\\", 1.001", "\\\"one\\\", 1.002"));
        var moved = await RunAsync("papers", "check", "--json");
        Assert.Equal(3, moved.Code);
        var claims = JsonNode.Parse(moved.Output)![0]!["claims"]!.AsArray();
        Assert.Equal((true, false, 1.001, 1.002), ((bool)claims[0]!["moved"]!, (bool)claims[0]!["good"]!,
            (double)claims[0]!["stored"]!, (double)claims[0]!["ours"]!));
        Assert.True((bool)claims[1]!["good"]!);

        // Outside of the tolerance.
        File.WriteAllText(In("notebooks/a.ipynb"), stored.Replace("\\\"one\\\", 1.001", "\\\"one\\\", 1.2"));
        var broken = await RunAsync("papers", "check", "--junit", "check.xml");
        Assert.Equal(3, broken.Code);
        Assert.Contains("demo: 1 of 2 claims reproduced, 1 differs", broken.Output);
        Assert.Matches(@"!!  one\s+1.00\s+1.20\s+\+0.20\s+±1%\s+moved from 1.001", broken.Output);
        Assert.Single(XDocument.Load(In("check.xml")).Descendants("failure"));

        // Not reported any more.
        File.WriteAllText(In("notebooks/a.ipynb"), stored.Replace("Claims.Report(\\\"one\\\", 1.001)", "_ = 1"));
        var gone = await RunAsync("papers", "check");
        Assert.Equal(3, gone.Code);
        Assert.Matches(@"!!  one\s+1.00\s+–\s+–\s+±1%\s+not reported", gone.Output);
    }

    [Fact]
    public async Task A_claim_differs_with_a_reason_and_not_without()
    {
        place.Notebook("notebooks/a.ipynb", Cell("1.001").Replace("5.0", "7.0"));
        await StoreAsync();

        var refused = await RunAsync("papers", "build", "--format", "html");
        Assert.Equal(3, refused.Code);
        Assert.Contains("papers/demo/claims.json:4: \"two\" differs by +1.0 (published 4 to 6, ours 7.0, tolerance none)"
            + " and has no \"reason\".", refused.Error);
        Assert.False(Directory.Exists(In("artifacts/papers/demo")));
        Assert.Equal(3, (await RunAsync("papers", "check")).Code);

        Claims(", \"reason\": \"Another sample.\"");
        Assert.Equal(0, (await RunAsync("papers", "build", "--format", "html")).Code);
        var check = await RunAsync("papers", "check");
        Assert.Equal(0, check.Code);
        Assert.Contains("differs, as the paper says\n      why: Another sample.", check.Output);
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
