using System.Text.Json;
using FinML.Figures.Svg;

namespace FinML.Figures.Tests;

public class PaletteTests
{
    // Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
    private static readonly double[][] Normal = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

    private static readonly double[][] Deuteranopia =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    private static readonly double[][] Protanopia =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];

    private static readonly double[][] Tritanopia =
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];

    private static readonly double[][][] AllEyes = [Normal, Deuteranopia, Protanopia, Tritanopia];

    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#0d1117")]
    [InlineData("#1e1e1e")]
    public void Every_colour_has_a_contrast_of_3_and_stands_out_for_all_eyes_on(string page)
    {
        foreach (string color in Enum.GetValues<SeriesPalette>().SelectMany(Palette.Of))
        {
            Assert.True(Palette.Contrast(color, page) >= 3, $"{color} on {page}");
            Assert.All(AllEyes, eye => Assert.True(Distance(color, page, eye) >= 30, $"{color} on {page}"));
        }
    }

    [Fact]
    public void The_default_colours_are_25_apart_but_18_for_tritanopes()
    {
        Assert.All((double[][][])[Normal, Deuteranopia, Protanopia], eye =>
            Assert.True(Least(Palette.Colors, eye) >= 25));
        Assert.InRange(Least(Palette.Colors, Tritanopia), 18, 23);
    }

    [Fact]
    public void The_colour_blind_palette_has_eight_colours_23_apart_for_all_eyes()
    {
        IReadOnlyList<string> colors = Palette.Of(SeriesPalette.ColorBlind);
        Assert.Equal(8, colors.Count);
        Assert.All(AllEyes, eye => Assert.True(Least(colors, eye) >= 23, $"{Least(colors, eye)}"));
        // Okabe and Ito (2008), the usual choice, for comparison.
        string[] usual =
            ["#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"];
        Assert.InRange(AllEyes.Min(eye => Least(usual, eye)), 16, 17);
    }

    [Fact]
    public void Lines_of_the_colour_blind_palette_differ_without_any_colour()
    {
        Figure figure = Figure.Create().WithPalette(SeriesPalette.ColorBlind);
        for (int i = 0; i < 8; i++)
            figure = figure.Line(Enumerable.Range(0, 400), Samples.Walk(400, (uint)i), $"line {i}");
        SeriesStyle[] styles = SeriesStyle.Assign(figure)[0];
        Assert.Equal(8, styles.Select(s => s.Marker).Distinct().Count());
        Assert.Equal(5, styles.Take(5).Select(s => s.Dash).Distinct().Count());
        JsonElement[] traces =
            [.. JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("data").EnumerateArray()];
        Assert.All(traces, t => Assert.Equal("lines+markers", t.GetProperty("mode").GetString()));
        Assert.Equal(
            8, traces.Select(t => t.GetProperty("marker").GetProperty("symbol").GetString()).Distinct().Count());
        // Each line's markers are one filled path in the plot, and its key one in the legend.
        string svg = figure.ToSvg();
        Assert.All(Palette.Of(SeriesPalette.ColorBlind), color =>
            Assert.Equal(2, svg.Split($"z\" fill=\"{color}\"").Length - 1));
        Assert.DoesNotContain($"z\" fill=\"{Palette.Colors[0]}\"",
            Figure.Create().Line(Samples.Walk(400, 1), "line").ToSvg());
    }

    [Fact]
    public void Another_palette_is_refused() => Assert.Equal(
        "A figure's palette must be Default or ColorBlind; got 5. (Parameter 'palette')",
        Assert.Throws<ArgumentOutOfRangeException>(() => Figure.Create().WithPalette((SeriesPalette)5)).Message);

    [Fact]
    public void Scales_rise_and_fall_in_lightness_for_all_eyes()
    {
        foreach (double[][] eye in AllEyes)
        {
            double[] sequential = Lightness(false, eye), diverging = Lightness(true, eye);
            Assert.All(Enumerable.Range(1, 64), i => Assert.True(sequential[i] > sequential[i - 1]));
            Assert.All(Enumerable.Range(1, 32), i => Assert.True(diverging[i] > diverging[i - 1]));
            Assert.All(Enumerable.Range(33, 32), i => Assert.True(diverging[i] < diverging[i - 1]));
            // The sign is told by hue: any two colours as far from zero are different ones.
            Assert.All(Enumerable.Range(1, 24), i => Assert.True(
                Distance(Palette.Scale(true, 0.5 - i / 48.0), Palette.Scale(true, 0.5 + i / 48.0), eye) >= i));
        }

        static double[] Lightness(bool diverging, double[][] eye) =>
            [.. Enumerable.Range(0, 65).Select(i => Lab(Palette.Scale(diverging, i / 64.0), eye).L)];
    }

    [Fact]
    public void The_measure_tells_red_from_green_only_for_normal_eyes()
    {
        Assert.True(Distance("#b04030", "#607818", Normal) > 40);
        Assert.True(Distance("#b04030", "#607818", Deuteranopia) < 20);
    }

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)] // WCAG's well-known grey that just fails 4.5
    public void Contrast_is_WCAGs(string a, string b, double expected) =>
        Assert.Equal(expected, Palette.Contrast(a, b), 2);

    [Fact]
    public void Pairs_of_colour_and_dash_repeat_late()
    {
        var pairs = Enumerable.Range(0, 14).Select(i => (Palette.ColorOf(i), Palette.DashOf(i))).ToArray();
        Assert.Equal(14, pairs.Distinct().Count());
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    public void Other_notations_are_refused(string color) => Assert.Contains($"#rrggbb; got '{color}'",
        Assert.Throws<ArgumentException>(() => Figure.Create().Line([0.0, 1], [1.0, 2], color: color)).Message);

    /// <summary>CIE76: 2.3 is a just noticeable difference, 20 is another colour also in a thin line.</summary>
    private static double Least(IReadOnlyList<string> colors, double[][] eye) =>
        Enumerable.Range(0, colors.Count).SelectMany(i => Enumerable.Range(0, i), (i, j) => (i, j))
            .Min(pair => Distance(colors[pair.i], colors[pair.j], eye));

    private static double Distance(string first, string second, double[][] eye)
    {
        var (l1, a1, b1) = Lab(first, eye);
        var (l2, a2, b2) = Lab(second, eye);
        return Math.Sqrt((l1 - l2) * (l1 - l2) + (a1 - a2) * (a1 - a2) + (b1 - b2) * (b1 - b2));
    }

    private static (double L, double A, double B) Lab(string color, double[][] eye)
    {
        var (red, green, blue) = Palette.Parse(color);
        double[] rgb = [Palette.Linear(red), Palette.Linear(green), Palette.Linear(blue)];
        double[] seen = [.. eye.Select(row => Math.Clamp(row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2], 0, 1))];
        // sRGB to XYZ relative to D65.
        double x = F((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
        double y = F(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
        double z = F((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
        return (116 * y - 16, 500 * (x - y), 200 * (y - z));

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
