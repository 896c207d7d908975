using System.Text.Json;
using FinML.Figures.Traces;

namespace FinML.Figures.Tests.Traces;

public class DistributionTests
{
    [Fact]
    public void Silverman_s_bandwidth_is_that_of_R() =>
        // R 4: bw.nrd0(1:5)
        Assert.Equal(0.9735846, KernelDensity.Silverman([1, 2, 3, 4, 5]), 7);

    [Fact]
    public void Bandwidth_does_not_vanish_with_the_interquartile_range() =>
        Assert.True(KernelDensity.Silverman([0, 1, 1, 1, 1, 1, 1, 9]) > 0);

    [Fact]
    public void Density_of_two_points_is_the_sum_of_two_normals()
    {
        double[] density = KernelDensity.At([-1, 1], 1, [-1, 0]);
        // Densities are rounded to ten digits.
        Assert.Equal(0.24197072451914337, density[1], 1e-10);
        Assert.Equal((0.39894228040143268 + 0.053990966513188063) / 2, density[0], 1e-10);
    }

    [Fact]
    public void Density_has_area_one()
    {
        var line = (LineTrace)Figure.Create().Density(Samples.Walk(400, 1)).Panels[0].Traces[0];
        double[] x = line.X.Values;
        double area = Enumerable.Range(1, x.Length - 1).Sum(i => (x[i] - x[i - 1]) * (line.Y[i] + line.Y[i - 1]) / 2);
        Assert.Equal(1, area, 2);
    }

    [Fact]
    public void Box_is_Tukey_s()
    {
        BoxSummary box = BoxSummary.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 30]);
        Assert.Equal((1, 3.25, 5.5, 7.75, 9),
            (box.LowerWhisker, box.LowerQuartile, box.Median, box.UpperQuartile, box.UpperWhisker));
        Assert.Equal([30], box.Outliers);
    }

    [Fact]
    public void Text_and_plotly_tell_the_numbers_of_the_box()
    {
        Figure figure = Figure.Create().Box("a", [9, 1, 2, double.NaN, 3, 4, 5, 6, 7, 8, 30]);
        Assert.Contains("box: a: median 5.50, quartiles 3.25 to 7.75, whiskers 1.00 to 9.00, 1 beyond, n = 10, 1 "
            + "missing", figure.ToText());
        JsonElement trace = JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("data")[0];
        Assert.Equal(7.75, trace.GetProperty("q3")[0].GetDouble());
        Assert.Equal("[[30]]", trace.GetProperty("y").GetRawText());
    }

    [Fact]
    public void Names_at_one_label_stand_side_by_side()
    {
        Panel row = Samples.All()["box"].Panels[0];
        Assert.Equal([(0, 2), (1, 2), (0, 2), (1, 2)],
            row.Traces.Cast<DistributionTrace>().Select(t => DistributionTrace.PlaceOf(row, t)));
    }

    [Fact]
    public void Fan_is_nested_bands_of_one_name()
    {
        Panel row = Samples.All()["fan"].Panels[0];
        Assert.Equal(["line", "band", "band", "line"], row.Traces.Select(t => t.Noun));
        Assert.Equal(["95%", "75%", "25%", "5%"], row.Texts.Select(t => t.Text));
    }

    [Fact]
    public void Forest_writes_its_numbers_beside_the_lines()
    {
        string svg = Samples.All()["forest"].ToSvg();
        Assert.Contains(">0.42 [\u22120.10, 0.94]</text>", svg);
        Assert.Contains(">0.21 [0.07, 0.35]</text>", svg);
        JsonElement trace = JsonDocument.Parse(Samples.All()["forest"].ToPlotlyJson()).RootElement
            .GetProperty("data")[0];
        Assert.Equal("diamond-wide", trace.GetProperty("marker").GetProperty("symbol")[3].GetString());
        Assert.Equal(0.52, trace.GetProperty("error_x").GetProperty("array")[0].GetDouble(), 12);
    }

    public static TheoryData<string, Func<Figure>> Refused() => new()
    {
        { "the density 'a' needs at least two different values; got 2, 3 times.",
            () => Figure.Create().Density([2, 2, 2], name: "a") },
        { "The bandwidth of the density must be above 0; got -1.", () => Figure.Create().Density([1, 2], -1) },
        { "the box 'a' has no finite value.", () => Figure.Create().Box("a", [double.NaN]) },
        { "A violin needs a linear y axis.", () => Figure.Create().Violin("a", [1, 2]).YAxis(log: true) },
        { "quantiles of the fan 'forecast' is (1, 2) but there are 2 x values and 2 levels.",
            () => Figure.Create().Fan([1, 2], [0.1, 0.9], new double[,] { { 1, 2 } }) },
        { "Levels of the fan 'forecast' must be symmetric about 0.5; 0.1 has no partner.",
            () => Figure.Create().Fan([1], [0.1, 0.8], new double[,] { { 1, 2 } }) },
        { "Levels of the fan 'forecast' must rise within (0, 1); got 0 at index 0.",
            () => Figure.Create().Fan([1], [0, 1], new double[,] { { 1, 2 } }) },
        { "Quantiles of the fan 'forecast' cross at index 0: 3 at level 0.1 but 2 at level 0.9.",
            () => Figure.Create().Fan([1], [0.1, 0.9], new double[,] { { 3, 2 } }) },
        { "The label 'a' of the forest plot occurs twice.",
            () => Figure.Create().Forest(["a", "a"], [new(1, 0, 2), new(1, 0, 2)]) },
        { "The estimate 'a' of the forest plot must be finite and inside its interval; got 3 in [0, 2].",
            () => Figure.Create().Forest(["a"], [new(3, 0, 2)]) },
        { "A weight of the forest plot must be above 0; got 0 at index 0.",
            () => Figure.Create().Forest(["a"], [new(1, 0, 2)], weights: [0]) },
        { "the line cannot share a row: a forest plot stands alone; call Row() first.",
            () => Figure.Create().Forest(["a"], [new(1, 0, 2)]).Line([1.0, 2]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_input_is_refused_in_one_sentence(string sentence, Func<Figure> build) =>
        Assert.Equal(sentence, Assert.ThrowsAny<ArgumentException>(build).Message);
}
