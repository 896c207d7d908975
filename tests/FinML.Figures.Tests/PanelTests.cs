using System.Text.Json;
using System.Text.RegularExpressions;
using FinML.Figures.Svg;
using FinML.Figures.Tests.Svg;

namespace FinML.Figures.Tests;

public partial class PanelTests
{
    private static readonly DateTime[] Days = Samples.Days[..100];

    [Fact]
    public void Rows_are_the_grid_of_one_column()
    {
        Figure rows = Figure.Create("t").Line(Days, Samples.Walk(100, 1), "a").YAxis("one").Shade(Days[3], Days[9], "s")
            .Row(0.4, "lower").Line(Days, Samples.Walk(100, 2), "b").YAxis("two").XAxis("day");
        Figure grid = Figure.Create("t").Grid(1, AxisSharing.All, AxisSharing.None, oneColorBar: false)
            .Line(Days, Samples.Walk(100, 1), "a").YAxis("one").Shade(Days[3], Days[9], "s")
            .Row(0.4, "lower").Line(Days, Samples.Walk(100, 2), "b").YAxis("two").XAxis("day");
        Assert.Equal(rows.ToSvg(), grid.ToSvg());
        Assert.Equal(rows.ToPlotlyJson(), grid.ToPlotlyJson());
        Assert.Equal(rows.ToText(), grid.ToText());
    }

    [Fact]
    public void Panels_fill_the_grid_row_by_row_and_Row_ends_a_row_early()
    {
        Figure figure = Many(2, 5);
        Assert.Equal((3, 2, 5), (figure.RowCount, figure.ColumnCount, figure.PanelCount));
        figure = figure.Row(0.5, "own").Line([1.0, 2]).Panel("beside").Line([1.0, 2]);
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (3, 0), (3, 1)],
            figure.Panels.Select(p => (p.Row, p.Column)));
        Assert.Equal([0.5, 0.5], figure.Panels.TakeLast(2).Select(p => p.Height));
    }

    [Theory]
    [InlineData(AxisSharing.All, AxisSharing.All)]
    [InlineData(AxisSharing.Aligned, AxisSharing.Aligned)]
    [InlineData(AxisSharing.None, AxisSharing.None)]
    [InlineData(AxisSharing.All, AxisSharing.None)]
    public void Shared_axes_show_the_data_of_all_who_share_them(AxisSharing x, AxisSharing y)
    {
        // The panel in row r and column c holds x from 0 to 10 (c + 1) and y from 0 to 100 (r + 1) + c.
        Figure figure = Figure.Create().Grid(2, x, y);
        for (int i = 0; i < 4; i++)
            figure = figure.Panel().Line([0.0, 10 * (i % 2 + 1)], [0.0, 100 * (i / 2 + 1) + i % 2]);
        FigureLayout layout = Layout(figure);
        for (int i = 0; i < 4; i++)
        {
            double dataX = x == AxisSharing.All ? 20 : 10 * (i % 2 + 1);
            double dataY = y switch
            {
                AxisSharing.All => 201,
                AxisSharing.Aligned => 100 * (i / 2 + 1) + 1,
                _ => 100 * (i / 2 + 1) + i % 2,
            };
            Assert.Equal(dataX * 1.01, layout.X[i].Maximum, 9); // the axis ends a margin beyond the data
            Assert.Equal(dataY * 1.04, layout.YLabels[i].Scale.Maximum, 9);
        }
    }

    [Theory]
    [InlineData(AxisSharing.All, AxisSharing.All, 2, 3)]
    [InlineData(AxisSharing.Aligned, AxisSharing.Aligned, 2, 3)]
    [InlineData(AxisSharing.None, AxisSharing.None, 6, 6)]
    public void Ticks_are_labelled_at_the_outer_edges_of_what_is_shared(
        AxisSharing x, AxisSharing y, int labelledX, int labelledY)
    {
        Figure figure = Many(2, 6, x, y);
        Assert.Equal(labelledX, figure.Panels.Count(figure.LabelsX));
        Assert.Equal(labelledY, figure.Panels.Count(figure.LabelsY));
    }

    [Fact]
    public void A_column_that_ends_early_is_labelled_where_it_ends()
    {
        Figure figure = Many(3, 5);
        Assert.Equal([2, 3, 4], figure.Panels.Where(figure.LabelsX).Select(p => p.Index));
        Assert.Null(TextOverlapTests.Fault(figure));
    }

    [Fact]
    public void Plots_of_a_column_stand_in_line_and_widths_are_as_asked()
    {
        FigureLayout layout = Layout(Figure.Create().Grid(2, y: AxisSharing.None, widths: [3, 1])
            .Panel().Line([1.0, 2]).YAxis("a title").Panel().Line([1000.0, 2000]).Panel().Line([1e6, 2e6]).Panel()
            .Line([1.0, 2]));
        Assert.Equal((layout.Plots[0].Left, layout.Plots[1].Right), (layout.Plots[2].Left, layout.Plots[3].Right));
        Assert.Equal(layout.Plots[0].Bottom, layout.Plots[1].Bottom);
        Assert.Equal(3, layout.Plots[0].Width / layout.Plots[1].Width, 6);
        Assert.True(layout.Plots[1].Left > layout.Plots[0].Right && layout.Plots[2].Top > layout.Plots[0].Bottom);
    }

    [Fact]
    public void Panels_with_axes_of_their_own_may_hold_dates_numbers_and_labels()
    {
        Figure figure = Samples.All()["own-axes"];
        JsonElement layout = Plot(figure).GetProperty("layout");
        Assert.Equal(["date", "log", "category", "linear"], ((string[])["xaxis", "xaxis2", "xaxis3", "xaxis4"])
            .Select(axis => layout.GetProperty(axis).GetProperty("type").GetString()));
        Assert.Equal(["linear", "log", "linear", "category"], ((string[])["yaxis", "yaxis2", "yaxis3", "yaxis4"])
            .Select(axis => layout.GetProperty(axis).GetProperty("type").GetString()));
    }

    [Fact]
    public void Plotly_axes_stand_where_the_picture_has_them_and_match_where_they_are_shared()
    {
        Figure figure = Many(3, 6);
        FigureLayout picture = Layout(figure);
        JsonElement root = Plot(figure), layout = root.GetProperty("layout");
        Assert.Equal(["x", "x2", "x3", "x", "x2", "x3"],
            root.GetProperty("data").EnumerateArray().Select(t => t.GetProperty("xaxis").GetString()));
        Assert.Equal("y4", layout.GetProperty("xaxis").GetProperty("anchor").GetString());
        for (int i = 0; i < 6; i++)
        {
            string number = i == 0 ? "" : (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            JsonElement y = layout.GetProperty("yaxis" + number);
            Assert.Equal(i > 0, y.TryGetProperty("matches", out JsonElement first) && first.GetString() == "y");
            Assert.Equal(i % 3 > 0, y.TryGetProperty("showticklabels", out JsonElement shown) && !shown.GetBoolean());
            double top = y.GetProperty("domain")[1].GetDouble();
            Assert.Equal((picture.All.Bottom - picture.Plots[i].Top) / picture.All.Height, top, 5);
        }

        Assert.Equal("x", layout.GetProperty("xaxis3").GetProperty("matches").GetString());
        Assert.False(layout.TryGetProperty("xaxis4", out _));
        double[] right = [.. ((string[])["xaxis", "xaxis2", "xaxis3"])
            .Select(axis => layout.GetProperty(axis).GetProperty("domain")[1].GetDouble())];
        Assert.Equal(right.Order(), right);
        Assert.Equal(1, right[2]);
    }

    [Fact]
    public void Marks_of_an_x_axis_stand_in_all_its_panels_and_are_named_once()
    {
        Figure figure = Many(2, 4, AxisSharing.Aligned).VerticalLine(50.0, "split")
            .Shade(10.0, 20.0, "once", allRows: false);
        JsonElement[] shapes = [.. Plot(figure).GetProperty("layout").GetProperty("shapes").EnumerateArray()];
        Assert.Equal([("x2", "y4 domain"), ("x2", "y2 domain"), ("x2", "y4 domain")],
            shapes.Select(s => (s.GetProperty("xref").GetString(), s.GetProperty("yref").GetString())));
        Assert.Single(LabelOf().Matches(figure.ToSvg()));
        Assert.Equal(1, shapes.Count(s => s.TryGetProperty("label", out JsonElement l)
            && l.GetProperty("text").GetString() == "split"));
    }

    [Fact]
    public void Heatmaps_of_a_grid_have_one_range_and_one_colour_bar()
    {
        string[] names = ["a", "b"];
        Figure figure = Figure.Create().Grid(2)
            .Panel().Heatmap(names, names, new double[,] { { 0.25, 0.5 }, { 0.5, 0.25 } }, colorBarTitle: "corr")
            .Panel().Heatmap(names, names, new double[,] { { -0.75, 0 }, { 0, 0.5 } }, colorBarTitle: "corr");
        JsonElement root = Plot(figure), axis = root.GetProperty("layout").GetProperty("coloraxis");
        Assert.Equal((-0.75, 0.75), (axis.GetProperty("cmin").GetDouble(), axis.GetProperty("cmax").GetDouble()));
        Assert.All(root.GetProperty("data").EnumerateArray(), t =>
        {
            Assert.Equal("coloraxis", t.GetProperty("coloraxis").GetString());
            Assert.False(t.TryGetProperty("colorbar", out _) || t.TryGetProperty("zmin", out _));
        });
        Assert.Single(CorrelationOf().Matches(figure.ToSvg()));
        Figure own = Figure.Create().Grid(2, oneColorBar: false)
            .Panel().Heatmap(names, names, new double[,] { { 0.25, 0.5 }, { 0.5, 0.25 } }, colorBarTitle: "corr")
            .Panel().Heatmap(names, names, new double[,] { { -0.75, 0 }, { 0, 0.5 } }, colorBarTitle: "corr");
        Assert.Equal(2, CorrelationOf().Count(own.ToSvg()));
        Assert.Equal([0.5, 0.75], Plot(own).GetProperty("data").EnumerateArray()
            .Select(t => t.GetProperty("zmax").GetDouble()));
    }

    [Fact]
    public void A_facet_is_a_panel_for_each_item()
    {
        Figure facets = Figure.Create().Grid(2)
            .Facet([1u, 2u, 3u], seed => $"seed {seed}", (f, seed) => f.Line(Samples.Walk(50, seed), "walk"));
        Figure panels = Figure.Create().Grid(2);
        foreach (uint seed in (uint[])[1, 2, 3])
            panels = panels.Panel($"seed {seed}").Line(Samples.Walk(50, seed), "walk");
        Assert.Equal(panels.ToSvg(), facets.ToSvg());
    }

    [Fact]
    public void No_texts_of_any_grid_touch()
    {
        // The last two were found among 2,500.
        foreach (int seed in (int[])[.. Enumerable.Range(0, 60), 258, 2188])
        {
            Figure figure = RandomFigures.Grid(seed);
            string? fault = TextOverlapTests.Fault(figure);
            Assert.True(fault is null, $"seed {seed}: {fault}");
            Plot(figure);
        }
    }

    [Fact]
    public void A_grid_in_text_is_one_plot_below_the_other()
    {
        string text = Many(2, 2, AxisSharing.None).ToText();
        Assert.Equal(2, text.Split('└').Length - 1); // each has an x axis of its own
        Assert.Single(Many(2, 2).ToText().Split('└')[1..]);
        Assert.True(text.IndexOf("panel 0", StringComparison.Ordinal)
            < text.IndexOf("panel 1", StringComparison.Ordinal));
    }

    public static TheoryData<string, Func<Figure>> Refused() => new()
    {
        { "A grid has 1 to 12 columns; got 0. (Parameter 'columns')", () => Figure.Create().Grid(0) },
        { "A grid has 1 to 12 columns; got 13. (Parameter 'columns')", () => Figure.Create().Grid(13) },
        { "A grid of 3 columns needs as many widths; got 2.", () => Figure.Create().Grid(3, widths: [1, 2]) },
        { "The width of a column must be above 0; got -1.", () => Figure.Create().Grid(2, widths: [1, -1]) },
        { "Sharing of the y axis must be All, Aligned or None; got 7. (Parameter 'y')",
            () => Figure.Create().Grid(2, y: (AxisSharing)7) },
        { "Grid must be called before the first panel has data.", () => Figure.Create().Line([1.0, 2]).Grid(2) },
        { "Panel 2 of 2 of the figure has no data to draw.", () => Drawn(Many(2, 1).Panel()) },
        { "x of the line are dates, but the panel's x axis has numbers.",
            () => Many(2, 3, AxisSharing.Aligned).Row().Line(Days, Samples.Walk(100, 1)) },
        { "the heatmap cannot share a y axis with the line 'walk'; give Grid y: AxisSharing.None.",
            () => Many(2, 1).Panel().Heatmap([1, 2], ["a"], new double[,] { { 1, 2 } }) },
        { "The labels of the heatmap are not those of the heatmap, with which it shares its y axis; give Grid "
            + "y: AxisSharing.None.",
            () => Figure.Create().Grid(2).Heatmap([1, 2], ["a"], new double[,] { { 1, 2 } })
                .Panel().Heatmap([1, 2], ["b"], new double[,] { { 1, 2 } }) },
        { "The heatmaps of a grid share one colour bar, so that title and format must be the same in all; give Grid "
            + "oneColorBar: false.",
            () => Figure.Create().Grid(2).Heatmap([1, 2], ["a"], new double[,] { { 1, 2 } })
                .Panel().Heatmap([1, 2], ["a"], new double[,] { { 1, 2 } }, colorBarTitle: "other") },
        { "y of the line 'walk' is -5 at index 0; on a log axis every value must be above 0.",
            () => Figure.Create().Grid(2).Line([-5.0, 2], "walk").Panel().YAxis(log: true) },
        { "The volume of the candles is a row below them with a y axis of its own, which this grid has not; draw it by "
            + "Panel and Bar.",
            () => Figure.Create().Grid(2).Candlestick([1, 2], [1.0, 2], [2.0, 3], [1.0, 2], [2.0, 3], [5.0, 6]) },
        { "There is no item to draw. (Parameter 'items')",
            () => Figure.Create().Grid(2).Facet(Array.Empty<int>(), _ => "", (f, _) => f) },
        { "draw must fill one panel; for 'a' it left 2 panels where there were 1. (Parameter 'draw')",
            () => Figure.Create().Grid(2).Facet(["a"], a => a, (f, _) => f.Line([1.0, 2]).Panel().Line([1.0, 2])) },
        { "the line cannot be added: a graph stands alone in its figure.",
            () => Figure.Create().Grid(2).Graph([new("a", "b")]).Panel().Line([1.0, 2]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Wrong_shapes_are_refused_in_one_sentence(string sentence, Func<Figure> build)
    {
        Exception error = Assert.ThrowsAny<Exception>(build);
        Assert.True(error is ArgumentException or InvalidOperationException, error.GetType().Name);
        Assert.Equal(sentence, error.Message);
    }

    private static Figure Many(int columns, int panels, AxisSharing x = AxisSharing.All,
        AxisSharing y = AxisSharing.All) =>
        Figure.Create("many").Grid(columns, x, y).Facet(Enumerable.Range(0, panels), i => $"panel {i}",
            (f, i) => f.Line(Enumerable.Range(0, 100).Select(v => (double)v), Samples.Walk(100, (uint)i), "walk"));

    private static Figure Drawn(Figure figure)
    {
        figure.ToSvg();
        return figure;
    }

    private static FigureLayout Layout(Figure figure) =>
        FigureLayout.Create(figure, new SvgOptions(), SeriesStyle.Assign(figure), [], true);

    private static JsonElement Plot(Figure figure) => JsonDocument.Parse(figure.ToPlotlyJson()).RootElement;

    [GeneratedRegex(">split</text>")]
    private static partial Regex LabelOf();

    [GeneratedRegex(">corr</text>")]
    private static partial Regex CorrelationOf();
}
