using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Draws the traces of one panel, and notes which pixels they cover for the placing of labels.</summary>
internal sealed partial class TraceDrawer(SvgCanvas canvas, Panel panel, PlotArea area, LinearScale x, LinearScale y,
    CategoryIndex categories)
{
    /// <summary>Points that lie on data, a few pixels apart.</summary>
    public List<(double X, double Y)> Covered { get; } = [];

    private double Baseline => y.Log ? area.Bottom : Math.Clamp(y.Map(0), area.Top, area.Bottom);

    public void Draw(Trace trace, SeriesStyle style)
    {
        switch (trace)
        {
            case LineTrace line:
                DrawLine(line, style);
                break;
            case BandTrace band:
                DrawBand(band, style);
                break;
            case ScatterTrace scatter:
                DrawScatter(scatter, style);
                break;
            case BarTrace bars:
                DrawBars(bars, style);
                break;
            case HistogramTrace histogram:
                DrawHistogram(histogram, style);
                break;
            case BoxTrace box:
                DrawBox(box, style);
                break;
            case ViolinTrace violin:
                DrawViolin(violin, style);
                break;
            case ContourTrace contours:
                DrawContours(contours, style);
                break;
            case WaterfallTrace waterfall:
                DrawWaterfall(waterfall, style);
                break;
            case CandleTrace candles:
                DrawCandles(candles, style);
                break;
            case CriticalDifferenceTrace ranks:
                DrawRanks(ranks, style);
                break;
            case ForestTrace forest:
                DrawForest(forest, style);
                break;
            case GraphTrace graph:
                DrawGraph(graph);
                break;
            case HeatmapTrace heatmap:
                HeatmapDrawer.Draw(canvas, heatmap, area, x, y, categories);
                break;
        }
    }

    private void DrawLine(LineTrace line, SeriesStyle style)
    {
        double[] px = Pixels(categories.Positions(line.X), x), py = Pixels(line.Y, y);
        var stroke = new PathBuilder();
        var fill = new PathBuilder();
        List<(double, double)> lone = [], marks = [];
        foreach (List<int> run in Runs(px, py))
        {
            if (run.Count == 1 && !line.Fill)
            {
                lone.Add((px[run[0]], py[run[0]]));
                continue;
            }

            Trace(stroke, px, py, run, line.Step, move: true);
            Cover(px, py, run, line.Step);
            if (style.Marked)
                marks.AddRange(Spread(px, py, run, style.Slot));
            if (!line.Fill)
                continue;
            fill.Move(px[run[0]], Baseline);
            fill.Line(px[run[0]], py[run[0]]);
            Trace(fill, px, py, run, line.Step, move: false);
            fill.Line(px[run[^1]], Baseline);
            fill.Close();
        }

        double width = line.Width ?? (line.Fill ? 1.2 : 1.6);
        if (!fill.IsEmpty)
            canvas.Fill(fill.ToString(), style.Color, 0.22);
        if (!stroke.IsEmpty)
            canvas.Stroke(stroke.ToString(), style.Color, width, style.Dash);
        if (lone.Count > 0)
            Markers.Draw(canvas, lone, 0, width * 1.8, style.Color, 1);
        if (marks.Count > 0)
            Markers.Draw(canvas, marks, style.Marker, 7, style.Color, 1);
    }

    /// <summary>A few points of a run, about 90 pixels of x apart; those of another series stand elsewhere.</summary>
    private static IEnumerable<(double X, double Y)> Spread(double[] px, double[] py, List<int> run, int slot)
    {
        const double Apart = 90;
        double passed = 0, next = 12 + slot % Markers.Shapes * Apart / Markers.Shapes;
        for (int k = 1; k < run.Count; k++)
        {
            passed += Math.Abs(px[run[k]] - px[run[k - 1]]);
            if (passed < next)
                continue;
            yield return (px[run[k]], py[run[k]]);
            next += Math.Ceiling((passed - next + 1e-9) / Apart) * Apart;
        }
    }

    private void DrawBand(BandTrace band, SeriesStyle style)
    {
        double[] px = Pixels(categories.Positions(band.X), x), low = Pixels(band.Lower, y),
            high = Pixels(band.Upper, y);
        var both = low.Zip(high, (a, b) => double.IsFinite(a) && double.IsFinite(b) ? a : double.NaN).ToArray();
        var fill = new PathBuilder();
        foreach (var (start, end) in Segments(both))
        {
            List<int> upper = Kept(px, high, start, end), lower = Kept(px, low, start, end);
            Trace(fill, px, high, upper, band.Step, move: true);
            for (int k = lower.Count - 1; k >= 0; k--)
            {
                // Backwards along a step: down at the next x, then along to this one.
                if (band.Step && k + 1 < lower.Count)
                    fill.Line(px[lower[k + 1]], low[lower[k]]);
                fill.Line(px[lower[k]], low[lower[k]]);
            }

            fill.Close();
            Cover(px, high, upper, band.Step);
            Cover(px, low, lower, band.Step);
        }

        canvas.Fill(fill.ToString(), style.Color, 0.18);
    }

    private void DrawScatter(ScatterTrace scatter, SeriesStyle style)
    {
        double[] px = Pixels(categories.Positions(scatter.X), x), py = Pixels(scatter.Y, y);
        var seen = new HashSet<(long, long)>();
        var points = new List<(double, double)>();
        for (int i = 0; i < px.Length; i++)
        {
            // Two markers on the same half pixel look like one.
            if (double.IsFinite(py[i]) && seen.Add(((long)Math.Round(px[i] * 2), (long)Math.Round(py[i] * 2))))
                points.Add((px[i], py[i]));
        }

        Markers.Draw(canvas, points, style.Marker, scatter.Size, style.Color, points.Count > 300 ? 0.6 : 0.9);
        Covered.AddRange(points);
    }

    private void DrawBars(BarTrace bars, SeriesStyle style)
    {
        BarTrace[] group = [.. panel.Traces.OfType<BarTrace>()];
        double slot = x.Log ? 12 : Math.Abs(x.Map(x.Minimum + Domain.BarSlot(panel, categories)) - x.Map(x.Minimum));
        double width = slot * 0.8 / group.Length, offset = -slot * 0.4 + Array.IndexOf(group, bars) * width;
        double[] px = Pixels(categories.Positions(bars.X), x), py = Pixels(bars.Y, y);
        var path = new PathBuilder();
        if (width < 1)
        {
            // More bars than pixels: one column a pixel, from the lowest to the highest end.
            foreach (var column in Enumerable.Range(0, px.Length).Where(i => double.IsFinite(py[i]))
                .GroupBy(i => Math.Floor(px[i])))
                Box(path, column.Key, Math.Min(Baseline, column.Min(i => py[i])), 1,
                    Math.Max(Baseline, column.Max(i => py[i])));
        }
        else
        {
            for (int i = 0; i < px.Length; i++)
            {
                if (double.IsFinite(py[i]))
                    Box(path, px[i] + offset, Math.Min(py[i], Baseline), width - (width > 6 ? 1 : 0),
                        Math.Max(py[i], Baseline));
            }
        }

        canvas.Fill(path.ToString(), style.Color, 0.9);
        if (bars.Lower is null || bars.Upper is null)
            return;
        double[] low = Pixels(bars.Lower, y), high = Pixels(bars.Upper, y);
        for (int i = 0; i < px.Length; i++)
        {
            if (!double.IsFinite(low[i]) || !double.IsFinite(high[i]))
                continue;
            double middle = px[i] + offset + width / 2, cap = Math.Min(width * 0.25, 5);
            canvas.Line(middle, low[i], middle, high[i], "j", 1.3);
            canvas.Line(middle - cap, low[i], middle + cap, low[i], "j", 1.3);
            canvas.Line(middle - cap, high[i], middle + cap, high[i], "j", 1.3);
            Cover([middle, middle], [low[i], high[i]], [0, 1], step: false);
        }
    }

    private void DrawHistogram(HistogramTrace histogram, SeriesStyle style)
    {
        double[] edges = Pixels(histogram.Edges, x), py = Pixels(histogram.Heights, y);
        var path = new PathBuilder();
        for (int i = 0; i < py.Length; i++)
        {
            if (histogram.Heights[i] > 0 && double.IsFinite(py[i]))
                Box(path, edges[i], py[i], edges[i + 1] - edges[i] - (edges[i + 1] - edges[i] > 5 ? 1 : 0), Baseline);
        }

        bool several = panel.Traces.Count(t => t is HistogramTrace) > 1;
        canvas.Fill(path.ToString(), style.Color, several ? 0.55 : 0.85);
    }

    private void Box(PathBuilder path, double left, double top, double width, double bottom)
    {
        path.Move(left, top);
        path.Line(left + width, top);
        path.Line(left + width, bottom);
        path.Line(left, bottom);
        path.Close();
        for (double cy = top; cy <= bottom; cy += 8)
        {
            for (double cx = left; cx <= left + width; cx += 8)
                Covered.Add((cx, cy));
        }
    }

    private IEnumerable<List<int>> Runs(double[] px, double[] py)
    {
        foreach (var (start, end) in Segments(py))
            yield return Kept(px, py, start, end);
    }

    private List<int> Kept(double[] px, double[] py, int start, int end) =>
        end - start > 2 * area.Width && Decimation.Sorted(px)
            ? Decimation.Keep(px, py, start, end)
            : [.. Enumerable.Range(start, end - start)];

    private static IEnumerable<(int Start, int End)> Segments(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int start = i;
            while (i < values.Length && double.IsFinite(values[i]))
                i++;
            if (i > start)
                yield return (start, i);
        }
    }

    private static void Trace(PathBuilder path, double[] px, double[] py, List<int> run, bool step, bool move)
    {
        if (move)
            path.Move(px[run[0]], py[run[0]]);
        for (int k = 1; k < run.Count; k++)
        {
            if (step)
                path.Line(px[run[k]], py[run[k - 1]]);
            path.Line(px[run[k]], py[run[k]]);
        }
    }

    /// <summary>Samples a line every few pixels, at most a few thousand points.</summary>
    private void Cover(double[] px, double[] py, List<int> run, bool step)
    {
        for (int k = 1; k < run.Count && Covered.Count < 40_000; k++)
        {
            double x0 = px[run[k - 1]], y0 = py[run[k - 1]], x1 = px[run[k]], y1 = step ? y0 : py[run[k]];
            int pieces = Math.Clamp((int)(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)) / 6), 1, 200);
            for (int p = 0; p < pieces; p++)
                Covered.Add((x0 + (x1 - x0) * p / pieces, y0 + (y1 - y0) * p / pieces));
        }
    }

    private static double[] Pixels(double[] values, LinearScale scale) =>
        Array.ConvertAll(values, v => double.IsFinite(v) && !(scale.Log && v <= 0) ? scale.Map(v) : double.NaN);
}
