using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Where everything outside the plots stands. Margins follow from the labels, labels from the margins: a few
/// rounds settle it, and margins never shrink between rounds.</summary>
internal sealed class FigureLayout
{
    public const double TitleSize = 16, SubtitleSize = 12.5, CaptionSize = 11, AxisTitleSize = 12, TickSize = 11,
        PanelTitleSize = 12;

    public const double TitleLine = 20, SubtitleLine = 16, CaptionLine = 15, AxisTitleLine = 15, PanelTitleLine = 15;

    public const double Edge = 12;

    private const double RowGap = 18, PanelTitle = 5, LeastPlot = 36, Clearance = 4, AxisTitleRoom = AxisTitleLine + 6;

    private readonly Figure _figure;

    private readonly PanelColumns _columns;

    private readonly int _rows;

    private FigureLayout(Figure figure)
    {
        _figure = figure;
        _columns = new PanelColumns(figure);
        _rows = figure.RowCount;
        Categories = [.. figure.XAxes.Select((_, axis) => CategoryIndex.Of(figure, axis))];
    }

    public double Width { get; private set; }

    public double Height { get; private set; }

    public List<string> Title { get; private set; } = [];

    public List<string> Subtitle { get; private set; } = [];

    public List<string> Caption { get; private set; } = [];

    public LegendBlock Legend { get; private set; } = LegendBlock.Create([], 0, false);

    public LegendPosition LegendAt { get; private set; }

    /// <summary>Left and top of a legend that stands outside the plots.</summary>
    public (double Left, double Top) LegendCorner { get; private set; }

    /// <summary>The plots, by panel.</summary>
    public PlotArea[] Plots { get; private set; } = [];

    /// <summary>What all plots lie in.</summary>
    public PlotArea All { get; private set; }

    /// <summary>Labels of the x axes, by panel.</summary>
    public XAxisLabels[] XLabels { get; private set; } = [];

    /// <summary>Scales of the x axes, by panel.</summary>
    public LinearScale[] X { get; private set; } = [];

    public YAxisLabels[] YLabels { get; private set; } = [];

    /// <summary>Titles of the panels, in lines.</summary>
    public List<string>[] PanelTitles { get; private set; } = [];

    /// <summary>The title of a y axis that several rows share, in lines.</summary>
    public List<string> YTitle { get; private set; } = [];

    /// <summary>Labels of categories, by x axis.</summary>
    public CategoryIndex[] Categories { get; }

    public double CaptionTop { get; private set; }

    /// <summary>Where the title of a panel's y axis begins.</summary>
    public double YTitleStart(Panel panel) => panel.Column == 0 ? Edge : _columns.LabelsStart(panel.Column);

    public static FigureLayout Create(Figure figure, SvgOptions options, SeriesStyle[][] styles, List<string> notes,
        bool legendFits)
    {
        double[] relative = HeightsOf(figure);
        double? height = options.Height ?? figure.PixelSize.Height;
        int columns = figure.ColumnCount;
        var layout = new FigureLayout(figure)
        {
            Width = options.Width ?? figure.PixelSize.Width ?? (columns < 4 ? 760 : 960),
            Height = height ?? 0,
        };
        double unit = columns > 1 ? Math.Clamp(layout.Width / columns * 0.62, 130, 235)
            : relative.Length switch { 1 => 310, 2 => 235, _ => 190 };
        double? plots = height is null ? relative.Sum() / relative.Max() * unit : null;
        layout.Settle(relative, styles, notes, legendFits, plots);
        return layout;
    }

    private static double[] HeightsOf(Figure figure) => [.. Enumerable.Range(0, figure.RowCount)
        .Select(r => figure.Panels.Where(panel => panel.Row == r).Max(panel => panel.Height))];

    private void Settle(
        double[] relative, SeriesStyle[][] styles, List<string> notes, bool legendFits, double? plotHeight)
    {
        double inner = Width - 2 * Edge;
        Title = Lines(_figure.Title, TitleSize, inner, 3, bold: true);
        Subtitle = Lines(_figure.Subtitle, SubtitleSize, inner, 3);
        Caption = [.. Lines(_figure.Caption, CaptionSize, inner, 4),
            .. notes.SelectMany(x => Lines(x, CaptionSize, inner, 2))];
        FitLegend(styles, legendFits, inner);
        double legendTop = Edge + Title.Count * TitleLine + Subtitle.Count * SubtitleLine
            + (Title.Count + Subtitle.Count > 0 ? 6 : 0);
        double plotTop = legendTop + (LegendAt == LegendPosition.Top ? Legend.Height + 4 : 0) + 6;
        double right = Edge + 8 + (LegendAt == LegendPosition.Right ? Legend.Width + 12 : 0)
            + Math.Max(_figure.Arrangement.OneColorBar ? ColorBar.WidthOf(_figure.Panels) : 0,
                PanelColumns.Beside(_figure, _figure.ColumnCount - 1));
        double total = relative.Sum(), left = 0, bottom = 60;
        var rowHeights = new double[_rows];
        (double Low, double High)[] ranges =
            [.. Categories.Select((categories, axis) => Domain.OfX(_figure, axis, categories))];
        XLabels = new XAxisLabels[_figure.Panels.Length];
        X = new LinearScale[_figure.Panels.Length];
        PanelTitles = [.. _figure.Panels.Select(_ => new List<string>())];
        for (int round = 0; round < 5; round++)
        {
            double room = plotHeight ?? Height - plotTop - bottom - Enumerable.Range(0, _rows).Sum(Above);
            for (int r = 0; r < _rows; r++)
                rowHeights[r] = Math.Max(LeastPlot, room * relative[r] / total);
            YLabels = [.. _figure.Panels.Select(panel => YAxisLabels.Create(_figure, panel, rowHeights[panel.Row]))];
            YTitle = SharedYTitle(rowHeights.Sum());
            left = Math.Max(left, Edge + PanelColumns.LabelWidth(_figure, YLabels, 0)
                + (YTitle.Count == 0 ? 0 : YTitle.Count * AxisTitleLine + 4));
            _columns.Divide(left, Width - right, YLabels);
            if (Width - right - left < _columns.LeastWidth)
                Width = left + right + _columns.LeastWidth;
            FitX(left, right, ranges);
            _columns.Widen(XLabels);
            // The last label may need more room than the margin has; beside a legend or a colour bar there is enough.
            right = Math.Max(right, right + Outer(_figure.ColumnCount - 1).Max(l => l.RightReach) - Width + 4);
            double reach = Outer(0).Max(l => l.LeftReach(left));
            if (reach > left - Clearance)
                left = Math.Min(reach + Clearance, WidestLeft(left));
            double below = BelowAll(rowHeights)
                + (_figure.Arrangement.X == AxisSharing.All && _figure.XAxes[0].Title is not null ? AxisTitleRoom : 0);
            bottom = below + (LegendAt == LegendPosition.Below ? Legend.Height + 8 : 0)
                + (Caption.Count > 0 ? Caption.Count * CaptionLine + 8 : 0) + Edge;
        }

        FitX(left, right, ranges);
        Place(rowHeights, plotTop, legendTop, plotHeight is not null);
    }

    private void Place(double[] rowHeights, double plotTop, double legendTop, bool free)
    {
        Plots = new PlotArea[_figure.Panels.Length];
        double y = plotTop;
        for (int r = 0; r < _rows; r++)
        {
            y += Above(r);
            foreach (Panel panel in _figure.Panels.Where(panel => panel.Row == r))
            {
                Plots[panel.Index] =
                    new PlotArea(_columns.Left[panel.Column], y, _columns.Right[panel.Column], y + rowHeights[r]);
                YLabels[panel.Index] = YLabels[panel.Index].At(Plots[panel.Index]);
            }

            y += rowHeights[r];
        }

        All = new PlotArea(_columns.Left[0], Plots[0].Top, _columns.Right[^1], y);
        y += BelowAll(rowHeights);
        XTitleBaseline = y + AxisTitleLine;
        y += _figure.Arrangement.X == AxisSharing.All && _figure.XAxes[0].Title is not null ? AxisTitleRoom : 0;
        LegendCorner = LegendAt switch
        {
            LegendPosition.Right => (Width - Edge - Legend.Width, Plots[0].Top),
            LegendPosition.Below => (All.Left, y + 8),
            _ => (Edge, legendTop),
        };
        // A legend under the plot starts at the plot's edge where it fits there, else at the figure's.
        if (LegendAt == LegendPosition.Below && All.Left + Legend.Width > Width - Edge)
            LegendCorner = (Edge, y + 8);
        y += LegendAt == LegendPosition.Below ? Legend.Height + 8 : 0;
        // The small print is as wide as the page: a legend beside low plots ends above it.
        if (LegendAt == LegendPosition.Right && Caption.Count > 0)
            y = Math.Max(y, LegendCorner.Top + Legend.Height);
        CaptionTop = y + 8;
        y += Caption.Count > 0 ? Caption.Count * CaptionLine + 8 : 0;
        Height = Math.Max(free ? 0 : Height, Math.Ceiling(y + Edge));
        if (LegendAt == LegendPosition.Right)
            Height = Math.Max(Height, LegendCorner.Top + Legend.Height + Edge);
    }

    /// <summary>Baseline of the title of an x axis that all panels share.</summary>
    public double XTitleBaseline { get; private set; }

    /// <summary>Baseline of the title of a panel's own x axis.</summary>
    public double XTitleOf(Panel panel) => Plots[panel.Index].Bottom + XLabels[panel.Index].Height + AxisTitleLine;

    /// <summary>Whether the title of a panel's x axis stands below it.</summary>
    public bool HasXTitle(Panel panel) => _figure.Arrangement.X != AxisSharing.All && _figure.LabelsX(panel)
        && _figure.XOf(panel).Title is not null;

    private void FitLegend(SeriesStyle[][] styles, bool fitsInside, double inner)
    {
        List<LegendEntry> entries = LegendEntry.Of(_figure, styles);
        LegendAt = _figure.LegendAt != LegendPosition.Auto ? _figure.LegendAt
            : entries.Count > 1 ? LegendPosition.Top : LegendPosition.None;
        if (LegendAt == LegendPosition.Inside && !fitsInside)
            LegendAt = LegendPosition.Top;
        if (entries.Count == 0)
            LegendAt = LegendPosition.None;
        double width = LegendAt switch
        {
            LegendPosition.Right => Width * 0.3,
            LegendPosition.Inside => _figure.ColumnCount == 1 ? Width * 0.4 : Width * 0.7 / _figure.ColumnCount,
            _ => inner,
        };
        Legend = LegendBlock.Create(LegendAt == LegendPosition.None ? [] : entries, width,
            LegendAt is LegendPosition.Right or LegendPosition.Inside);
    }

    /// <summary>Room above the plots of a row: its titles, the gap, and what stands below the row before.</summary>
    private double Above(int row)
    {
        int lines = _figure.Panels.Where(panel => panel.Row == row).Max(panel => panel.Title is null ? 0
            : Math.Max(PanelTitles[panel.Index].Count, 1));
        double titles = lines == 0 ? 0 : lines * PanelTitleLine + PanelTitle;
        if (row == 0)
            return titles;
        bool labelled = _figure.Arrangement.X == AxisSharing.None;
        return titles + RowGap + (labelled ? _figure.Panels.Where(panel => panel.Row == row - 1).Max(Below) : 0);
    }

    /// <summary>Room below a plot for the labels and the title of its x axis.</summary>
    private double Below(Panel panel) => !_figure.LabelsX(panel) || XLabels[panel.Index] is not { } labels ? 0
        : labels.Height + (HasXTitle(panel) ? AxisTitleRoom : 0);

    /// <summary>Room below the last row; labels of a column that ends early may reach there too.</summary>
    private double BelowAll(double[] rowHeights) => _figure.Panels.Max(panel =>
        Below(panel) - Enumerable.Range(panel.Row + 1, _rows - panel.Row - 1).Sum(r => Above(r) + rowHeights[r]));

    private XAxisLabels[] Outer(int column) =>
        [.. _figure.Panels.Where(panel => panel.Column == column && _figure.LabelsX(panel))
            .Select(panel => XLabels[panel.Index]).DefaultIfEmpty(XAxisLabels.None)];

    // Labels of the x axis may widen the left margin to this, no further: long ones are cut instead.
    private double WidestLeft(double left) => Math.Max(left, Width * 0.45);

    private void FitX(double left, double right, (double Low, double High)[] ranges)
    {
        _columns.Place(left, Width - right);
        var fitted = new Dictionary<(int Column, int Axis), XAxisLabels>();
        foreach (Panel panel in _figure.Panels)
        {
            (int column, int axis) = (panel.Column, _figure.Arrangement.XGroup(panel));
            var scale = new LinearScale(ranges[axis].Low, ranges[axis].High, _figure.XAxes[axis].Log,
                _columns.Left[column], _columns.Right[column]);
            X[panel.Index] = scale;
            PanelTitles[panel.Index] = Lines(panel.Title, PanelTitleSize, scale.End - scale.Start, 2, bold: true);
            if (!fitted.TryGetValue((column, axis), out XAxisLabels? labels))
            {
                labels = _figure.IsGraph ? XAxisLabels.None : XAxisLabels.Fit(_figure.XAxes[axis].Kind,
                    _figure.XAxes[axis].Options, Categories[axis], scale, LabelLimit(column, right),
                    column == 0 ? WidestLeft(left) - Clearance : Lean(panel),
                    // Small plots take closer ticks.
                    _figure.ColumnCount == 1 ? 60 : 45);
                fitted[(column, axis)] = labels;
            }

            XLabels[panel.Index] = labels;
        }
    }

    /// <summary>How far turned labels of an inner column may reach to the left: below their neighbours where these are
    /// turned the same way, through the gap where the neighbours have none, else half way.</summary>
    private double Lean(Panel panel)
    {
        // Panels of a column that share an axis are labelled below the lowest of them.
        int column = panel.Column;
        int row = _figure.Arrangement.X == AxisSharing.None ? panel.Row
            : _figure.Panels.Last(other => other.Column == column).Row;
        bool beside = _figure.Panels.Any(
            other => other.Column == column - 1 && other.Row == row && _figure.LabelsX(other));
        double gap = _columns.Gaps[column];
        // Colour bars of the column before may stand below.
        return !beside ? Math.Max(gap - PanelColumns.Beside(_figure, column - 1) - Clearance, Clearance)
            : _figure.Arrangement is { X: AxisSharing.All, Widths: [] }
                ? gap + (_columns.Right[column] - _columns.Left[column]) * 0.6 : gap / 2;
    }

    /// <summary>How far right a tick's label may reach.</summary>
    private double LabelLimit(int column, double right) => column < _figure.ColumnCount - 1
        ? _columns.Left[column + 1] : LegendAt == LegendPosition.Right ? Width - right + 10 : Width + 40;

    private List<string> SharedYTitle(double height) =>
        _figure.Arrangement.Y != AxisSharing.All || _rows == 1 ? []
            : Lines(_figure.Panels[0].Y.Title, AxisTitleSize, Math.Max(height, 50), 2);

    private static List<string> Lines(string? text, double size, double width, int most, bool bold = false) =>
        string.IsNullOrWhiteSpace(text) ? [] : FontMetrics.Wrap(text, size, width, most, bold);
}
