namespace FinML.Figures.Tests;

public class FigureTests
{
    private static readonly DateTime[] Two = [new(2020, 1, 1), new(2020, 1, 2)];

    private static readonly DateTime[] Back = [new(2020, 1, 2), new(2020, 1, 1)];

    [Fact]
    public void A_figure_is_a_value_that_methods_do_not_change()
    {
        Figure one = Figure.Create("t").Line([1.0, 2], name: "a");
        string before = one.ToPlotlyJson();
        Figure two = one.Line([2.0, 1], name: "b").Row().Line([1.0, 1]).YAxis("y").HorizontalLine(1).WithCaption("c");
        Assert.Equal(before, one.ToPlotlyJson());
        Assert.Equal((1, 1, 3, 2), (one.TraceCount, one.RowCount, two.TraceCount, two.RowCount));
    }

    [Fact]
    public void The_data_are_copied()
    {
        double[] y = [1, 2, 3];
        Figure figure = Figure.Create().Line(y);
        string before = figure.ToSvg();
        y[1] = 100;
        Assert.Equal(before, figure.ToSvg());
    }

    [Fact]
    public void X_may_be_dates_numbers_or_labels_and_y_a_span()
    {
        ReadOnlySpan<double> y = [1, 2];
        Figure.Create().Line(Two, y);
        Figure.Create().Line([new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 2)], [1.0, 2]);
        Figure.Create().Line(
            [new DateTimeOffset(Two[0], TimeSpan.Zero), new DateTimeOffset(Two[1], TimeSpan.Zero)], [1.0, 2]);
        Figure.Create().Line([1, 2], [1.0, 2]);
        Figure.Create().Line([1f, 2f], [1.0, 2]);
        Figure.Create().Bar(["a", "b"], [1.0, 2]);
        Figure.Create().Bar([DayOfWeek.Monday, DayOfWeek.Friday], [1.0, 2]);
        Assert.Contains("must be dates", Message(() => Figure.Create().Line([true, false], [1.0, 2])));
    }

    [Fact]
    public void A_name_has_one_colour_and_one_legend_entry_in_all_rows()
    {
        string svg = Figure.Create().Line([1.0, 2], name: "agent").Line([1.0, 3], name: "index")
            .Row().Line([0.0, -1], name: "index").ToSvg();
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(svg, ">index</text>"));
        Assert.Equal(3, System.Text.RegularExpressions.Regex.Matches(svg, $"stroke=\"{Palette.Colors[1]}\"").Count);
    }

    public static TheoryData<string, Func<Figure>> Refused() => new()
    {
        { "the line 'a' has 2 x values but 3 y values.", () => Figure.Create().Line(Two, [1.0, 2, 3], name: "a") },
        { "the line has no points.", () => Figure.Create().Line(Array.Empty<double>()) },
        { "the line 'a' has no finite y value among 2.", () =>
            Figure.Create().Line(Two, [double.NaN, double.NaN], name: "a") },
        { "Dates of the line 'a' go back at index 1: 2020-01-01 after 2020-01-02; sort them by time first.",
            () => Figure.Create().Line(Back, [1.0, 2], name: "a") },
        { "Dates of the band go back at index 1: 2020-01-01 after 2020-01-02; sort them by time first.",
            () => Figure.Create().Band(Back, [1.0, 2], [1.0, 2]) },
        { "y of the line 'a' is -1 at index 1; on a log axis every value must be above 0.",
            () => Figure.Create().YAxis(log: true).Line(Two, [1.0, -1], name: "a") },
        { "y of the line 'a' is 0 at index 0; on a log axis every value must be above 0.",
            () => Figure.Create().Line(Two, [0.0, 1], name: "a").YAxis(log: true) },
        { "x of the line is 0 at index 0; on a log axis it must be above 0.",
            () => Figure.Create().Line([1.0, 2]).XAxis(log: true) },
        { "A log x axis needs numbers; the figure's x axis has dates.",
            () => Figure.Create().Line(Two, [1.0, 2]).XAxis(log: true) },
        { "x of the scatter are numbers, but the figure's x axis has dates.",
            () => Figure.Create().Line(Two, [1.0, 2]).Row().Scatter([1.0, 2], [1.0, 2]) },
        { "lower of the band 'b' is above upper at index 1: 3 and 2.",
            () => Figure.Create().Band(Two, [1.0, 3], [2.0, 2], name: "b") },
        { "the bars: error bars need both lower and upper.", () => Figure.Create().Bar(["a"], [1.0], lower: [0.5]) },
        { "the histogram has no finite value. (Parameter 'values')", () => Figure.Create().Histogram([double.NaN]) },
        { "A histogram has 1 to 200 bins; got 0. (Parameter 'bins')", () => Figure.Create().Histogram([1.0], bins: 0) },
        { "z of the heatmap is (1, 2) but y has 2 and x 2 values.",
            () => Figure.Create().Heatmap(["a", "b"], ["c", "d"], new double[,] { { 1, 2 } }) },
        { "x of the heatmap must increase; got 1 after 1 at index 1.",
            () => Figure.Create().Heatmap([1, 1], ["c"], new double[,] { { 1, 2 } }) },
        { "the heatmap cannot share a row: a heatmap stands alone; call Row() first.",
            () => Figure.Create().Bar(["a"], [1.0]).Heatmap(["a"], ["c"], new double[,] { { 1 } }) },
        { "x of the line is missing or not finite at index 1; drop that point (a gap is a NaN in y).",
            () => Figure.Create().Line([1, double.NaN], [1.0, 2]) },
        { "the shaded span 'c' ends before it starts: 2020-01-02 to 2020-01-01.",
            () => Figure.Create().Shade(Two[1], Two[0], "c") },
        { "A horizontal line needs a finite y; got NaN. (Parameter 'y')", () =>
            Figure.Create().HorizontalLine(double.NaN) },
        { "the annotation 'n' needs a finite y; got Infinity. (Parameter 'y')",
            () => Figure.Create().Annotate(1.0, double.PositiveInfinity, "n") },
        { "The y range must run upwards; got 2 to 1.", () => Figure.Create().YAxis(minimum: 2, maximum: 1) },
        { "The range of a log axis must be above 0; got 0 to  on the y axis.",
            () => Figure.Create().YAxis(log: true, minimum: 0) },
        { "A row's height must be above 0; got 0. (Parameter 'height')", () => Figure.Create().Row(0) },
        { "A figure's width must be 120 to 4000 pixels; got 10. (Parameter 'width')", () => Figure.Create().Size(10) },
        { "A marker's size must be 0.1 to 40 pixels; got 0. (Parameter 'size')",
            () => Figure.Create().Scatter([1.0], [1.0], size: 0) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Bad_input_is_refused_in_one_sentence(string sentence, Func<Figure> build) =>
        Assert.Equal(sentence, Message(build));

    [Fact]
    public void Numbers_may_go_back_and_scatter_dates_too()
    {
        Assert.Equal(1, Figure.Create().Line([1.0, 0], [1.0, 2]).TraceCount);
        Assert.Equal(1, Figure.Create().Scatter(Back, [1.0, 2]).TraceCount);
    }

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        // A change of the surface shows in the review as a change of this file; APPROVE_FIGURES=1 rewrites it.
        string path = Path.Combine(Svg.SvgFigureTests.Approved(), "public-api.txt");
        string actual = string.Join(
            '\n', typeof(Figure).Assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)
            .Select(t => t.FullName + ": " + string.Join(' ', t
                .GetMembers(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance
                    | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.DeclaredOnly)
                .Select(m => m.Name).Where(n => !n.Contains('_') && !n.Contains('<')).Distinct()
                .Order(StringComparer.Ordinal)))) + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE_FIGURES") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static string Message(Func<Figure> build) => Assert.ThrowsAny<ArgumentException>(build).Message;
}
