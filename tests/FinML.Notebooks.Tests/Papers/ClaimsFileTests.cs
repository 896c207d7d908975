using System.Text;
using FinML.Notebooks.Papers;

namespace FinML.Notebooks.Tests.Papers;

public class ClaimsFileTests
{
    private const string Row = """
        "id": "acf", "statement": "S.", "source": "T. 1", "published": 0.310, "tolerance": { "absolute": 0.0005 },
        "notebook": "notebooks/a.ipynb"
        """;

    private static IReadOnlyList<Claim> Parse(string json) =>
        ClaimsFile.Parse(Encoding.UTF8.GetBytes(json), "claims.json");

    private static string[] Problems(string json) =>
        [.. Assert.Throws<PaperException>(() => Parse(json)).Problems.Select(problem => problem.ToString())];

    [Fact]
    public void A_row_is_read_whole()
    {
        var claim = Assert.Single(Parse($$"""[ { {{Row}}, "unit": "bp", "reason": "Another sample." } ]"""));

        Assert.Equal(("acf", "S.", "T. 1", "notebooks/a.ipynb"),
            (claim.Id, claim.Statement, claim.Source, claim.Notebook));
        Assert.Equal(new PublishedValue(0.31, 0.31, 3), claim.Published);
        Assert.Equal(new ClaimTolerance(ToleranceUnit.Absolute, 0.0005), claim.Tolerance);
        Assert.Equal(("bp", "Another sample.", 1), (claim.Unit, claim.Reason, claim.Line));
        Assert.Equal("0.310\u00A0bp", claim.PublishedText);
        Assert.Equal("±0.0005\u00A0bp", claim.ToleranceText);
    }

    [Theory]
    [InlineData("""{ "atMost": 0.05 }""", "at most 0.05", 0.06, 0.01)]
    [InlineData("""{ "atMost": 0.05 }""", "at most 0.05", 0.04, 0)]
    [InlineData("""{ "atLeast": 2 }""", "at least 2", 1.5, -0.5)]
    [InlineData("""{ "between": [2, 5.5] }""", "2.0 to 5.5", 7, 1.5)]
    [InlineData("""{ "between": [2, 5.5] }""", "2.0 to 5.5", 1, -1)]
    [InlineData("""{ "between": [2, 5.5] }""", "2.0 to 5.5", 3, 0)]
    public void A_range_needs_no_tolerance(string published, string text, double value, double difference)
    {
        var claim = Assert.Single(Parse($$"""
            [ { "id": "a", "statement": "S.", "source": "T", "published": {{published}}, "notebook": "n.ipynb" } ]
            """));

        var result = claim.Compare(value, null);

        Assert.Equal(text, claim.PublishedText);
        Assert.Equal(difference, result.Difference!.Value, 12);
        Assert.Equal(difference == 0 ? ClaimVerdict.Reproduced : ClaimVerdict.Differs, result.Verdict);
    }

    [Theory]
    [InlineData("""{ "absolute": 0.0005 }""", 0.3105, null, true)] // .3105 - .31 is .0005 and a last bit
    [InlineData("""{ "absolute": 0.0005 }""", 0.31051, null, false)]
    [InlineData("""{ "relative": 0.1 }""", 0.341, null, true)]
    [InlineData("""{ "relative": 0.1 }""", 0.342, null, false)]
    [InlineData("""{ "standardErrors": 2 }""", 0.33, 0.01, true)]
    [InlineData("""{ "standardErrors": 2 }""", 0.331, 0.01, false)]
    public void Tolerances_hold_up_to_their_size(string tolerance, double value, double? error, bool same)
    {
        var json = $$"""[ { {{Row.Replace("""{ "absolute": 0.0005 }""", tolerance)}} } ]""";

        var result = Assert.Single(Parse(json)).Compare(value, error);

        Assert.Equal(same ? ClaimVerdict.Reproduced : ClaimVerdict.Differs, result.Verdict);
    }

    [Fact]
    public void Standard_errors_of_both_sides_add_in_squares()
    {
        var row = Row.Replace("""{ "absolute": 0.0005 }""", """{ "standardErrors": 1 }""");
        var claim = Assert.Single(Parse($$"""[ { {{row}}, "publishedStandardError": 0.03 } ]"""));

        Assert.Equal(ClaimVerdict.Reproduced, claim.Compare(0.3599, 0.04).Verdict);
        Assert.Equal(ClaimVerdict.Differs, claim.Compare(0.3601, 0.04).Verdict);
        var nobodys = claim with { PublishedStandardError = null };
        Assert.Contains("in standard errors, and its notebook reports none",
            Assert.Throws<PaperException>(() => nobodys.Compare(0.31, null)).Message);
    }

    [Theory]
    [InlineData("{}", "claims.json:1: claims.json is a list, [ ... ], of one object a claim.")]
    [InlineData("[ 1 ]", "claims.json:1: a claim is an object, { \"id\": ..., ... }.")]
    [InlineData("[\n{ \"id\": \"a\", }\n]", "claims.json:2: this is not valid JSON: ")]
    [InlineData("", "claims.json:1: this is not valid JSON: ")]
    [InlineData("[] 3", "claims.json:1: this is not valid JSON: ")]
    [InlineData("[\n{ ROW,\n\"tolerence\": 1 } ]",
        "claims.json:4: a claim has no \"tolerence\": did you mean \"tolerance\"?")]
    [InlineData("[ { ROW, \"wholly\": 1 } ]", "claims.json:2: a claim has no \"wholly\": it has id, statement, ")]
    [InlineData("[ { ROW, \"id\": \"b\" } ]", "claims.json:2: \"id\" stands twice in this claim: leave one.")]
    [InlineData("[ { ROW },\n{ ROW } ]", "claims.json:3: \"acf\" is the id of the claim of line 1 too: ")]
    [InlineData("[ { ROW, \"reason\": \" \" } ]",
        "claims.json:2: the \"reason\" of \"acf\" is text, and not empty; got \" \".")]
    [InlineData("[ { ROW, \"format\": \"F3\" } ]",
        "claims.json:2: the \"format\" of \"acf\" is like 0.000, #,##0 or 0.0%; got \"F3\".")]
    [InlineData("[ { ROW, \"publishedStandardError\": 0 } ]",
        "claims.json:2: the \"publishedStandardError\" of \"acf\" is a ")]
    public void A_mistake_is_one_sentence_with_its_line(string json, string sentence)
    {
        var problem = Assert.Single(Problems(json.Replace("ROW", Row)));

        Assert.StartsWith(sentence, problem);
    }

    [Theory]
    [InlineData("\"published\": 0.310", "\"published\": \"0.31\"", "the \"published\" of \"acf\" is a finite number, ")]
    [InlineData("\"published\": 0.310", "\"published\": 1e999", "the \"published\" of \"acf\" is a finite number, ")]
    [InlineData("\"published\": 0.310", "\"published\": {\"between\": [2, 1]}",
        "the \"published\" of \"acf\" is a finite ")]
    [InlineData("{ \"absolute\": 0.0005 }", "0.0005", "the \"tolerance\" of \"acf\" is one of { \"absolute\": x }, ")]
    [InlineData("{ \"absolute\": 0.0005 }", "{ \"absolute\": -1 }", "the \"tolerance\" of \"acf\" is one of ")]
    [InlineData("{ \"absolute\": 0.0005 }", "{ \"sigma\": 1 }", "the \"tolerance\" of \"acf\" is one of ")]
    [InlineData("\"tolerance\": { \"absolute\": 0.0005 },", "",
        "\"acf\" has no \"tolerance\": give { \"absolute\": x }, ")]
    [InlineData("\"source\": \"T. 1\",", "", "\"acf\" has no \"source\".")]
    [InlineData("\"id\": \"acf\"", "\"id\": \"1 a\"", "an id is a letter and then up to 63 letters, digits, ")]
    public void A_wrong_field_is_said(string from, string to, string sentence)
    {
        var problem = Assert.Single(Problems($"[ {{ {Row.Replace(from, to)} }} ]"));

        Assert.StartsWith("claims.json:1: " + sentence, problem);
    }

    [Fact]
    public void All_mistakes_are_said_at_once() =>
        Assert.Equal(
            ["\"a\" has no \"statement\".", "\"a\" has no \"source\".", "\"a\" has no \"published\".",
                "\"a\" has no \"notebook\"."],
            Assert.Throws<PaperException>(() => Parse("""[ { "id": "a", "tolerance": { "absolute": 0 } } ]"""))
                .Problems.Select(problem => problem.Message));

    [Theory]
    [InlineData("0.000", -0.0004, "0.000")]
    [InlineData("0.000", -0.25, "−0.250")]
    [InlineData("#,##0", 12345.6, "12,346")]
    [InlineData("0.0%", 0.0123, "1.2%")]
    public void Numbers_are_written_by_the_pattern(string pattern, double value, string text) =>
        Assert.Equal(text, ClaimFormat.Parse(pattern)!.Write(value, ""));

    [Theory]
    [InlineData("0.000", 0, "0.000")]
    [InlineData("0.000", 0.0124, "+0.012")]
    [InlineData("0.000", -0.00042, "−0.00042")]
    [InlineData("0.000", -0.0005, "−0.0005")]
    [InlineData("0.0%", 0.0004, "+0.04%")]
    [InlineData("0.00", 1e-20, "+1e−20")]
    [InlineData("#,##0", -1234, "−1,234")]
    public void Differences_keep_digits_that_the_pattern_would_hide(string pattern, double value, string text) =>
        Assert.Equal(text, ClaimFormat.Parse(pattern)!.WriteDifference(value, ""));
}
