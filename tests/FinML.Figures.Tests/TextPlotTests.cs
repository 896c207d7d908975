namespace FinML.Figures.Tests;

public class TextPlotTests
{
    [Fact]
    public void A_rising_line_runs_from_lower_left_to_upper_right()
    {
        string[] lines = TextPlot.Line([0.0, 1, 2, 3], width: 40, height: 8).Split('\n');
        int first = Array.FindIndex(lines, l => l.Any(Dot)), last = Array.FindLastIndex(lines, l => l.Any(Dot));
        Assert.Equal((0, 7), (first, last));
        Assert.True(lines[first].IndexOf(lines[first].First(Dot)) > lines[last].IndexOf(lines[last].First(Dot)) + 20);
        Assert.All(lines.Where(l => l.Any(Dot)), l => Assert.True(l.Length <= 40, l));
    }

    [Fact]
    public void Every_sample_fits_its_width_and_names_its_series()
    {
        foreach (var (name, figure) in Samples.All())
        {
            string text = figure.ToText(80, 16);
            Assert.All(text.Split('\n').Where(l => l.Any(Dot)), l => Assert.True(l.Length <= 80, $"{name}: {l}"));
            Assert.All(figure.Panels.SelectMany(row => row.Traces),
                trace => Assert.Contains((trace.Name ?? trace.Noun) + ": ", text));
        }

        Assert.Contains("30 missing", Samples.All()["gaps"].ToText());
        Assert.Contains("2019", Samples.All()["gaps"].ToText());
    }

    [Fact]
    public void Braille_cells_have_the_standard_s_bits()
    {
        var canvas = new FinML.Figures.Text.BrailleCanvas(2, 1);
        canvas.Dot(0, 0);
        canvas.Dot(1, 3);
        canvas.Dot(2, 3);
        canvas.Dot(9, 9);
        Assert.Equal("\u2881\u2840", new string(canvas.Characters()[0]));
    }

    [Fact]
    public void Sizes_out_of_range_are_refused()
    {
        Assert.Contains("30 to 400 wide; got 5",
            Assert.Throws<ArgumentOutOfRangeException>(() => TextPlot.Line([1.0], 5)).Message);
        Assert.Contains("4 to 200 high; got 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => TextPlot.Line([1.0], 50, 1)).Message);
    }

    [Theory]
    [InlineData(new double[] { 0, 1, 2, 3, 4, 5, 6, 7 }, 40, "▁▂▃▄▅▆▇█")]
    [InlineData(new double[] { 1, double.NaN, 2 }, 40, "▁ █")]
    [InlineData(new double[] { 5, 5, 5 }, 40, "▄▄▄")]
    [InlineData(new double[] { 0, 0, 7, 7 }, 2, "▁█")]
    [InlineData(new double[] { double.NaN, double.NaN }, 40, "  ")]
    public void Sparklines(double[] values, int width, string expected) =>
        Assert.Equal(expected, Sparkline.Create(values, width));

    [Fact]
    public void Sparklines_refuse_what_they_cannot_show()
    {
        Assert.Contains("at least one value", Assert.Throws<ArgumentException>(() => Sparkline.Create([])).Message);
        Assert.Contains("1 to 500 characters wide; got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => Sparkline.Create([1], 0)).Message);
    }

    private static bool Dot(char c) => c is >= '\u2801' and <= '\u28ff';
}
