using System.Runtime.CompilerServices;
using System.Xml.Linq;
using FinML.Notebooks.Papers;

namespace FinML.Notebooks.Tests.Papers;

public sealed class PaperBuildTests : IDisposable
{
    private readonly PaperFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    /// <summary>After a wanted change, look at what came out and run the tests with APPROVE_PAPERS=1.</summary>
    private static void Approved(string name, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Approved", name);
        if (Environment.GetEnvironmentVariable("APPROVE_PAPERS") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void The_page_is_the_approved_one()
    {
        var html = fixture.Build().Html();

        Approved("paper.html", html[html.IndexOf("<body>", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void The_LaTeX_document_is_the_approved_one() => Approved("paper.tex", fixture.Build().Latex());

    [Fact]
    public void The_same_files_give_the_same_bytes()
    {
        var first = fixture.Build().Files();
        var second = fixture.Build().Files();

        Assert.Equal(
            ["demo.html", "latex/demo.tex", "latex/references.bib", "latex/figures/own.svg", "latex/figures/wealth.svg",
                "badges/acf.svg", "badges/sharpe.svg", "badges/paper.svg"],
            first.Select(file => file.Path));
        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Bytes.AsSpan().SequenceEqual(pair.Second.Bytes)));
    }

    [Fact]
    public void The_page_needs_nothing_from_outside_and_escapes_what_it_shows()
    {
        fixture.With("paper.md", "Carl Gauß", "<b>Carl</b>")
            .With("claims.json", "Costs are in.", "<img src=x> & more.")
            .With("paper.md", "[link](https://example.org/a_b)", "[link](javascript:alert(1))");
        var html = fixture.With("claims.json", "<img src=x>", "a < b").Build().Html();

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("javascript:", html);
        Assert.DoesNotContain("src=\"http", html);
        Assert.Contains("&lt;b&gt;Carl&lt;/b&gt;", html);
        Assert.Contains("default-src 'none'", html);
    }

    [Fact]
    public void Claims_stand_where_the_text_puts_them()
    {
        var html = fixture.With("paper.md", "# Thanks {-}", "{claims}\n\n# Thanks {-}").Build().Html();

        Assert.True(html.IndexOf("id=\"claims\"", StringComparison.Ordinal)
            < html.IndexOf("Thanks", StringComparison.Ordinal));
        Assert.DoesNotContain("The claims and their reproduction", html);
    }

    [Fact]
    public void What_has_not_run_is_marked_and_does_not_keep_the_paper_from_being_built()
    {
        var notebook = Notebook.Create(NotebookCell.Create("a", CellKind.Code, "1"));
        NotebookFile.Write(notebook, Path.Combine(fixture.Path, "notebooks", "a.ipynb"));
        var build = fixture.Build();

        Assert.Empty(build.Problems);
        Assert.All(build.Results, result => Assert.Equal(ClaimVerdict.NotRun, result.Verdict));
        Assert.Contains(build.Warnings, each => each.ToString()
            == "papers/demo/paper.md:37: the figure \"wealth\" is not there: notebooks/a.ipynb has not run.");
        Assert.Contains("<p class=\"missing\">not run</p>", build.Html());
        Assert.Contains("\\fbox{not run}", build.Latex());
        Assert.Equal("notebooks/a.ipynb: not run", Assert.Single(build.Stamps));
    }

    [Fact]
    public void Unused_entries_are_told_and_no_more() => Assert.Equal(
        ["papers/demo/references.bib:5: spare is cited nowhere."],
        fixture.With("references.bib", "  journal = {JPM}}", "  journal = {JPM}}\n@book{spare, title = {S}, year = 1}")
            .Build().Warnings.Select(each => each.ToString()));

    [Theory]
    [InlineData("@ding1993 have", "@ding1994 have", "7: @ding1994 is in no bibliography: did you mean @ding1993?")]
    [InlineData("[see @bailey2014", "[see @baily", "18: @baily is in no bibliography")]
    [InlineData("{claim:sharpe:verdict}", "{claim:sharpe:colour}",
        "19: a claim has no \"colour\": it has value, published, ")]
    [InlineData("{claim:acf}, the", "{claim:afc}, the",
        "18: the claim \"afc\" is not in papers/demo/claims.json: did you mean \"acf\"?")]
    [InlineData("{ref:fig:own}", "{ref:fig:onw}", "29: nothing has the label fig:onw: did you mean fig:own?")]
    [InlineData("{ref:fig:own}", "{cliam:acf}", "29: {cliam:acf} is no placeholder: did you mean claim?")]
    [InlineData("{ref:fig:own}", "{figure:wealth}",
        "29: {figure:wealth} begins a paragraph, and its caption follows it.")]
    [InlineData("{ref:fig:own}", "{claims}",
        "29: {claims} is the table of claims, and stands in a paragraph of its own.")]
    [InlineData("{ref:fig:own}", "{#eq:x} it", "29: the label {#eq:x} stands behind nothing that has a number: ")]
    [InlineData("{ref:fig:own}", "{ref:fig:own} <b>x</b>",
        "29: HTML is not part of a paper: write Markdown instead of <b>.")]
    [InlineData("{table:facts}", "{table:fact}",
        "39: no notebook of the paper shows a table \"fact\": did you mean \"facts\"?")]
    [InlineData("{table:facts}", "{table:a b}", "39: {table:...} names a table: an id is a letter and then ")]
    [InlineData("{#tab:data}", "{#fig:data}", "31: the label here is {#tab:name}, with a letter ")]
    [InlineData("## Data", "## Data {#sec:intro}", "27: the label sec:intro is Section 1 already.")]
    [InlineData("{#eq:return}", "and so on",
        "21: behind the $$ that ends a formula comes nothing or a label {#eq:name}; got \"and so on\".")]
    [InlineData("\\log P_t -", "\\lgo P_t -",
        "21: the formula r_t = \\lgo P_t - \\log P_{t-1} cannot be read: \\lgo is not known here.")]
    [InlineData("figures/own.svg", "figures/none.svg", "42: there is no picture figures/none.svg in papers/demo.")]
    [InlineData("figures/own.svg", "../../secret.svg",
        "42: the picture ../../secret.svg lies outside of the paper's folder.")]
    [InlineData("keywords:", "keyword:", "10: the head of a paper has no \"keyword\": did you mean \"keywords\"?")]
    [InlineData("date: November 2026", "title: Again", "6: \"title\" stands twice in the head: leave one.")]
    [InlineData("  - notebooks/a.ipynb", "  - notebooks/a.ipynb\n  - notebooks/z.ipynb",
        "13: there is no notebook notebooks/z.ipynb; ")]
    [InlineData("bibliography: references.bib", "bibliography: [references.bib, more.bib]",
        "13: there is no bibliography more.bib in papers/demo.")]
    public void A_slip_in_the_text_is_one_sentence_with_its_line(string from, string to, string sentence) =>
        // The first problem is the slip; a label that is refused leaves its references open.
        Assert.Equal(0, Told("paper.md", from, to, sentence));

    [Theory]
    [InlineData("\"published\": 0.318", "\"published\": 0.4",
        "2: \"acf\" differs by −0.082 (published 0.4, ours 0.3, tolerance ±0.0005) and has no \"reason\".")]
    [InlineData("\"published\": 1.20", "\"published\": 0.62",
        "4: \"sharpe\" is reproduced and has a \"reason\" for differing: take it out.")]
    [InlineData("\"tolerance\": { \"absolute\": 0.0005 }", "\"tolerance\": { \"standardErrors\": 1 }",
        "2: the tolerance of \"acf\" is in standard errors, and its notebook reports none: ")]
    [InlineData("\"id\": \"acf\"", "\"id\": \"acf2\"",
        "2: \"acf2\" is reported by no cell of notebooks/a.ipynb, which has run: write "
            + "Claims.Report(\"acf2\", value) there.")]
    [InlineData("\"notebook\": \"notebooks/a.ipynb\" }", "\"notebook\": \"notebooks/b.ipynb\" }",
        "2: the notebook notebooks/b.ipynb of \"acf\" is not among the notebooks of the paper's head: did "
            + "you mean notebooks/a.ipynb?")]
    [InlineData("{ \"id\": \"acf\"", "{ \"Id\": \"acf\"", "2: a claim has no \"Id\": did you mean \"id\"?")]
    public void A_slip_in_the_claims_is_one_sentence_with_its_line(string from, string to, string sentence) =>
        Assert.NotEqual(-1, Told("claims.json", from, to, sentence));

    /// <summary>Where among the problems a slip is told with its file and line; -1 for nowhere.</summary>
    private int Told(string file, string from, string to, string sentence) => Array.FindIndex(
        fixture.With(file, from, to).Problems(),
        problem => problem.StartsWith($"papers/demo/{file}:{sentence}", StringComparison.Ordinal));

    [Fact]
    public void Reports_that_do_not_agree_are_told()
    {
        fixture.Store(
            [.. PaperFixture.Reported(0.3184, 0.61), PaperFixture.Claim("stray", 1)],
            [PaperFixture.Claim("acf", 0.3185), PaperFixture.Claim("sharpe", 0.61),
                PaperFixture.Shown("wealth", "x")[0]]);

        Assert.Equal(
        [
            "notebooks/a.ipynb: In[2] of notebooks/a.ipynb reports the claim \"acf\" as 0.3185, and In[1] of "
                + "notebooks/a.ipynb as 0.3184: report it once.",
            "notebooks/a.ipynb: In[2] of notebooks/a.ipynb shows the figure \"wealth\", and so does In[1] of "
                + "notebooks/a.ipynb: give each its own name.",
            "notebooks/a.ipynb: it reports the claim \"stray\", which no claims.json has.",
        ], fixture.Problems());
    }

    [Fact]
    public void A_value_that_another_paper_claims_is_no_slip()
    {
        fixture.Store([.. PaperFixture.Reported(0.3184, 0.61), PaperFixture.Claim("stray", 1)]);
        fixture.Write("papers/other/claims.json", PaperFixture.Claims.Replace("acf", "stray").Replace("sharpe", "s2"));

        Assert.Empty(fixture.Problems());
    }

    [Fact]
    public void A_paper_with_problems_is_not_built()
    {
        var build = fixture.With("paper.md", "{ref:fig:own}", "{ref:fig:none}").Build();

        Assert.Equal(build.Problems, Assert.Throws<PaperException>(build.Html).Problems);
        Assert.Throws<PaperException>(build.Latex);
    }

    [Theory]
    [InlineData("no head",
        "papers/demo/paper.md:1: a paper begins with a head between two lines ---, with title: and authors:.")]
    [InlineData("---\ntitle: x\n", "papers/demo/paper.md:1: the head of the paper is not ended by a second line ---.")]
    [InlineData("---\ntitle: x\n---\n", "papers/demo/paper.md:1: the head of the paper has no \"authors\".")]
    [InlineData("---\ntitle: x\nauthors: a\nwhat\n---\n",
        "papers/demo/paper.md:4: the head holds lines \"key: value\"; got \"what\".")]
    [InlineData("---\ntitle: x\nauthors: a\n---\n\n$$ x\n",
        "papers/demo/paper.md:6: a formula begins with $$, and no second $$ ends it.")]
    [InlineData("---\ntitle: x\nauthors: a\n---\n\n@a1\n",
        "papers/demo/paper.md:6: @a1 is cited, and the head of the paper names no bibliography.")]
    public void A_head_that_is_not_one_is_told(string text, string sentence)
    {
        fixture.Write("papers/demo/paper.md", text);
        fixture.Write("papers/demo/claims.json", "[]");

        Assert.Contains(sentence, fixture.Problems());
    }

    [Fact]
    public void The_template_builds_as_it_stands()
    {
        foreach (var file in PaperTemplate.Files)
            file.Write(Path.Combine(fixture.Path, "papers", "fresh"));
        var paper = Paper.Read(Path.Combine(fixture.Path, "papers", "fresh"));
        var build = PaperBuild.Of(paper, PaperBuild.Stored(paper));

        Assert.Empty(build.Problems);
        Assert.Empty(build.Warnings);
        Assert.Contains("<math display=\"block\">", build.Html());
        Assert.Equal(["demo", "fresh"], Paper.Find(Path.Combine(fixture.Path, "papers")));
    }

    [Fact]
    public void Badges_say_the_verdict_and_are_well_formed()
    {
        var results = fixture.Build().Results;

        Assert.Equal("1 of 2 claims reproduced, 1 differs", ReproductionBadge.Summary(results));
        Assert.Equal("reproduced", XElement.Parse(ReproductionBadge.Svg(results[0])).Value);
        Assert.Equal("differs by −0.59", XElement.Parse(ReproductionBadge.Svg(results[1])).Value);
        Assert.Equal("not run", XElement.Parse(ReproductionBadge.Svg(results[0].Claim.NotRun())).Value);
    }

    [Fact]
    public void A_picture_is_printed_at_its_own_size() => Assert.Contains(
        "@page { size: 760px 411.5px; margin: 0 }",
        PaperBuild.PicturePage("<svg xmlns=\"x\" viewBox=\"0 0 760 411.5\"></svg>"));
}
