namespace FinML.Figures.Tests;

public class PaletteTests
{
    // Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
    private static readonly double[][] Normal = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

    private static readonly double[][] Deuteranopia =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    private static readonly double[][] Protanopia =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];

    [Theory]
    [InlineData("#ffffff")]
    [InlineData("#0d1117")]
    [InlineData("#1e1e1e")]
    public void Every_colour_has_a_contrast_of_3_on(string page) =>
        Assert.All(Palette.Colors, color => Assert.True(Palette.Contrast(color, page) >= 3, $"{color} on {page}"));

    [Fact]
    public void Any_two_colours_are_20_apart_for_all_eyes()
    {
        // CIE76; 2.3 is a just noticeable difference, 20 is another colour also in a thin line.
        foreach (double[][] eye in (double[][][])[Normal, Deuteranopia, Protanopia])
        {
            for (int i = 0; i < Palette.Colors.Count; i++)
            {
                for (int j = 0; j < i; j++)
                    Assert.True(Distance(Palette.Colors[i], Palette.Colors[j], eye) >= 20,
                        $"{Palette.Colors[i]} {Palette.Colors[j]}");
            }
        }
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

    [Fact]
    public void Sequential_scale_rises_in_lightness()
    {
        double[] luminance =
            [.. Enumerable.Range(0, 33).Select(i => Palette.Luminance(Palette.Scale(false, i / 32.0)))];
        Assert.Equal(luminance.Order(), luminance);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    public void Other_notations_are_refused(string color) => Assert.Contains($"#rrggbb; got '{color}'",
        Assert.Throws<ArgumentException>(() => Figure.Create().Line([0.0, 1], [1.0, 2], color: color)).Message);

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
