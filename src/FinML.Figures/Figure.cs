using System.Collections.Immutable;
using FinML.Figures.Display;
using FinML.Figures.Plotly;
using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures;

/// <summary>
/// A figure as an immutable value: every method returns a new figure. A trace goes into the last panel. Panels stand
/// one below the other (<see cref="Row"/>) and share the x axis, which holds dates, numbers or categories, or in a
/// <see cref="Grid"/> of rows and columns.
/// <code>
/// Figure.Create("Equity after costs")
///     .Line(dates, agent, name: "agent").Line(dates, index, name: "buy and hold").YAxis("wealth", log: true)
///     .Row(height: 0.4).Area(dates, drawdown, name: "agent").YAxis("drawdown", AxisFormat.Percent)
/// </code>
/// A NaN or infinite y is a gap. Dates of a line must not go back in time. A trace has the colour of its name: the same
/// name in two panels has one colour and one legend entry.
/// </summary>
[TypeFormatterSource(
    typeof(FigureFormatterSource),
    PreferredMimeTypes = ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"])]
public sealed partial class Figure
{
    private Figure()
    {
    }

    /// <summary>Title over the figure.</summary>
    public string? Title { get; private init; }

    /// <summary>Line under the title.</summary>
    public string? Subtitle { get; private init; }

    /// <summary>Small print under the figure.</summary>
    public string? Caption { get; private init; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Last.Row + 1;

    /// <summary>The number of columns.</summary>
    public int ColumnCount => Arrangement.Columns;

    /// <summary>The number of panels.</summary>
    public int PanelCount => Panels.Length;

    /// <summary>The number of traces in all panels.</summary>
    public int TraceCount => Panels.Sum(panel => panel.Traces.Length);

    /// <summary>The panels, row by row.</summary>
    internal ImmutableArray<Panel> Panels { get; private init; } = [new Panel()];

    internal PanelGrid Arrangement { get; private init; } = PanelGrid.Rows;

    internal ImmutableArray<VerticalMark> Verticals { get; private init; } = [];

    internal ImmutableArray<SpanMark> Spans { get; private init; } = [];

    /// <summary>The x axes, by the number that the arrangement gives a panel's.</summary>
    internal ImmutableArray<HorizontalAxis> XAxes { get; private init; } = [HorizontalAxis.Undecided];

    /// <summary>How series are told apart.</summary>
    public SeriesPalette SeriesColors { get; private init; }

    internal LegendPosition LegendAt { get; private init; } = LegendPosition.Auto;

    /// <summary>Size in pixels, null for what suits the panels.</summary>
    internal (double? Width, double? Height) PixelSize { get; private init; }

    /// <summary>Whether this is a graph, which has no axes.</summary>
    internal bool IsGraph => Panels is [{ Traces: [GraphTrace] }];

    private Panel Last => Panels[^1];

    private HorizontalAxis X => XOf(Last);

    /// <summary>A figure without data.</summary>
    public static Figure Create(string? title = null) => new() { Title = title };

    /// <summary>Sets the line under the title.</summary>
    public Figure WithSubtitle(string? subtitle) => Copy(subtitle: subtitle ?? "");

    /// <summary>Sets the small print under the figure.</summary>
    public Figure WithCaption(string? caption) => Copy(caption: caption ?? "");

    /// <summary>Sets how series are told apart; heatmaps are safe for colour-blind readers with either.</summary>
    public Figure WithPalette(SeriesPalette palette) => Enum.IsDefined(palette) ? Copy(palette: palette)
        : throw new ArgumentOutOfRangeException(
            nameof(palette), $"A figure's palette must be Default or ColorBlind; got {palette}.");

    /// <summary>Sets where the legend stands.</summary>
    public Figure Legend(LegendPosition position) => Copy(legend: position);

    /// <summary>Sets the size in pixels (each 120 to 4000); null keeps what suits the rows.</summary>
    public Figure Size(double? width = null, double? height = null)
    {
        CheckSize(width, nameof(width));
        CheckSize(height, nameof(height));
        return Copy(size: (width ?? PixelSize.Width, height ?? PixelSize.Height));
    }

    /// <summary>Titles and scales the y axis of the last panel, and of those that share it.</summary>
    /// <param name="title">Axis title, with the unit.</param>
    /// <param name="format">How ticks are written.</param>
    /// <param name="log">Logarithmic scale; all y must then be above 0.</param>
    /// <param name="minimum">Lower end of the axis; null fits the data.</param>
    /// <param name="maximum">Upper end of the axis; null fits the data.</param>
    public Figure YAxis(
        string? title = null,
        AxisFormat format = AxisFormat.Number,
        bool log = false,
        double? minimum = null,
        double? maximum = null)
    {
        AxisOptions y = Axis("y", title, format, log, minimum, maximum);
        ImmutableArray<Panel> panels = Panels;
        foreach (Panel panel in SharingY(Last))
        {
            Panel changed = panel with { Y = y };
            foreach (Trace trace in changed.Traces)
                CheckLog(trace, changed);
            panels = panels.SetItem(panel.Index, changed);
        }

        return Copy(panels: panels);
    }

    /// <summary>Titles and scales the x axis of the last panel, and of those that share it.</summary>
    /// <param name="title">Axis title, with the unit.</param>
    /// <param name="format">How ticks are written, where x are numbers.</param>
    /// <param name="log">Logarithmic scale, where x are numbers above 0.</param>
    public Figure XAxis(string? title = null, AxisFormat format = AxisFormat.Number, bool log = false)
    {
        Figure figure = WithX(X with { Options = Axis("x", title, format, log, null, null) });
        figure.CheckLogX();
        return figure;
    }

    /// <summary>Sets the range of a numeric x axis.</summary>
    public Figure XRange(double minimum, double maximum) =>
        WithX(X with { Options = Axis("x", X.Title, X.Options.Format, X.Log, minimum, maximum) });

    /// <summary>Sets the range of a date axis.</summary>
    public Figure XRange(DateTime minimum, DateTime maximum) =>
        XRange(AxisValues.Days(minimum), AxisValues.Days(maximum));

    /// <summary>A reference line across the last panel.</summary>
    public Figure HorizontalLine(double y, string? label = null, LineDash dash = LineDash.Dash)
    {
        if (!double.IsFinite(y))
            throw new ArgumentException($"A horizontal line needs a finite y; got {y}.", nameof(y));
        return Replace(Last with { Horizontals = Last.Horizontals.Add(new HorizontalMark(y, label, dash)) });
    }

    /// <summary>A reference line at an x position, through all panels of the x axis or only the last.</summary>
    public Figure VerticalLine<T>(T x, string? label = null, LineDash dash = LineDash.Dash, bool allRows = true)
    {
        AxisValues at = Join(AxisValues.Single(x, "the vertical line"), "the vertical line");
        var mark = new VerticalMark(at, label, dash, Arrangement.XGroup(Last), allRows ? null : Last.Index);
        return Copy(verticals: Verticals.Add(mark)).WithX(X with { Kind = at.Kind });
    }

    /// <summary>Shades a stretch of x (a crisis, a fold), through all panels of the x axis or only the last.</summary>
    /// <exception cref="ArgumentException">The end lies before the start.</exception>
    public Figure Shade<T>(T from, T to, string? label = null, string? color = null, bool allRows = true)
    {
        string owner = Trace.Describe("shaded span", label);
        AxisValues range = Join(AxisValues.Create([from, to], owner), owner);
        if (range.Kind != AxisKind.Category && range.Values[1] < range.Values[0])
            throw new ArgumentException($"{owner} ends before it starts: {range.Text(0)} to {range.Text(1)}.");
        var mark = new SpanMark(range, label, color is null ? null : Palette.Check(color), Arrangement.XGroup(Last),
            allRows ? null : Last.Index);
        return Copy(spans: Spans.Add(mark)).WithX(X with { Kind = range.Kind });
    }

    /// <summary>A text that points at (x, y) of the last panel. It is placed where it hides nothing else.</summary>
    public Figure Annotate<T>(T x, double y, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        string owner = Trace.Describe("annotation", text);
        if (!double.IsFinite(y))
            throw new ArgumentException($"{owner} needs a finite y; got {y}.", nameof(y));
        AxisValues at = Join(AxisValues.Single(x, owner), owner);
        return Replace(Last with { Texts = Last.Texts.Add(new TextMark(at, y, text)) }, at.Kind);
    }

    /// <summary>The figure as plotly's JSON: { "data": [...], "layout": {...} }, always the same bytes.</summary>
    public string ToPlotlyJson() => PlotlyWriter.Write(this);

    /// <summary>The figure as SVG 1.1, always the same bytes, readable on white and on dark pages.</summary>
    public string ToSvg() => ToSvg(new SvgOptions());

    /// <summary>The figure as SVG in a theme.</summary>
    public string ToSvg(Theme theme) => ToSvg(new SvgOptions { Theme = theme });

    /// <summary>The figure as SVG 1.1.</summary>
    public string ToSvg(SvgOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return SvgFigure.Write(this, options);
    }

    /// <summary>The figure as a Unicode plot of a given size in characters.</summary>
    public string ToText(int width = 80, int height = 20) => TextPlot.Render(this, width, height);

    /// <summary>The text plot.</summary>
    public override string ToString() => TraceCount == 0 ? $"{Title ?? "Figure"} (no data)" : ToText();

    internal void RequireData()
    {
        foreach (Panel panel in Panels.Where(panel => panel.Traces.IsEmpty))
        {
            string noun = Arrangement.Columns == 1 ? "Row" : "Panel";
            throw new InvalidOperationException(
                $"{noun} {panel.Index + 1} of {Panels.Length} of the figure has no data to draw.");
        }
    }

    private static void CheckSize(double? pixels, string name)
    {
        if (pixels is < 120 or > 4000 or double.NaN)
            throw new ArgumentOutOfRangeException(name, $"A figure's {name} must be 120 to 4000 pixels; got {pixels}.");
    }

    private static AxisOptions Axis(
        string axis, string? title, AxisFormat format, bool log, double? minimum, double? maximum)
    {
        if (minimum is { } low && !double.IsFinite(low) || maximum is { } high && !double.IsFinite(high))
            throw new ArgumentException($"The {axis} range must be finite; got {minimum} to {maximum}.");
        if (minimum >= maximum)
            throw new ArgumentException($"The {axis} range must run upwards; got {minimum} to {maximum}.");
        if (log && (minimum <= 0 || maximum <= 0))
            throw new ArgumentException(
                $"The range of a log axis must be above 0; got {minimum} to {maximum} on the {axis} axis.");
        return new AxisOptions { Title = title, Format = format, Log = log, Minimum = minimum, Maximum = maximum };
    }

    private Figure Replace(Panel panel, AxisKind? kind = null)
    {
        Figure figure = Copy(panels: Panels.SetItem(Panels.Length - 1, panel));
        return kind is { } decided ? figure.WithX(X with { Kind = decided }) : figure;
    }

    /// <summary>The figure with another x axis for the last panel and those that share it.</summary>
    private Figure WithX(HorizontalAxis axis) => Copy(xAxes: XAxes.SetItem(Arrangement.XGroup(Last), axis));

    private Figure Copy(
        string? subtitle = null,
        string? caption = null,
        PanelGrid? grid = null,
        ImmutableArray<Panel>? panels = null,
        ImmutableArray<VerticalMark>? verticals = null,
        ImmutableArray<SpanMark>? spans = null,
        ImmutableArray<HorizontalAxis>? xAxes = null,
        SeriesPalette? palette = null,
        LegendPosition? legend = null,
        (double?, double?)? size = null) => new()
        {
            Title = Title,
            Subtitle = subtitle ?? Subtitle,
            Caption = caption ?? Caption,
            Arrangement = grid ?? Arrangement,
            Panels = panels ?? Panels,
            Verticals = verticals ?? Verticals,
            Spans = spans ?? Spans,
            XAxes = xAxes ?? XAxes,
            SeriesColors = palette ?? SeriesColors,
            LegendAt = legend ?? LegendAt,
            PixelSize = size ?? PixelSize,
        };
}
