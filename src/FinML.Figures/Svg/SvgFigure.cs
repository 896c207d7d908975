using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>
/// Draws a figure as SVG 1.1. Nothing depends on the machine: text is measured by a table, numbers are written with
/// fixed decimals, and identifiers are a hash of the figure, so that several figures can live in one page.
/// </summary>
internal static class SvgFigure
{
    public static string Write(Figure figure, SvgOptions options) => Render(figure, options).Svg;

    /// <summary>The SVG and the boxes of all its texts.</summary>
    public static (string Svg, List<TextBox> Boxes) Render(Figure figure, SvgOptions options)
    {
        figure.RequireData();
        var skipped = new SortedSet<int>();
        bool legendFits = true;
        // A label that finds no free place goes into the caption; the plot then shrinks, so labels are placed again.
        while (true)
        {
            var notes = skipped.Select(i => PanelMarks.Notes(figure)[i]).ToList();
            SeriesStyle[][] styles = SeriesStyle.Assign(figure);
            FigureLayout layout = FigureLayout.Create(figure, options, styles, notes, legendFits);
            var canvas = new SvgCanvas(ThemeColors.Of(options.Theme));
            string id = Identity(figure, options);
            int before = skipped.Count;
            if (!Draw(canvas, figure, layout, styles, id, skipped))
            {
                legendFits = false;
                continue;
            }

            if (skipped.Count == before)
                return (Document(canvas, figure, options, layout, id), canvas.Boxes);
        }
    }

    /// <summary>Draws everything; false where an inside legend does not fit.</summary>
    private static bool Draw(SvgCanvas canvas, Figure figure, FigureLayout layout, SeriesStyle[][] styles, string id,
        SortedSet<int> skipped)
    {
        DrawHeadings(canvas, figure, layout);
        for (int r = 0; r < figure.Panels.Length; r++)
        {
            Panel panel = figure.Panels[r];
            PlotArea area = layout.Plots[r];
            LinearScale y = layout.YLabels[r].Scale;
            var marks = new PanelMarks(canvas, figure, r, layout, skipped);
            DrawTitles(canvas, figure, layout, panel);
            DrawYAxis(canvas, panel, layout, area);
            DrawXGrid(canvas, figure, layout, panel);
            canvas.Raw($"<g clip-path=\"url(#{id}c{r.ToString(CultureInfo.InvariantCulture)})\">\n");
            marks.DrawSpans();
            var drawer = new TraceDrawer(
                canvas, panel, area, layout.X[r], y, layout.Categories[figure.Arrangement.XGroup(panel)]);
            for (int t = 0; t < panel.Traces.Length; t++)
                drawer.Draw(panel.Traces[t], styles[r][t]);
            marks.DrawLines();
            canvas.Raw("</g>\n");
            if (panel.Traces is [HeatmapTrace own] && !figure.Arrangement.OneColorBar)
                ColorBar.Draw(canvas, own, area);
            if (panel.Traces is [{ OwnY: not null }])
                NumberColumn.Draw(canvas, panel.Traces[0], area, y);
            var placer = new LabelPlacer(area, drawer.Covered, canvas.Boxes);
            if (r == 0 && layout.LegendAt == LegendPosition.Inside && !DrawInsideLegend(canvas, layout, placer, area))
                return false;
            marks.DrawLabels(placer);
        }

        foreach (Panel panel in figure.Panels.Where(figure.LabelsX))
            layout.XLabels[panel.Index].Draw(canvas, layout.Plots[panel.Index].Bottom);
        if (figure.Arrangement.OneColorBar
            && figure.Panels.SelectMany(panel => panel.Traces).OfType<HeatmapTrace>().FirstOrDefault() is { } shared)
            ColorBar.Draw(canvas, shared, layout.All);
        return true;
    }

    private static void DrawHeadings(SvgCanvas canvas, Figure figure, FigureLayout layout)
    {
        double y = 12;
        foreach (string line in layout.Title)
            canvas.Text(12, (y += FigureLayout.TitleLine) - 5, line, FigureLayout.TitleSize, bold: true);
        foreach (string line in layout.Subtitle)
            canvas.Text(12, (y += FigureLayout.SubtitleLine) - 3.5, line, FigureLayout.SubtitleSize, ink: "m");
        y = layout.CaptionTop;
        foreach (string line in layout.Caption)
            canvas.Text(12, (y += FigureLayout.CaptionLine) - 4, line, FigureLayout.CaptionSize, ink: "m");
        if (figure.Arrangement.X == AxisSharing.All && figure.XAxes[0].Title is { } title)
        {
            string text = FontMetrics.Fit(title, FigureLayout.AxisTitleSize, layout.All.Width);
            canvas.Text((layout.All.Left + layout.All.Right) / 2, layout.XTitleBaseline, text,
                FigureLayout.AxisTitleSize, Anchor.Middle);
        }

        DrawYTitle(canvas, layout.YTitle, FigureLayout.Edge, layout.All);

        if (layout.LegendAt is not LegendPosition.Inside and not LegendPosition.None)
            layout.Legend.Draw(canvas, layout.LegendCorner.Left, layout.LegendCorner.Top);
    }

    private static void DrawTitles(SvgCanvas canvas, Figure figure, FigureLayout layout, Panel panel)
    {
        PlotArea area = layout.Plots[panel.Index];
        List<string> lines = layout.PanelTitles[panel.Index];
        for (int i = 0; i < lines.Count; i++)
            canvas.Text(area.Left, area.Top - 8 - (lines.Count - 1 - i) * FigureLayout.PanelTitleLine, lines[i],
                FigureLayout.PanelTitleSize, bold: true);
        if (!layout.HasXTitle(panel))
            return;
        string text = FontMetrics.Fit(figure.XOf(panel).Title!, FigureLayout.AxisTitleSize, area.Width);
        canvas.Text((area.Left + area.Right) / 2, layout.XTitleOf(panel), text, FigureLayout.AxisTitleSize,
            Anchor.Middle);
    }

    private static void DrawYAxis(SvgCanvas canvas, Panel panel, FigureLayout layout, PlotArea area)
    {
        YAxisLabels labels = layout.YLabels[panel.Index];
        bool grid = panel.Traces is not [{ OwnY: not null }];
        foreach (Tick tick in labels.Ticks)
        {
            double y = labels.Scale.Map(tick.Value);
            if (grid)
                canvas.Line(area.Left, y, area.Right, y, "g");
            if (labels.Shown)
                canvas.Text(area.Left - 6, y + 4, tick.Label, FigureLayout.TickSize, Anchor.End, "m");
        }

        if (grid && !panel.Y.Log && labels.Scale.Minimum < 0 && labels.Scale.Maximum > 0)
            canvas.Line(area.Left, labels.Scale.Map(0), area.Right, labels.Scale.Map(0), "a");
        // Titles of a column stand below each other at its left edge.
        DrawYTitle(canvas, labels.Title, layout.YTitleStart(panel), area);
    }

    private static void DrawYTitle(SvgCanvas canvas, List<string> lines, double left, PlotArea area)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            double x = left + FigureLayout.AxisTitleSize * 0.8 + i * FigureLayout.AxisTitleLine;
            canvas.Text(x, (area.Top + area.Bottom) / 2, lines[i], FigureLayout.AxisTitleSize, Anchor.Middle,
                angle: -90);
        }
    }

    private static void DrawXGrid(SvgCanvas canvas, Figure figure, FigureLayout layout, Panel panel)
    {
        if (figure.IsGraph)
            return;
        PlotArea area = layout.Plots[panel.Index];
        bool categories = figure.XOf(panel).Kind == AxisKind.Category;
        bool grid = !categories && !figure.OnXAxis(figure.Arrangement.XGroup(panel))
            .Any(p => p.Traces is [HeatmapTrace or HistogramTrace, ..]);
        bool labelled = figure.LabelsX(panel);
        foreach (double pixel in layout.XLabels[panel.Index].TickPixels)
        {
            if (grid)
                canvas.Line(pixel, area.Top, pixel, area.Bottom, "g");
            if (labelled && !categories)
                canvas.Line(pixel, area.Bottom, pixel, area.Bottom + 4, "a");
        }

        canvas.Line(area.Left, area.Bottom, area.Right, area.Bottom, "a");
    }

    private static bool DrawInsideLegend(SvgCanvas canvas, FigureLayout layout, LabelPlacer placer, PlotArea area)
    {
        LegendBlock legend = layout.Legend;
        double width = legend.Width + 16, height = legend.Height + 8;
        double left = area.Left + 8, right = area.Right - 8 - width, middle = (left + right) / 2;
        double top = area.Top + 8, bottom = area.Bottom - 8 - height;
        var box = new TextBox("legend", 0, 0, width, height);
        (double Left, double Top)[] corners =
            [(left, top), (right, top), (left, bottom), (right, bottom), (middle, top), (middle, bottom)];
        TextBox? place = placer.Place(corners.Select(c => LabelPlacer.At(box, c.Left, c.Top)));
        if (place is null)
            return false;
        canvas.Rectangle(place.Left, place.Top, width, height, "b", 0.85, 4);
        legend.Draw(canvas, place.Left + 8, place.Top + 4);
        return true;
    }

    private static string Identity(Figure figure, SvgOptions options)
    {
        string content = string.Create(CultureInfo.InvariantCulture,
            $"{figure.ToPlotlyJson()}|{options.Theme}|{options.Width}|{options.Height}|{figure.LegendAt}");
        return "f" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..10];
    }

    private static string Document(SvgCanvas canvas, Figure figure, SvgOptions options, FigureLayout layout, string id)
    {
        ThemeColors colors = canvas.Colors;
        string width = SvgCanvas.N(layout.Width), height = SvgCanvas.N(layout.Height);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" width=\"{width}\" height=\"{height}\" ")
            .Append($"viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\" ")
            .Append($"font-family=\"{FontMetrics.Family}\" style=\"max-width:100%;height:auto\">\n")
            .Append($"<title id=\"{id}t\">{SvgCanvas.Escape(figure.Title ?? "Figure")}</title>\n")
            .Append($"<desc id=\"{id}d\">{SvgCanvas.Escape(FigureDescription.Of(figure))}</desc>\n");
        if (options.Theme == Theme.Auto)
            svg.Append("<style>").Append(AutoStyle(id)).Append("</style>\n");
        svg.Append("<defs>");
        for (int r = 0; r < layout.Plots.Length; r++)
        {
            PlotArea area = layout.Plots[r];
            svg.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"{id}c{r}\"><rect x=\"{SvgCanvas.N(area.Left)}\" ")
                .Append($"y=\"{SvgCanvas.N(area.Top - 1)}\" width=\"{SvgCanvas.N(area.Width)}\" ")
                .Append($"height=\"{SvgCanvas.N(area.Height + 2)}\"/></clipPath>");
        }

        svg.Append("</defs>\n");
        if (options.Theme != Theme.Print)
            svg.Append(
                $"<rect class=\"b\" width=\"{width}\" height=\"{height}\" rx=\"4\" fill=\"{colors.Background}\"/>\n");
        return svg.Append(canvas).Append("</svg>\n").ToString();
    }

    /// <summary>
    /// Attributes hold the light colours, which is what a renderer without CSS shows. The rules, which are scoped to
    /// this figure, turn it dark where the system is dark (GitHub, browsers), and follow VS Code and JupyterLab where
    /// these differ from the system.
    /// </summary>
    private static string AutoStyle(string id)
    {
        string dark = Rules(ThemeColors.Dark), light = Rules(ThemeColors.Light);
        return $"@media (prefers-color-scheme:dark){{{dark.Replace("$", $"#{id}")}}}"
            + dark.Replace("$", $".vscode-dark #{id}") + light.Replace("$", $".vscode-light #{id}")
            + dark.Replace("$", $"[data-jp-theme-light=false] #{id}")
            + light.Replace("$", $"[data-jp-theme-light=true] #{id}");

        static string Rules(ThemeColors c) =>
            $"$ .b{{fill:{c.Background}}}$ .i{{fill:{c.Ink}}}$ .m{{fill:{c.Muted}}}"
            + $"$ .g{{stroke:{c.Grid}}}$ .a{{stroke:{c.Axis}}}$ .j{{stroke:{c.Muted}}}";
    }
}
