using System.Xml.Linq;

namespace FinML.Figures.Tests.Tables;

public class MeasurementTests
{
    [Theory]
    [InlineData(0.42137, 0.0319, "0.421 (0.032)")]
    [InlineData(0.42137, 0.0996, "0.42 (0.10)")]
    [InlineData(-1.5, 2.04, "-1.5 (2.0)")]
    [InlineData(12345.6, 234.5, "12,350 (230)")]
    [InlineData(12345.6, 23.45, "12,346 (23)")]
    [InlineData(3, 0.00012, "3.00000 (0.00012)")]
    [InlineData(double.NaN, 1, "–")]
    public void Digits_follow_the_standard_error(double value, double error, string expected) =>
        Assert.Contains(expected, Cell(new Measurement(value, error)));

    [Theory]
    [InlineData(0.0099, "1.00 (0.10)‡")]
    [InlineData(0.01, "1.00 (0.10)†")]
    [InlineData(0.05, "1.00 (0.10)")]
    public void Marks_are_computed_from_the_p_value(double p, string expected) =>
        Assert.Equal(expected, Cell(new Measurement(1, 0.1, p)).Split('\n')[2]);

    [Fact]
    public void Marks_are_explained_only_where_there_are_any()
    {
        Assert.Contains("† p < 0.05, ‡ p < 0.01", Cell(new Measurement(1, 0.1, 0.02)));
        Assert.DoesNotContain("†", Cell(new Measurement(1, 0.1, 0.2)));
    }

    [Fact]
    public void The_best_of_measurements_is_marked() => Assert.Contains("2.00 (0.10)*", Table.Create()
        .Column("a", best: Best.Highest).Row(new Measurement(1, 0.1)).Row(new Measurement(2, 0.1)).ToText());

    // \textquotedbl is an error in the encoding that a document has if it names none.
    [Fact]
    public void Quotes_need_no_package_in_latex() =>
        Assert.Contains(@"\caption{the ''net'' one}", Table.Create("the \"net\" one").Column("a").Row(1).ToLatex());

    [Fact]
    public void Latex_is_booktabs_with_everything_escaped()
    {
        string tex = Table.Create("100% of $x_1$ & more").Column("strategy")
            .Column("Sharpe", CellFormat.Fixed(2), Best.Highest, "risk {adj.}")
            .Column("p", CellFormat.PValue(), group: "risk {adj.}")
            .Row("a\\b^~#", -0.5, 0.0001).Row("[x]", new Estimate(0.5, -0.1, 1), null).Footnote("5% level")
            .ToLatex("tab:a_1");
        Assert.Equal("""
            \begin{table}[t]
            \centering
            \caption{100\% of \$x\_1\$ \& more}
            \label{tab:a_1}
            \begin{tabular}{lrr}
            \toprule
             & \multicolumn{2}{c}{risk \{adj.\}} \\
            \cmidrule(lr){2-3}
            strategy & Sharpe & p \\
            \midrule
            a\textbackslash{}b\textasciicircum{}\textasciitilde{}\# & $-$0.50 & $<$0.001 \\
            {[}x{]} & \textbf{0.50 {[}$-$0.10, 1.00{]}} & -- \\
            \bottomrule
            \end{tabular}

            \smallskip{\footnotesize 5\% level}
            \end{table}

            """, tex);
    }

    [Fact]
    public void Sortable_cells_carry_their_numbers_and_the_plain_table_no_script()
    {
        Table table = Table.Create().Column("name").Column("a", CellFormat.Percent())
            .Row("<b>", 0.12345).Row("c", null).Row("d", double.PositiveInfinity);
        XElement root = XElement.Parse($"<div>{table.ToHtml(sortable: true)}</div>");
        Assert.Equal(["0.12345", "", "Infinity"],
            root.Descendants("td").Attributes("data-value").Select(a => a.Value));
        Assert.Equal("script", ((XElement)root.Element("table")!.NextNode!).Name.LocalName);
        Assert.DoesNotContain("script", table.ToHtml());
        Assert.DoesNotContain("data-value", table.ToHtml());
    }

    [Fact]
    public void Bad_input_is_refused_in_one_sentence()
    {
        Assert.Equal("A measurement in column 'a' needs a finite value and a standard error above 0; got 1 and 0.",
            Assert.Throws<ArgumentException>(() => Cell(new Measurement(1, 0))).Message);
        Assert.Equal("A p-value lies in [0, 1]; got 2 in column 'a'.",
            Assert.Throws<ArgumentException>(() => Cell(new Measurement(1, 1, 2))).Message);
        Assert.Equal("A LaTeX label has letters, digits and : . - _ / only; got 'a}b'. (Parameter 'label')",
            Assert.Throws<ArgumentException>(() => Table.Create().Column("a").ToLatex("a}b")).Message);
    }

    private static string Cell(Measurement measurement) => Table.Create().Column("a").Row(measurement).ToText();
}
