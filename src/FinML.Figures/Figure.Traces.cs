using System.Globalization;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures;

// The traces: what a figure can show, and what it refuses to show.
public sealed partial class Figure
{
    /// <summary>A line through (x, y). NaN or infinite y are gaps.</summary>
    /// <param name="x">Dates, numbers or labels; dates must not decrease.</param>
    /// <param name="y">As many values as x.</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    /// <param name="dash">Pattern, or null for the one that goes with the colour.</param>
    /// <param name="width">Width in pixels, 0.1 to 20, or null for the theme's.</param>
    /// <exception cref="ArgumentException">Lengths differ, nothing is finite, dates go back, or y is not above 0 on a
    /// log axis.</exception>
    public Figure Line<T>(IEnumerable<T> x, IEnumerable<double> y, string? name = null, string? color = null,
        LineDash? dash = null, double? width = null) =>
        AddLine(x, y, name, color, dash, width, step: false, fill: false);

    /// <summary>A line through (x, y) where y is a span, such as a panel's column.</summary>
    public Figure Line<T>(IEnumerable<T> x, ReadOnlySpan<double> y, string? name = null, string? color = null,
        LineDash? dash = null, double? width = null) =>
        AddLine(x, y.ToArray(), name, color, dash, width, step: false, fill: false);

    /// <summary>A line through y against 0, 1, 2, ...</summary>
    public Figure Line(IEnumerable<double> y, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(y);
        double[] values = y.ToArray();
        return AddLine(Enumerable.Range(0, values.Length), values, name, null, null, null, step: false, fill: false);
    }

    /// <summary>A step line: each value holds until the next x, as a position does.</summary>
    public Figure Step<T>(IEnumerable<T> x, IEnumerable<double> y, string? name = null, string? color = null,
        LineDash? dash = null, double? width = null) =>
        AddLine(x, y, name, color, dash, width, step: true, fill: false);

    /// <summary>An area between the curve and zero, as for drawdowns.</summary>
    public Figure Area<T>(IEnumerable<T> x, IEnumerable<double> y, string? name = null, string? color = null,
        bool step = false) =>
        AddLine(x, y, name, color, LineDash.Solid, null, step, fill: true);

    /// <summary>The area between a lower and an upper curve; with the name of a line it has that line's
    /// colour.</summary>
    /// <exception cref="ArgumentException">Lengths differ, or lower is above upper.</exception>
    public Figure Band<T>(IEnumerable<T> x, IEnumerable<double> lower, IEnumerable<double> upper, string? name = null,
        string? color = null, bool step = false)
    {
        string owner = Trace.Describe("band", name);
        AxisValues axis = AxisValues.Create(x, owner);
        double[] low = Values(lower, axis, "lower", owner), high = Values(upper, axis, "upper", owner);
        for (int i = 0; i < low.Length; i++)
        {
            if (low[i] > high[i])
                throw new ArgumentException(
                    $"lower of {owner} is above upper at index {i}: {Show(low[i])} and {Show(high[i])}.");
        }

        RequireOrder(axis, owner);
        return Add(new BandTrace(axis, low, high) { Step = step, Name = name, Color = Checked(color) });
    }

    /// <summary>Markers at (x, y).</summary>
    /// <param name="x">Dates, numbers or labels, in any order.</param>
    /// <param name="y">As many values as x.</param>
    /// <param name="name">Name in the legend; also picks the colour and the shape.</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    /// <param name="size">Diameter in pixels, 0.1 to 40.</param>
    public Figure Scatter<T>(IEnumerable<T> x, IEnumerable<double> y, string? name = null, string? color = null,
        double size = 5)
    {
        if (!(size is >= 0.1 and <= 40))
            throw new ArgumentOutOfRangeException(
                nameof(size), $"A marker's size must be 0.1 to 40 pixels; got {size}.");
        string owner = Trace.Describe("scatter", name);
        AxisValues axis = AxisValues.Create(x, owner);
        return Add(new ScatterTrace(axis, Values(y, axis, "y", owner), size) { Name = name, Color = Checked(color) });
    }

    /// <summary>Vertical bars from zero; the bars of several traces in a panel stand side by side.</summary>
    /// <param name="x">Labels, dates or numbers.</param>
    /// <param name="y">Heights, as many as x.</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    /// <param name="lower">Lower ends of the error bars (with <paramref name="upper"/>), or null.</param>
    /// <param name="upper">Upper ends of the error bars, or null.</param>
    public Figure Bar<T>(IEnumerable<T> x, IEnumerable<double> y, string? name = null, string? color = null,
        IEnumerable<double>? lower = null, IEnumerable<double>? upper = null)
    {
        string owner = Trace.Describe("bars", name);
        if (lower is null != upper is null)
            throw new ArgumentException($"{owner}: error bars need both lower and upper.");
        AxisValues axis = AxisValues.Create(x, owner);
        double[]? below = lower is null ? null : Values(lower, axis, "lower", owner);
        double[]? above = upper is null ? null : Values(upper, axis, "upper", owner);
        double[] heights = Values(y, axis, "y", owner);
        return Add(new BarTrace(axis, heights, below, above) { Name = name, Color = Checked(color) });
    }

    /// <summary>How often values fall into equal bins. NaN and infinite values are left out.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="bins">Number of bins, 1 to 200; null takes the width of Freedman and Diaconis (1981).</param>
    /// <param name="density">Heights such that the area is 1, instead of counts.</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <param name="color">#rrggbb, or null for the palette's next.</param>
    public Figure Histogram(IEnumerable<double> values, int? bins = null, bool density = false, string? name = null,
        string? color = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (bins is < 1 or > HistogramBins.Most)
            throw new ArgumentOutOfRangeException(
                nameof(bins), $"A histogram has 1 to {HistogramBins.Most} bins; got {bins}.");
        string owner = Trace.Describe("histogram", name);
        double[] sorted = values.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException($"{owner} has no finite value.", nameof(values));
        double[] edges = HistogramBins.Edges(sorted, bins);
        double[] heights = HistogramBins.Count(sorted, edges);
        for (int i = 0; density && i < heights.Length; i++)
            heights[i] /= sorted.Length * (edges[i + 1] - edges[i]);
        double[] centres = heights.Select((_, i) => edges[i] / 2 + edges[i + 1] / 2).ToArray();
        var x = AxisValues.Numbers(centres);
        return Add(new HistogramTrace(edges, heights, x) { Name = name, Color = Checked(color) });
    }

    /// <summary>A grid of colours with a colour bar. It stands alone in its panel.</summary>
    /// <param name="x">Column positions: labels, dates or numbers (increasing).</param>
    /// <param name="y">Row positions: labels or numbers (increasing), the first at the bottom; labels from the
    /// top.</param>
    /// <param name="z">Values, (y, x). NaN is left blank.</param>
    /// <param name="scale">Colours.</param>
    /// <param name="colorBarTitle">Title of the colour bar.</param>
    /// <param name="showValues">Writes each value into its cell, where it fits.</param>
    /// <param name="format">How values are written.</param>
    public Figure Heatmap<TX, TY>(IEnumerable<TX> x, IEnumerable<TY> y, double[,] z, ColorScale scale = ColorScale.Auto,
        string? colorBarTitle = null, bool showValues = false, AxisFormat format = AxisFormat.Number)
    {
        ArgumentNullException.ThrowIfNull(z);
        const string Owner = "the heatmap";
        AxisValues xs = AxisValues.Create(x, Owner), ys = AxisValues.Create(y, "the heatmap's y axis");
        if (z.GetLength(0) != ys.Count || z.GetLength(1) != xs.Count || z.Length == 0)
            throw new ArgumentException(
                $"z of the heatmap is ({z.GetLength(0)}, {z.GetLength(1)}) but y has {ys.Count} and x {xs.Count} "
                + $"values.");
        RequireIncrease(xs, "x", Owner);
        RequireIncrease(ys, "y", Owner);
        double[] flat = z.Cast<double>().ToArray(); // (y, x), row-major
        double[] finite = flat.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            throw new ArgumentException("z of the heatmap has no finite value.", nameof(z));
        double low = finite.Min(), high = finite.Max();
        bool diverging = scale == ColorScale.Diverging || scale == ColorScale.Auto && low < 0 && high > 0;
        if (diverging)
        {
            high = Math.Max(Math.Abs(low), Math.Abs(high));
            low = -high;
        }

        return Add(new HeatmapTrace(xs, ys, flat)
        {
            Diverging = diverging,
            Minimum = low,
            Maximum = high > low ? high : low + 1,
            ShowValues = showValues,
            Format = format,
            ColorBarTitle = colorBarTitle,
        });
    }

    /// <summary>Lines of equal height of z over a grid, each with its height written on it.</summary>
    /// <param name="x">Column positions, finite numbers or dates that increase, at least two.</param>
    /// <param name="y">Row positions, finite numbers that increase, at least two.</param>
    /// <param name="z">Heights, (y, x). A NaN leaves the cells around it blank.</param>
    /// <param name="levels">Heights of the lines; null takes about ten round ones.</param>
    /// <param name="name">Name in the legend; also picks the colour.</param>
    /// <exception cref="ArgumentException">Shapes differ, positions do not increase, or no level lies between the
    /// lowest and the highest z.</exception>
    public Figure Contour<T>(IEnumerable<T> x, IEnumerable<double> y, double[,] z, IEnumerable<double>? levels = null,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(z);
        string owner = Trace.Describe("contours", name);
        AxisValues xs = AxisValues.Create(x, owner), ys = AxisValues.Create(y, "the y axis of " + owner);
        if (xs.Kind == AxisKind.Category)
            throw new ArgumentException($"x of {owner} must be dates or numbers; got labels.");
        if (z.GetLength(0) != ys.Count || z.GetLength(1) != xs.Count || ys.Count < 2 || xs.Count < 2)
            throw new ArgumentException(
                $"z of {owner} is ({z.GetLength(0)}, {z.GetLength(1)}) but y has {ys.Count} and x {xs.Count} values, "
                + $"where at least 2 are needed.");
        RequireIncrease(xs, "x", owner);
        RequireIncrease(ys, "y", owner);
        double[] flat = z.Cast<double>().ToArray(), finite = flat.Where(double.IsFinite).ToArray();
        if (finite.Length == 0)
            throw new ArgumentException($"z of {owner} has no finite value.", nameof(z));
        double low = finite.Min(), high = finite.Max();
        double[] heights = [.. (levels ?? NumberTicks.Create(low, high, 12, AxisFormat.Number, false)
            .Select(tick => tick.Value)).Where(level => level > low && level <= high).Distinct().Order()];
        if (heights.Length == 0)
            throw new ArgumentException($"No level of {owner} lies between {Show(low)} and {Show(high)}.");
        return Add(new ContourTrace(xs, ys.Values, flat, heights) { Name = name });
    }

    private Figure AddLine<T>(IEnumerable<T> x, IEnumerable<double> y, string? name, string? color, LineDash? dash,
        double? width, bool step, bool fill)
    {
        string owner = Trace.Describe(fill ? "area" : step ? "step line" : "line", name);
        if (width is not null and not (>= 0.1 and <= 20))
            throw new ArgumentOutOfRangeException(
                nameof(width), $"The width of {owner} must be 0.1 to 20 pixels; got {width}.");
        AxisValues axis = AxisValues.Create(x, owner);
        double[] values = Values(y, axis, "y", owner);
        RequireOrder(axis, owner);
        return Add(new LineTrace(axis, values, step, fill)
        {
            Name = name,
            Color = Checked(color),
            Dash = dash,
            Width = width,
        });
    }

    private Figure Add(Trace trace)
    {
        Join(trace.X, trace.Owner);
        bool alone = trace.OwnY is not null;
        if (Panels.Any(panel => panel.Traces is [GraphTrace]))
            throw new ArgumentException($"{trace.Owner} cannot be added: a graph stands alone in its figure.");
        JoinY(trace);
        if (!Last.Traces.IsEmpty && (alone || Last.Traces[0].OwnY is not null))
        {
            string noun = alone ? trace.Noun : Last.Traces[0].Noun;
            throw new ArgumentException($"{trace.Owner} cannot share a row: a {noun} stands alone; call Row() first.");
        }

        if (alone && (Last.Y.Log || X.Log && trace is HeatmapTrace))
            throw new ArgumentException(
                $"A {trace.Noun} needs linear axes; its row or figure has a log axis.");
        Panel panel = Last with { Traces = Last.Traces.Add(trace) };
        CheckLog(trace, panel);
        Figure figure = Replace(panel, trace.X.Kind);
        figure.CheckLogX();
        return trace is HeatmapTrace ? figure.WithOneColorBar() : figure;
    }

    /// <summary>Checks that x values fit the x axis of the last panel.</summary>
    private AxisValues Join(AxisValues x, string owner)
    {
        int axis = Arrangement.XGroup(Last);
        bool decided = Spans.Any(span => span.Axis == axis) || Verticals.Any(mark => mark.Axis == axis)
            || OnXAxis(axis).Any(panel => panel.Traces.Length + panel.Texts.Length > 0);
        if (decided && x.Kind != X.Kind)
            throw new ArgumentException(
                $"x of {owner} are {Plural(x.Kind)}, but the {Whose} x axis has {Plural(X.Kind)}.");
        return x;
    }

    private string Whose => Arrangement.X == AxisSharing.All ? "figure's" : "panel's";

    private static string Plural(AxisKind kind) =>
        kind switch { AxisKind.Date => "dates", AxisKind.Category => "categories", _ => "numbers" };

    private static double[] Values(IEnumerable<double> source, AxisValues x, string what, string owner)
    {
        ArgumentNullException.ThrowIfNull(source);
        double[] values = source.ToArray();
        if (values.Length != x.Count)
            throw new ArgumentException($"{owner} has {x.Count} x values but {values.Length} {what} values.");
        if (values.Length == 0)
            throw new ArgumentException($"{owner} has no points.");
        if (!values.Any(double.IsFinite))
            throw new ArgumentException($"{owner} has no finite {what} value among {values.Length}.");
        return values;
    }

    private static void RequireOrder(AxisValues x, string owner)
    {
        // Numbers may go back (an efficient frontier does); time may not: the data would be out of order.
        for (int i = 1; x.Kind == AxisKind.Date && i < x.Count; i++)
        {
            if (x.Values[i] < x.Values[i - 1])
                throw new ArgumentException(
                    $"Dates of {owner} go back at index {i}: {x.Text(i)} after {x.Text(i - 1)}; sort them by time "
                    + $"first.");
        }
    }

    private static void RequireIncrease(AxisValues values, string axis, string owner)
    {
        for (int i = 1; values.Kind != AxisKind.Category && i < values.Count; i++)
        {
            if (values.Values[i] <= values.Values[i - 1])
                throw new ArgumentException(
                    $"{axis} of {owner} must increase; got {values.Text(i)} after {values.Text(i - 1)} at index "
                    + $"{i}.");
        }
    }

    private static void CheckLog(Trace trace, Panel panel)
    {
        if (!panel.Y.Log)
            return;
        if (trace.OwnY is not null || trace is ViolinTrace or WaterfallTrace)
            throw new ArgumentException($"A {trace.Noun} needs a linear y axis.");
        foreach (double[] column in trace.Columns)
        {
            int bad = Array.FindIndex(column, v => v <= 0 && double.IsFinite(v));
            // A histogram's empty bin is no error: it has no height.
            if (bad >= 0 && trace is not HistogramTrace)
                throw new ArgumentException(
                    $"y of {trace.Owner} is {Show(column[bad])} at index {bad}; on a log axis every value must be "
                    + $"above 0.");
        }
    }

    private void CheckLogX()
    {
        if (!X.Log)
            return;
        Panel[] panels = [.. OnXAxis(Arrangement.XGroup(Last))];
        Trace[] traces = [.. panels.SelectMany(panel => panel.Traces)];
        if (traces.Length > 0 && X.Kind != AxisKind.Number)
            throw new ArgumentException($"A log x axis needs numbers; the {Whose} x axis has {Plural(X.Kind)}.");
        if (Array.Exists(panels, panel => panel.Traces is [HeatmapTrace or HistogramTrace, ..]))
            throw new ArgumentException("A log x axis does not go with a heatmap or a histogram.");
        foreach (Trace trace in traces)
        {
            int bad = Array.FindIndex(trace.X.Values, v => v <= 0);
            if (bad >= 0)
                throw new ArgumentException(
                    $"x of {trace.Owner} is {Show(trace.X.Values[bad])} at index {bad}; on a log axis it must be "
                    + $"above 0.");
        }
    }

    private static string? Checked(string? color) => color is null ? null : Palette.Check(color);

    private static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
