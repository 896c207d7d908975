using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace FinML.Figures.Tests.Svg;

public class SvgFigureTests
{
    /// <summary>
    /// SHA-256 of the SVG of each sample. The hashes were made in other processes, so equality is what a second process
    /// and a second machine must give. After a wanted change of looks, look at the pictures and run the tests with
    /// APPROVE_FIGURES=1.
    /// </summary>
    [Fact]
    public void Bytes_are_those_that_were_approved()
    {
        string path = Path.Combine(Approved(), "svg-hashes.txt");
        var lines = Samples.All().Select(s => $"{s.Key} {Hash(s.Value.ToSvg())} {Hash(s.Value.ToPlotlyJson())}");
        string actual = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE_FIGURES") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    [Fact]
    public void Bytes_do_not_depend_on_the_culture()
    {
        foreach (var (name, figure) in Samples.All())
        {
            string here = figure.ToSvg() + figure.ToPlotlyJson() + figure.ToText();
            string there = Samples.In(Samples.CommaCulture(), () =>
                figure.ToSvg() + figure.ToPlotlyJson() + figure.ToText());
            Assert.True(here == there, name);
        }
    }

    [Theory]
    [InlineData(Theme.Auto)]
    [InlineData(Theme.Light)]
    [InlineData(Theme.Dark)]
    [InlineData(Theme.Print)]
    public void Svg_is_well_formed_with_title_and_description(Theme theme)
    {
        foreach (var (name, figure) in Samples.All())
        {
            XElement root = XDocument.Parse(figure.ToSvg(theme)).Root!;
            XNamespace svg = "http://www.w3.org/2000/svg";
            Assert.Equal(svg + "svg", root.Name);
            Assert.Equal("img", root.Attribute("role")?.Value);
            Assert.False(string.IsNullOrEmpty(root.Element(svg + "title")?.Value), name);
            Assert.False(string.IsNullOrEmpty(root.Element(svg + "desc")?.Value), name);
            Assert.DoesNotContain("NaN", root.ToString());
        }
    }

    [Fact]
    public void Texts_are_escaped()
    {
        string evil = "<script>alert('x')</script> & \"q\" \u0001";
        Figure figure = Figure.Create(evil).WithSubtitle(evil).WithCaption(evil)
            .Line([1.0, 2], name: evil).Line([2.0, 1], name: "b" + evil)
            .XAxis(evil).YAxis(evil).Annotate(1.0, 2, evil).HorizontalLine(1.5, evil);
        XDocument document = XDocument.Parse(figure.ToSvg(new SvgOptions { Width = 2000, Height = 1000 }));
        Assert.DoesNotContain(document.Descendants(), e => e.Name.LocalName == "script");
        Assert.Contains("<script>alert('x')</script> & \"q\" \uFFFD", document.Root!.Value);
    }

    [Fact]
    public void Identifiers_differ_between_figures_and_stay_for_one()
    {
        var ids = Samples.All().Values.Select(f => XDocument.Parse(f.ToSvg()).Root!.Attribute("id")!.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids, Samples.All().Values.Select(f => XDocument.Parse(f.ToSvg()).Root!.Attribute("id")!.Value));
        Assert.All(ids, id => Assert.Matches("^f[0-9a-f]{10}$", id));
    }

    [Fact]
    public void Every_rule_and_reference_is_scoped_to_the_figure()
    {
        string svg = Samples.All()["rows"].ToSvg();
        string id = XDocument.Parse(svg).Root!.Attribute("id")!.Value;
        Assert.All(System.Text.RegularExpressions.Regex.Matches(svg, "url\\(#([^)]*)\\)"), m =>
            Assert.StartsWith(id, m.Groups[1].Value));
        int start = svg.IndexOf("<style>", StringComparison.Ordinal);
        string style = svg[start..svg.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.All(style.Split('}', StringSplitOptions.RemoveEmptyEntries), rule => Assert.Contains($"#{id} .", rule));
        Assert.Contains("prefers-color-scheme:dark", style);
    }

    [Fact]
    public void Four_lines_of_5000_points_stay_under_150_kB()
    {
        DateTime[] days = [.. Enumerable.Range(0, 5000).Select(i => new DateTime(2000, 1, 3).AddDays(i))];
        Figure figure = Figure.Create("Long");
        for (uint k = 1; k <= 4; k++)
            figure = figure.Line(days, Samples.Walk(5000, k * 7919), name: $"line {k}");
        Assert.InRange(Encoding.UTF8.GetByteCount(figure.ToSvg()), 10_000, 150_000);
    }

    [Fact]
    public void A_gap_breaks_the_line_and_is_stated()
    {
        string svg = Figure.Create().Line([1.0, 2, double.NaN, 3, 4, double.PositiveInfinity, 5, 6]).ToSvg();
        XElement line = XDocument.Parse(svg).Descendants()
            .First(e => e.Attribute("stroke")?.Value == Palette.Colors[0] && e.Attribute("fill")?.Value == "none");
        Assert.Equal(3, line.Attribute("d")!.Value.Count(c => c == 'M'));
        Assert.Contains("2 missing and left as gaps", svg);
    }

    [Fact]
    public void A_figure_without_data_is_refused_with_the_row() =>
        Assert.Equal("Row 2 of 2 of the figure has no data to draw.",
            Assert.Throws<InvalidOperationException>(() => Figure.Create().Line([1.0, 2]).Row().ToSvg()).Message);

    [Fact]
    public void Options_out_of_range_are_refused() =>
        Assert.Contains("120 to 4000 pixels; got 3", Assert.Throws<ArgumentOutOfRangeException>(
            () => Figure.Create().Line([1.0, 2]).ToSvg(new SvgOptions { Width = 3 })).Message);

    [Fact]
    public void Extreme_values_are_drawn()
    {
        foreach (double[] y in (double[][])
            [[1e308, -1e308], [1e-300, 2e-300], [5], [0, 0], [-3, -3], [1e15, 1e15 + 2], [double.Epsilon, 1]])
        {
            XDocument.Parse(Figure.Create().Line(y).ToSvg());
            Assert.NotEmpty(Figure.Create().Line(y).ToText());
        }

        XDocument.Parse(Figure.Create().Line([1e-300, 1e300]).YAxis(log: true).ToSvg());
        XDocument.Parse(Figure.Create().Line([DateTime.MinValue, DateTime.MaxValue], [1.0, 2]).ToSvg());
        XDocument.Parse(Figure.Create().Line([new DateTime(2020, 1, 1)], [1.0]).ToSvg());
    }

    internal static string Approved() => Path.Combine(Path.GetDirectoryName(Here())!, "..", "Approved");

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
