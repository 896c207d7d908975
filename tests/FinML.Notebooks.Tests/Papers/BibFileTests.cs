using FinML.Notebooks.Papers;

namespace FinML.Notebooks.Tests.Papers;

public class BibFileTests
{
    private static BibEntry One(string text)
    {
        var (entries, problems) = BibFile.Parse(text, "r.bib");
        Assert.Empty(problems);
        return Assert.Single(entries);
    }

    [Fact]
    public void A_real_entry_is_read()
    {
        var (entries, problems) = BibFile.Parse("""
            Text before the first entry is a comment, and so is 50% of this.
            @comment{ @article{hidden, title = {no}} }
            @preamble{"\newcommand{\x}{y}"}
            @STRING(jf = "Journal of " # {Finance})

            @Article{Brock1992,
              author  = {Brock, William and Lakonishok, Josef and LeBaron, Blake},
              title   = "Simple {T}echnical Trading Rules",
              journal = jf, % the house's own
              month   = "1~" # dec,
              year    = 1992, volume = 47,
              pages   = {1731--1764},
            }
            @book ( other , title = {A {nested {title}} with } # "a \"o in it", year={1999} )
            """, "r.bib");

        Assert.Empty(problems);
        Assert.Equal(["Brock1992", "other"], entries.Select(entry => entry.Key));
        var brock = entries[0];
        Assert.Equal(("article", 6), (brock.Type, brock.Line));
        Assert.Equal("Simple Technical Trading Rules", brock.Text("title"));
        Assert.Equal("Journal of Finance", brock.Text("journal"));
        Assert.Equal("1\u00A0December", brock.Text("month"));
        Assert.Equal("1731–1764", brock.Text("pages"));
        Assert.Equal("1992", brock.Year);
        Assert.Equal(["Brock", "Lakonishok", "LeBaron"], brock.Authors.Select(name => name.Family));
        Assert.Equal("A nested title with a ö in it", entries[1].Text("title"));
    }

    [Fact]
    public void Crossref_gives_what_the_entry_has_not()
    {
        var (entries, problems) = BibFile.Parse("""
            @incollection{part, title = {Part}, author = {A, B}, crossref = {whole}}
            @book{whole, title = {Whole}, editor = {C, D}, publisher = {P}, year = 2001}
            """, "r.bib");

        Assert.Empty(problems);
        Assert.Equal(("Part", "Whole", "2001", "P"),
            (entries[0].Text("title"), entries[0].Text("booktitle"), entries[0].Year, entries[0].Text("publisher")));
    }

    [Theory]
    [InlineData("@article{a, title = {b}\n  year = 1}", "r.bib:2: a comma is missing before y in the entry a.")]
    [InlineData("@article{a, title {b}}", "r.bib:1: title is followed by =, but here by {.")]
    [InlineData("@article{a,\n title = {b", "r.bib:2: a { is not closed by }.")]
    [InlineData("@article{a,\n title = \"b}", "r.bib:2: a } closes nothing in a value between quotes.")]
    [InlineData("@article{a, title = \"b", "r.bib:1: a \" is not closed by a second one.")]
    [InlineData("@article{a,\n title = unknown }",
        "r.bib:2: unknown is no @string and no month: put text between braces, {unknown}.")]
    [InlineData("@article{a, title = {b}, title = {c}}", "r.bib:1: the entry a has the field title twice: leave one.")]
    [InlineData("@article{, title = {b}}", "r.bib:1: this @article has no key: write @article{key, ...}.")]
    [InlineData("@article a", "r.bib:1: @article is followed by {, but here by a.")]
    [InlineData("@ {a}", "r.bib:1: the kind of an entry is expected before {.")]
    [InlineData("@article{a, title = }", "r.bib:1: a value is expected before }.")]
    [InlineData("@article{a, title = {b},", "r.bib:1: a field of the entry a is expected before the end of the file.")]
    [InlineData("@book{x, crossref = {y}}", "r.bib:1: the entry x has the crossref y, which no other entry is called.")]
    [InlineData("@book{x, crossref = {x}}", "r.bib:1: the entry x has the crossref x, which no other entry is called.")]
    [InlineData("@book{x, year=1}\n\n@book{X, year=2}",
        "r.bib:3: the key X is that of the entry of line 1 too: a key names one entry.")]
    public void A_mistake_is_told_with_its_line(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Single(BibFile.Parse(text, "r.bib").Problems).ToString());

    [Fact]
    public void Reading_goes_on_behind_a_broken_entry()
    {
        var (entries, problems) = BibFile.Parse(
            "@book{a, title = {A}}\n@book{b, title {B}}\n@book{c, title = {C}}", "r.bib");

        Assert.Equal(["a", "c"], entries.Select(entry => entry.Key));
        Assert.Equal(2, Assert.Single(problems).Line);
    }

    [Theory]
    [InlineData("L{\\'o}pez de Prado", "López de Prado")]
    [InlineData("G\\\"odel {\\\"{o}} \\\"{\\i}", "Gödel ö ï")]
    [InlineData("\\v{S}\\'{\\i} \\c c \\~n \\H{o} \\aa \\o{} \\ss", "Ší ç ñ ő åø ß")]
    [InlineData("{\\L}ukasz \\k{a}", "Łukasz ą")]
    [InlineData("A \\& B, 5\\%, ``quoted'', it's", "A & B, 5%, “quoted”, it’s")]
    [InlineData("\\emph{Title} of {\\em things} --- $\\alpha$", "Title of things — α")]
    [InlineData("a\n   b~c", "a b\u00A0c")]
    [InlineData("\\'{}\\", "")]
    public void Tex_becomes_text(string tex, string text) => Assert.Equal(text, BibText.Decode(tex));

    [Theory]
    [InlineData("Marcos L{\\'o}pez de Prado", "López de Prado",
        "Marcos")] // L{\'o}pez is a middle name to BibTeX: see below
    [InlineData("Ludwig van Beethoven", "van Beethoven", "Ludwig")]
    [InlineData("{World Bank and Partners}", "World Bank and Partners", "")]
    [InlineData("de la Vall{\\'e}e Poussin, Charles", "de la Vallée Poussin", "Charles")]
    [InlineData("King, Jr., Martin Luther", "King", "Martin Luther")]
    public void Names_follow_the_rules(string tex, string family, string given)
    {
        var name = Assert.Single(BibName.ParseList(tex));

        if (tex.StartsWith("Marcos", StringComparison.Ordinal))
        {
            // BibTeX's own rule: the particle begins at the first small letter, so that this name needs its comma.
            Assert.Equal(("de Prado", "Marcos López"), (name.Family, name.Given));
            return;
        }

        Assert.Equal((family, given), (name.Family, name.Given));
    }

    [Fact]
    public void Lists_of_names_are_split_outside_of_braces() => Assert.Equal(
        ["Ding", "Barnes and Noble", "others"],
        BibName.ParseList("Ding, Z. and\n {Barnes and Noble} and others").Select(name => name.Family));

    [Fact]
    public void Ten_thousand_broken_files_are_read_to_their_end()
    {
        const string Good = """
            @string{a = "b"}
            @article{key, author = {A, B and C, D}, title = "T {x} # y", journal = a # {z}, year = 1993, month = jun,}
            @comment{nothing} @book(k2, title = {\'e}, crossref = {key})
            """;
        string[] pieces = ["{", "}", "\"", "@", ",", "=", "#", "\\", "\n", "(", ")", "%", "and", "\0", "\ud800", "é"];
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var text = Good;
            for (var edits = random.Next(1, 8); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                var end = Math.Min(text.Length, at + random.Next(0, 6));
                text = text[..at] + pieces[random.Next(pieces.Length)] + text[end..];
            }

            var (entries, problems) = BibFile.Parse(text, "r.bib");

            Assert.All(problems, problem => Assert.InRange(problem.Line, 1, text.Count(c => c == '\n') + 1));
            Assert.All(problems, problem => Assert.EndsWith(".", problem.Message));
            foreach (var entry in entries)
                Assert.NotNull(new ReferenceStyle([entry]).Html(entry));
        }

        var deep = BibFile.Parse("@book{a, title = " + new string('{', 100_000), "r.bib");
        Assert.Contains("nested more than", Assert.Single(deep.Problems).Message);
    }

    [Theory]
    [InlineData("@article{a, author={Ding, Zhuanxin and Granger, Clive W. J. and Engle, Robert F.}, "
        + "title={A long memory}, journal={JEF}, volume=1, number=1, pages={83--106}, year=1993, doi={10.1/x}}",
        "Ding, Z., Granger, C. W. J., &amp; Engle, R. F. (1993). A long memory. <i>JEF</i>, <i>1</i>(1), 83–106. "
        + "<a href=\"https://doi.org/10.1/x\">https://doi.org/10.1/x</a>")]
    [InlineData("@book{a, author={Taylor, Stephen J.}, title={Modelling}, edition={2nd}, publisher={Wiley}, year=1986}",
        "Taylor, S. J. (1986). <i>Modelling</i> (2nd ed.). Wiley.")]
    [InlineData("@incollection{a, author={A, B}, title={Part?}, booktitle={Whole}, editor={Clark, Dan and Eve, F}, "
        + "pages={1--2}, publisher={P}, year=2000}",
        "A, B. (2000). Part? In D. Clark &amp; F. Eve (Eds.), <i>Whole</i> (pp. 1–2). P.")]
    [InlineData("@techreport{a, author={{World Bank}}, title={R}, number={7}, institution={World Bank}}",
        "World Bank (n.d.). <i>R</i> (Technical report, No. 7). World Bank.")]
    [InlineData("@misc{a, title={<script>}, year=2020, url={javascript:alert(1)}}", "&lt;script&gt; (2020).")]
    [InlineData("@book{a, editor={X, Y}, title={T}, year=2001}", "X, Y. (Ed.). (2001). <i>T</i>.")]
    public void A_reference_is_written_in_the_style(string text, string html)
    {
        var entry = One(text);

        Assert.Equal(html, new ReferenceStyle([entry]).Html(entry));
    }

    [Fact]
    public void Works_are_sorted_and_told_apart()
    {
        var (entries, _) = BibFile.Parse("""
            @book{z, author={Zed, A}, title={Z}, year=2000}
            @book{b2, author={{\'A}bel, B}, title={Second}, year=2014}
            @book{b1, author={{\'A}bel, B}, title={First}, year=2014}
            @book{m, author={A, B and C, D and E, F}, title={M}, year=1990}
            @book{n, author={A, B and C, D}, title={N}, year=1990}
            """, "r.bib");
        var style = new ReferenceStyle(entries);

        Assert.Equal(["n", "m", "b1", "b2", "z"], style.Sorted.Select(entry => entry.Key));
        Assert.Equal(["1990", "1990", "2014a", "2014b", "2000"], style.Sorted.Select(style.Year));
        Assert.Equal(["A and C", "A et al.", "Ábel", "Ábel", "Zed"],
            style.Sorted.Select(entry => ReferenceStyle.Short(entry, "and")));
    }
}
