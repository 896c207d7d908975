using System.Xml.Linq;

namespace FinML.Figures.Tests.Tables;

public class TableTests
{
    private static readonly Table Sample = Table.Create("Performance")
        .Column("strategy")
        .Column("Sharpe", CellFormat.Fixed(2), Best.Highest, "risk-adjusted")
        .Column("PSR", CellFormat.Percent(), Best.None, "risk-adjusted")
        .Column("p", CellFormat.PValue())
        .Column("cost", CellFormat.BasisPoints(1), Best.Lowest)
        .Column("trades")
        .Row("agent <1>", new Estimate(0.42, -0.1, 0.95), 0.81, 0.00004, 0.00123, 1234567)
        .Row("hold | on", new Estimate(0.45, 0.01, 0.9), 0.95, 0.21, 0.0, 1)
        .Row("none", null, double.NaN, 1.0, 0.5, 0L)
        .Footnote("95% intervals.");

    [Fact]
    public void Text_is_the_approved_one()
    {
        string path = Path.Combine(Svg.SvgFigureTests.Approved(), "table.txt");
        if (Environment.GetEnvironmentVariable("APPROVE_FIGURES") == "1")
            File.WriteAllText(path, Sample.ToText());
        Assert.Equal(File.ReadAllText(path), Sample.ToText());
    }

    [Fact]
    public void Lines_of_the_text_have_one_width()
    {
        string[] lines = Sample.ToText().Split('\n');
        int width = lines[4].Length;
        Assert.All(lines[5..8], l => Assert.Equal(width, l.Length));
        Assert.Contains("0.42 [-0.10, 0.95]", lines[5]);
        Assert.Contains("0.45 [0.01, 0.90]*", lines[6]);
        Assert.Contains("<0.001", lines[5]);
        Assert.Equal("none", lines[7].Split(' ')[0]);
        Assert.Equal(2, lines[7].Count(c => c == '–'));
    }

    [Fact]
    public void Html_is_well_formed_escaped_and_says_groups_and_best()
    {
        string html = Sample.ToHtml();
        XElement root = XElement.Parse($"<div>{html}</div>");
        Assert.Equal(3, root.Descendants("tbody").Elements("tr").Count());
        Assert.Equal("2", root.Descendants("th").Single(e => e.Value == "risk-adjusted").Attribute("colspan")?.Value);
        Assert.Equal(["0.45 [0.01, 0.90]", "0.0 bp"],
            root.Descendants("td").Where(e => e.Attribute("class")?.Value.Contains("finml-best") == true)
                .Select(e => e.Value));
        Assert.Contains("agent &lt;1&gt;", html);
        Assert.Equal("95% intervals.", root.Descendants("tfoot").Single().Value.Trim());
    }

    [Fact]
    public void Markdown_has_a_cell_for_every_column()
    {
        string[] lines = Sample.ToMarkdown().Split('\n');
        Assert.Equal("| strategy | risk-adjusted: Sharpe | risk-adjusted: PSR | p | cost | trades |", lines[2]);
        Assert.Equal("|---|---:|---:|---:|---:|---:|", lines[3]);
        Assert.Equal(@"| hold \| on | **0.45 [0.01, 0.90]** | 95.0% | 0.210 | **0.0 bp** | 1 |", lines[5]);
    }

    [Fact]
    public void Output_does_not_depend_on_the_culture() => Assert.Equal(
        Sample.ToHtml() + Sample.ToText(), Samples.In(Samples.CommaCulture(), () => Sample.ToHtml() + Sample.ToText()));

    public static TheoryData<CellFormat, double, string> Formats() => new()
    {
        { CellFormat.Significant(), 0.0123456, "0.0123" },
        { CellFormat.Significant(), 12345.6, "12,300" },
        { CellFormat.Significant(), 9.996, "10.0" },
        { CellFormat.Significant(), 1.5e-9, "1.50e-9" },
        { CellFormat.Significant(2), -0.055, "-0.055" },
        { CellFormat.Significant(), 0, "0" },
        { CellFormat.Fixed(2), -0.001, "0.00" },
        { CellFormat.Fixed(0), 1234.6, "1,235" },
        { CellFormat.Percent(1), -0.0123, "-1.2%" },
        { CellFormat.BasisPoints(), 0.0012, "12 bp" },
        { CellFormat.PValue(), 0.0004, "<0.001" },
        { CellFormat.PValue(), 0, "<0.001" },
        { CellFormat.PValue(2), 0.049, "0.05" },
        { CellFormat.Fixed(1), double.NaN, "–" },
        { CellFormat.Fixed(1), double.NegativeInfinity, "-∞" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Numbers_are_written_in_the_column_s_format(CellFormat format, double value, string expected) =>
        Assert.Equal(expected, format.Write(value));

    [Fact]
    public void Dates_flags_and_integers_are_cells_too()
    {
        string text = Table.Create().Column("a").Column("b").Column("c").Column("d")
            .Row(new DateTime(2020, 1, 2), new DateTime(2020, 1, 2, 9, 30, 0), true, 123456).ToText();
        Assert.Contains("2020-01-02  2020-01-02 09:30:00  yes  123,456", text);
    }

    [Fact]
    public void Bad_input_is_refused_in_one_sentence()
    {
        Table two = Table.Create().Column("a").Column("p", CellFormat.PValue());
        Assert.Equal("A row needs 2 cells, one a column; got 1. (Parameter 'cells')",
            Assert.Throws<ArgumentException>(() => two.Row(1)).Message);
        Assert.Equal("A p-value lies in [0, 1]; got 1.5.",
            Assert.Throws<ArgumentException>(() => two.Row(1, 1.5)).Message);
        Assert.StartsWith("The interval in column 'a' runs downwards: [2, 1].",
            Assert.Throws<ArgumentException>(() => two.Row(new Estimate(1.5, 2, 1), 0.5)).Message);
        Assert.Equal("Column 'b' comes after 1 rows; add all columns first.",
            Assert.Throws<InvalidOperationException>(() => two.Row(1, 0.5).Column("b")).Message);
        Assert.Contains("no columns", Assert.Throws<InvalidOperationException>(() => Table.Create().ToHtml()).Message);
        Assert.Contains("Digits must be 1 to 15; got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => CellFormat.Significant(0)).Message);
    }

    [Fact]
    public void A_long_table_has_all_rows_and_says_how_many_a_page_has()
    {
        Table table = Table.Create().Column("n");
        for (int i = 0; i < 30; i++)
            table = table.Row(i);

        Assert.Contains("<script data-rows=\"10\">", table.ToPagedHtml(10));
        Assert.Equal(32, table.ToPagedHtml(10).Split("<tr").Length);
        Assert.DoesNotContain("data-rows=", table.ToPagedHtml(30));
        Assert.Contains("5 to 1,000 rows; got 4",
            Assert.Throws<ArgumentOutOfRangeException>(() => table.ToPagedHtml(4)).Message);
    }
}
