using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Where everything outside the plots stands. Margins follow from the labels, labels from the margins: a few
/// rounds settle it, and margins never shrink between rounds.</summary>
internal sealed class FigureLayout
{
    public const double TitleSize = 16, SubtitleSize = 12.5, CaptionSize = 11, AxisTitleSize = 12, TickSize = 11;

    public const double TitleLine = 20, SubtitleLine = 16, CaptionLine = 15, AxisTitleLine = 15;

    public const double Edge = 12;

    private const double RowGap = 18, RowTitle = 20, LeastPlot = 36, Clearance = 4;

    public required double Width { get; set; }

    public required double Height { get; set; }

    public List<string> Title { get; private set; } = [];

    public List<string> Subtitle { get; private set; } = [];

    public List<string> Caption { get; private set; } = [];

    public LegendBlock Legend { get; private set; } = LegendBlock.Create([], 0, false);

    public LegendPosition LegendAt { get; private set; }

    /// <summary>Left and top of a legend that stands outside the plots.</summary>
    public (double Left, double Top) LegendCorner { get; private set; }

    public PlotArea[] Rows { get; private set; } = [];

    public XAxisLabels XLabels { get; private set; } = null!;

    public LinearScale X { get; private set; } = null!;

    public YAxisLabels[] YLabels { get; private set; } = [];

    public double Left { get; private set; }

    public double Right { get; private set; }

    /// <summary>Baseline of the x axis title.</summary>
    public double XTitleBaseline { get; private set; }

    public double CaptionTop { get; private set; }

    public double PlotTop { get; private set; }

    public CategoryIndex Categories { get; private set; } = null!;

    public static FigureLayout Create(Figure figure, SvgOptions options, SeriesStyle[][] styles, List<string> notes,
        bool legendFits)
    {
        double heights = figure.Rows.Sum(r => r.Height) / figure.Rows.Max(r => r.Height);
        double unit = figure.Rows.Length == 1 ? 310 : figure.Rows.Length == 2 ? 235 : 190;
        double? height = options.Height ?? figure.PixelSize.Height;
        var layout = new FigureLayout
        {
            Width = options.Width ?? figure.PixelSize.Width ?? 760,
            Height = height ?? 0,
        };
        layout.Settle(figure, styles, notes, legendFits, height is null ? heights * unit : null);
        return layout;
    }

    private void Settle(Figure figure, SeriesStyle[][] styles, List<string> notes, bool legendFits, double? plotHeight)
    {
        int n = figure.Rows.Length;
        double inner = Width - 2 * Edge;
        Title = Lines(figure.Title, TitleSize, inner, 3, bold: true);
        Subtitle = Lines(figure.Subtitle, SubtitleSize, inner, 3);
        Caption = [.. Lines(figure.Caption, CaptionSize, inner, 4),
            .. notes.SelectMany(x => Lines(x, CaptionSize, inner, 2))];
        Categories = CategoryIndex.Of(figure);
        List<LegendEntry> entries = LegendEntry.Of(figure, styles);
        LegendAt = figure.LegendAt != LegendPosition.Auto ? figure.LegendAt
            : entries.Count > 1 ? LegendPosition.Top : LegendPosition.None;
        if (LegendAt == LegendPosition.Inside && !legendFits)
            LegendAt = LegendPosition.Top;
        if (entries.Count == 0)
            LegendAt = LegendPosition.None;
        double legendWidth = LegendAt switch
        {
            LegendPosition.Right => Width * 0.3,
            LegendPosition.Inside => Width * 0.4,
            _ => inner,
        };
        Legend = LegendBlock.Create(
            LegendAt == LegendPosition.None ? [] : entries, legendWidth,
            LegendAt is LegendPosition.Right or LegendPosition.Inside);

        double top = Edge + Title.Count * TitleLine + Subtitle.Count * SubtitleLine;
        top += Title.Count + Subtitle.Count > 0 ? 6 : 0;
        double legendTop = top;
        if (LegendAt == LegendPosition.Top)
            top += Legend.Height + 4;
        PlotTop = top + 6;
        double right = Edge + 8 + (LegendAt == LegendPosition.Right ? Legend.Width + 12 : 0)
            + Math.Max(ColorBar.WidthOf(figure), NumberColumn.WidthOf(figure));
        double gaps = (n - 1) * RowGap + figure.Rows.Count(r => r.Title is not null) * RowTitle;
        double total = figure.Rows.Sum(r => r.Height);
        (double low, double high) = Domain.OfX(figure, Categories);

        double left = 0, bottom = 60;
        var rowHeights = new double[n];
        for (int round = 0; round < 5; round++)
        {
            double room = plotHeight ?? Height - PlotTop - bottom - gaps;
            for (int r = 0; r < n; r++)
                rowHeights[r] = Math.Max(LeastPlot, room * figure.Rows[r].Height / total);
            YLabels = [.. figure.Rows.Select((row, r) => YAxisLabels.Create(row, rowHeights[r]))];
            left = Math.Max(left, Edge + YLabels.Max(y => y.TickWidth) + YLabels.Max(y => y.TitleWidth));
            if (Width - right - left < 60)
                Width = left + right + 60;
            X = new LinearScale(low, high, figure.X.Log, left, Width - right);
            XLabels = FitX();
            // The last label may need more room than the margin has; beside a legend or a colour bar there is enough.
            right = Math.Max(right, right + XLabels.RightReach - Width + 4);
            double reach = XLabels.LeftReach(left);
            if (reach > left - Clearance)
                left = Math.Min(reach + Clearance, WidestLeft());
            double below = XLabels.Height + (figure.X.Title is null ? 0 : AxisTitleLine + 6);
            bottom = below + (LegendAt == LegendPosition.Below ? Legend.Height + 8 : 0)
                + (Caption.Count > 0 ? Caption.Count * CaptionLine + 8 : 0) + Edge;
        }

        X = X with { Start = left, End = Width - right };
        XLabels = FitX();
        (Left, Right) = (left, Width - right);
        Rows = new PlotArea[n];
        double y = PlotTop;
        for (int r = 0; r < n; r++)
        {
            y += (r > 0 ? RowGap : 0) + (figure.Rows[r].Title is null ? 0 : RowTitle);
            Rows[r] = new PlotArea(Left, y, Right, y + rowHeights[r]);
            y += rowHeights[r];
            YLabels[r] = YLabels[r].At(Rows[r]);
        }

        y += XLabels.Height;
        XTitleBaseline = y + AxisTitleLine;
        y += figure.X.Title is null ? 0 : AxisTitleLine + 6;
        LegendCorner = LegendAt switch
        {
            LegendPosition.Right => (Width - Edge - Legend.Width, Rows[0].Top),
            LegendPosition.Below => (Left, y + 8),
            _ => (Edge, legendTop),
        };
        // A legend under the plot starts at the plot's edge where it fits there, else at the figure's.
        if (LegendAt == LegendPosition.Below && Left + Legend.Width > Width - Edge)
            LegendCorner = (Edge, y + 8);
        y += LegendAt == LegendPosition.Below ? Legend.Height + 8 : 0;
        // The small print is as wide as the page: a legend beside low plots ends above it.
        if (LegendAt == LegendPosition.Right && Caption.Count > 0)
            y = Math.Max(y, LegendCorner.Top + Legend.Height);
        CaptionTop = y + 8;
        y += Caption.Count > 0 ? Caption.Count * CaptionLine + 8 : 0;
        Height = Math.Max(plotHeight is null ? Height : 0, Math.Ceiling(y + Edge));
        if (LegendAt == LegendPosition.Right)
            Height = Math.Max(Height, LegendCorner.Top + Legend.Height + Edge);

        // Labels of the x axis may widen the left margin to this, no further: long ones are cut instead.
        double WidestLeft() => Math.Max(left, Width * 0.45);

        XAxisLabels FitX() => figure.IsGraph ? XAxisLabels.None : XAxisLabels.Fit(
            figure.XKind, figure.X, Categories, X, LabelLimit(right), WidestLeft() - Clearance);
    }

    /// <summary>How far right a tick's label may reach.</summary>
    private double LabelLimit(double right) => LegendAt == LegendPosition.Right ? Width - right + 10 : Width + 40;

    private static List<string> Lines(string? text, double size, double width, int most, bool bold = false) =>
        string.IsNullOrWhiteSpace(text) ? [] : FontMetrics.Wrap(text, size, width, most, bold);
}
