using System.Text.Json;

namespace FinML.Figures.Tests.Plotly;

public class PlotlyWriterTests
{
    [Fact]
    public void Every_sample_is_a_plotly_figure()
    {
        foreach (var (name, figure) in Samples.All())
        {
            JsonElement root = JsonDocument.Parse(figure.ToPlotlyJson()).RootElement;
            Assert.Equal(["data", "layout"], root.EnumerateObject().Select(p => p.Name));
            JsonElement layout = root.GetProperty("layout");
            foreach (JsonElement trace in root.GetProperty("data").EnumerateArray())
            {
                string type = trace.GetProperty("type").GetString()!;
                Assert.Contains(type, (string[])["scatter", "bar", "heatmap", "box", "violin", "waterfall",
                    "candlestick", "contour"]);
                string axis = trace.GetProperty("yaxis").GetString()!;
                Assert.True(layout.TryGetProperty("yaxis" + axis[1..], out _), $"{name}: no axis {axis}");
                int x = trace.GetProperty("x").GetArrayLength();
                int y = trace.GetProperty(type switch { "candlestick" => "close", "box" => "q1", _ => "y" })
                    .GetArrayLength();
                Assert.True(type is "heatmap" or "contour" || x == y, name);
            }
        }
    }

    [Fact]
    public void Rows_become_y_axes_that_share_x()
    {
        JsonElement layout = Layout(Samples.All()["rows"]);
        Assert.Equal("date", layout.GetProperty("xaxis").GetProperty("type").GetString());
        Assert.Equal("y2", layout.GetProperty("xaxis").GetProperty("anchor").GetString());
        Assert.Equal("log", layout.GetProperty("yaxis").GetProperty("type").GetString());
        double[] top = Domain(layout, "yaxis"), bottom = Domain(layout, "yaxis2");
        Assert.Equal((0, 1), (bottom[0], top[1]));
        Assert.True(bottom[1] < top[0]);
        Assert.Equal(0.4, (bottom[1] - bottom[0]) / (top[1] - top[0]), 4);
    }

    [Fact]
    public void Missing_values_are_null_and_dates_ISO()
    {
        Figure figure = Figure.Create().Line(
            [new DateTime(2020, 1, 2), new DateTime(2020, 1, 3, 9, 30, 0)], [1.5, double.NaN]).YAxis("y");
        JsonElement trace = JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("data")[0];
        Assert.Equal("[\"2020-01-02\",\"2020-01-03T09:30:00\"]", trace.GetProperty("x").GetRawText());
        Assert.Equal("[1.5,null]", trace.GetProperty("y").GetRawText());
    }

    [Fact]
    public void A_band_is_two_curves_with_one_legend_entry()
    {
        Figure figure = Figure.Create().Line([1.0, 2], name: "m").Band([0.0, 1], [0.5, 1], [1.5, 3], name: "m");
        JsonElement[] data =
            [.. JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("data").EnumerateArray()];
        Assert.Equal([true, false, false], data.Select(t => t.GetProperty("showlegend").GetBoolean()));
        Assert.Equal("tonexty", data[2].GetProperty("fill").GetString());
        Assert.Equal("rgba(7,152,251,0.18)", data[2].GetProperty("fillcolor").GetString());
    }

    [Fact]
    public void Log_ranges_are_exponents_but_shapes_are_values()
    {
        JsonElement layout = Layout(Figure.Create().Line([1.0, 100]).HorizontalLine(10).Annotate(1.0, 100, "top")
            .YAxis("y", log: true, minimum: 0.1, maximum: 1000));
        Assert.Equal("[-1,3]",
            layout.GetProperty("yaxis").GetProperty("range").GetRawText().Replace("2.9999999999999996", "3"));
        Assert.Equal(10, layout.GetProperty("shapes")[0].GetProperty("y0").GetDouble());
        Assert.Equal(2, layout.GetProperty("annotations")[0].GetProperty("y").GetDouble(), 12);
    }

    [Fact]
    public void A_box_without_outliers_has_no_list_of_them_and_unnamed_ones_stand_over_their_label()
    {
        Figure figure = Figure.Create().Box("a", [1, 2, 3, 4, 5]).Box("b", [1, 2, 3, 4, 50]);
        JsonElement[] boxes = [.. JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("data").EnumerateArray()];
        Assert.False(boxes[0].TryGetProperty("y", out _));
        Assert.Equal("[[50]]", boxes[1].GetProperty("y").GetRawText());
        Assert.Equal(["all", "all"], boxes.Select(b => b.GetProperty("offsetgroup").GetString()));
    }

    [Fact]
    public void Texts_cannot_be_read_as_markup() =>
        Assert.Equal("&lt;b&gt; &amp; c", Layout(Figure.Create("<b> & c").Line([1.0, 2])).GetProperty("title")
            .GetProperty("text").GetString());

    private static JsonElement Layout(Figure figure) =>
        JsonDocument.Parse(figure.ToPlotlyJson()).RootElement.GetProperty("layout");

    private static double[] Domain(JsonElement layout, string axis) =>
        [.. layout.GetProperty(axis).GetProperty("domain").EnumerateArray().Select(v => v.GetDouble())];
}
