using System.Collections.Immutable;
using FinML.Figures.Traces;

namespace FinML.Figures;

// Panels: rows, and grids of rows and columns.
public sealed partial class Figure
{
    private const int MostColumns = 12, MostPanels = 144;

    /// <summary>
    /// Arranges the panels in columns, before the first of them has data. <see cref="Panel"/> fills them row by row;
    /// <see cref="Row"/> begins a new row before the last is full. One legend names what all panels show.
    /// <code>
    /// Figure.Create("Daily returns").Grid(columns: 3)
    ///     .Facet(assets, asset => asset.Name, (figure, asset) => figure.Histogram(asset.Returns))
    /// </code>
    /// </summary>
    /// <param name="columns">1 to 12.</param>
    /// <param name="x">Who shares an x axis. XAxis, XRange, Shade and VerticalLine speak of the axis of the last
    /// panel.</param>
    /// <param name="y">Who shares a y axis; YAxis speaks of that of the last panel.</param>
    /// <param name="oneColorBar">Gives all heatmaps one range of colours and one colour bar; otherwise each has its
    /// own.</param>
    /// <param name="widths">Widths of the columns relative to each other, each above 0; null makes them the
    /// same.</param>
    /// <exception cref="InvalidOperationException">The figure has data or several panels.</exception>
    public Figure Grid(int columns, AxisSharing x = AxisSharing.All, AxisSharing y = AxisSharing.All,
        bool oneColorBar = true, IEnumerable<double>? widths = null)
    {
        if (columns is < 1 or > MostColumns)
            throw new ArgumentOutOfRangeException(
                nameof(columns), $"A grid has 1 to {MostColumns} columns; got {columns}.");
        RequireDefined(x, nameof(x));
        RequireDefined(y, nameof(y));
        ImmutableArray<double> wide = widths is null ? [] : [.. widths];
        if (widths is not null && wide.Length != columns)
            throw new ArgumentException($"A grid of {columns} columns needs as many widths; got {wide.Length}.");
        foreach (double width in wide)
        {
            if (!(width > 0) || !double.IsFinite(width))
                throw new ArgumentException($"The width of a column must be above 0; got {Show(width)}.");
        }

        if (Panels.Length > 1 || !Last.IsEmpty || Spans.Length + Verticals.Length > 0)
            throw new InvalidOperationException("Grid must be called before the first panel has data.");
        return Copy(grid: new PanelGrid(columns, x, y, oneColorBar, wide));
    }

    /// <summary>Starts the next panel: to the right of the last, or in a new row where the row is full.</summary>
    /// <param name="title">A title over the panel.</param>
    public Figure Panel(string? title = null) => Last.Column + 1 < Arrangement.Columns
        ? Begin(new Panel { Row = Last.Row, Column = Last.Column + 1, Height = Last.Height, Title = title })
        : Begin(new Panel { Row = Last.Row + 1, Title = title });

    /// <summary>Starts a new row below. In a figure without <see cref="Grid"/>, rows share the x axis.</summary>
    /// <param name="height">Height relative to the other rows, above 0.</param>
    /// <param name="title">A title over the row's first panel.</param>
    public Figure Row(double height = 1, string? title = null)
    {
        if (!(height > 0) || !double.IsFinite(height))
            throw new ArgumentOutOfRangeException(nameof(height), $"A row's height must be above 0; got {height}.");
        return Begin(new Panel { Row = Last.Row + 1, Height = height, Title = title });
    }

    /// <summary>One panel an item.</summary>
    /// <param name="items">What the panels show, in their order.</param>
    /// <param name="title">Title of an item's panel.</param>
    /// <param name="draw">Puts an item into the panel that was begun for it.</param>
    /// <exception cref="ArgumentException">There is no item, or <paramref name="draw"/> changes the panels.</exception>
    public Figure Facet<T>(IEnumerable<T> items, Func<T, string?> title, Func<Figure, T, Figure> draw)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(draw);
        Figure figure = this;
        foreach (T item in items)
        {
            Figure begun = figure.Panel(title(item));
            figure = draw(begun, item)
                ?? throw new ArgumentException($"draw returned no figure for '{begun.Last.Title}'.", nameof(draw));
            if (figure.Panels.Length != begun.Panels.Length)
                throw new ArgumentException($"draw must fill one panel; for '{begun.Last.Title}' it left "
                    + $"{figure.Panels.Length} panels where there were {begun.Panels.Length}.", nameof(draw));
        }

        return ReferenceEquals(figure, this)
            ? throw new ArgumentException("There is no item to draw.", nameof(items)) : figure;
    }

    /// <summary>The panels that have the same x axis.</summary>
    internal IEnumerable<Panel> OnXAxis(int axis) => Panels.Where(panel => Arrangement.XGroup(panel) == axis);

    /// <summary>The panels that have the same y axis as one, and itself.</summary>
    internal IEnumerable<Panel> SharingY(Panel panel) =>
        Panels.Where(other => Arrangement.YGroup(other) == Arrangement.YGroup(panel));

    internal HorizontalAxis XOf(Panel panel) => XAxes[Arrangement.XGroup(panel)];

    /// <summary>Whether the x ticks of a panel are labelled: below each panel, or below the lowest of each
    /// column.</summary>
    internal bool LabelsX(Panel panel) => Arrangement.X == AxisSharing.None
        || !Panels.Any(other => other.Column == panel.Column && other.Row > panel.Row);

    /// <summary>Whether the y ticks of a panel are labelled: in each panel, or in the first of each row.</summary>
    internal bool LabelsY(Panel panel) => Arrangement.Y == AxisSharing.None || panel.Column == 0;

    private Figure Begin(Panel panel)
    {
        // What has only a title and axes is the panel that the caller begins now.
        if (Panels.Length == 1 && Last.IsEmpty)
            return Copy(panels: [panel with { Row = 0, Column = 0, Y = Last.Y }]);
        if (Panels.Length == MostPanels)
            throw new InvalidOperationException($"A figure has at most {MostPanels} panels.");
        panel = panel with { Index = Panels.Length };
        panel = panel with { Y = SharingY(panel).FirstOrDefault()?.Y ?? panel.Y };
        int axes = Math.Max(XAxes.Length, Arrangement.XGroup(panel) + 1);
        return Copy(panels: Panels.Add(panel), xAxes:
            XAxes.AddRange(Enumerable.Repeat(HorizontalAxis.Undecided, axes - XAxes.Length)));
    }

    /// <summary>Checks that the last panel can have a trace beside the panels that share its y axis.</summary>
    private void JoinY(Trace trace)
    {
        foreach (Trace other in SharingY(Last).Where(p => p.Index != Last.Index).SelectMany(p => p.Traces))
        {
            if (trace.OwnY is null && other.OwnY is null)
                continue;
            if (trace.OwnY?.Kind != other.OwnY?.Kind)
                throw new ArgumentException($"{trace.Owner} cannot share a y axis with {other.Owner}; give Grid "
                    + "y: AxisSharing.None.");
            if (!trace.OwnY!.Labels.SequenceEqual(other.OwnY!.Labels, StringComparer.Ordinal))
                throw new ArgumentException($"The labels of {trace.Owner} are not those of {other.Owner}, with which "
                    + "it shares its y axis; give Grid y: AxisSharing.None.");
        }
    }

    /// <summary>Gives all heatmaps the range of colours that holds them all.</summary>
    private Figure WithOneColorBar()
    {
        HeatmapTrace[] maps = [.. Panels.SelectMany(panel => panel.Traces).OfType<HeatmapTrace>()];
        if (!Arrangement.OneColorBar || maps.Length < 2)
            return this;
        if (Array.Find(maps, m => m.ColorBarTitle != maps[0].ColorBarTitle || m.Format != maps[0].Format) is not null)
            throw new ArgumentException("The heatmaps of a grid share one colour bar, so that title and format must be "
                + "the same in all; give Grid oneColorBar: false.");
        bool diverging = maps.Any(m => m.Diverging);
        double low = maps.Min(m => m.Minimum), high = maps.Max(m => m.Maximum);
        if (diverging)
        {
            high = Math.Max(Math.Abs(low), Math.Abs(high));
            low = -high;
        }

        return Copy(panels: [.. Panels.Select(panel => panel.Traces is [HeatmapTrace map]
            ? panel with { Traces = [map with { Diverging = diverging, Minimum = low, Maximum = high }] }
            : panel)]);
    }

    private static void RequireDefined(AxisSharing sharing, string axis)
    {
        if (!Enum.IsDefined(sharing))
            throw new ArgumentOutOfRangeException(
                axis, $"Sharing of the {axis} axis must be All, Aligned or None; got {sharing}.");
    }
}
