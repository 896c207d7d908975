using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

// Waterfalls, candles and average ranks.
internal sealed partial class TraceDrawer
{
    private const double LabelSize = 11;

    private void DrawWaterfall(WaterfallTrace waterfall, SeriesStyle style)
    {
        double[] px = categories.Positions(waterfall.X);
        double slot = Math.Abs(x.Map(x.Minimum + 1) - x.Map(x.Minimum)), half = Math.Min(slot * 0.35, 40);
        // One number of decimals for all bars.
        double largest = Math.Max(waterfall.Changes.Append(waterfall.To[^1]).Max(Math.Abs), 1e-12);
        double step = Math.Pow(10, Math.Floor(Math.Log10(largest)) - (largest >= 100 ? 1 : 2));
        for (int i = 0; i < px.Length; i++)
        {
            double middle = x.Map(px[i]), from = y.Map(waterfall.From[i]), to = y.Map(waterfall.To[i]);
            bool total = i == px.Length - 1;
            double change = total ? waterfall.To[i] : waterfall.Changes[i];
            string color = total ? Palette.Colors[^1] : change < 0 ? Palette.Colors[1] : style.Color;
            var path = new PathBuilder();
            Box(path, middle - half, Math.Min(from, to), 2 * half, Math.Max(from, to));
            canvas.Fill(path.ToString(), color, change < 0 ? 0.25 : 0.9);
            canvas.Stroke(path.ToString(), color, 1.4);
            if (i + 1 < px.Length)
                canvas.Line(middle + half, to, x.Map(px[i + 1]) - half, to, "j");
            string text = (change > 0 && !total ? "+" : "") + NumberTicks.Format(change, step, largest, panel.Y.Format);
            double baseline = change < 0 ? Math.Max(from, to) + 12 : Math.Min(from, to) - 4;
            bool inside = baseline - LabelSize > area.Top - 4 && baseline < area.Bottom + 2;
            if (inside && FontMetrics.Width(text, LabelSize) < slot - 4)
                canvas.Text(middle, baseline, text, LabelSize, Anchor.Middle);
        }
    }

    private void DrawCandles(CandleTrace candles, SeriesStyle style)
    {
        double slot = x.Log ? 6 : Math.Abs(x.Map(x.Minimum + Domain.BarSlot(panel, categories)) - x.Map(x.Minimum));
        double[] px = Pixels(categories.Positions(candles.X), x);
        int[] given = [.. Enumerable.Range(0, px.Length).Where(candles.Has)];
        // Closer than four pixels a body cannot be told from its neighbour: candles merge as weeks merge days.
        double merge = Math.Max(4 / Math.Max(slot, 1e-9), 1), half = Math.Clamp(Math.Max(slot, 4) * 0.35, 1.2, 12);
        foreach (int[] group in merge <= 1 ? given.Select(i => new[] { i })
            : given.GroupBy(i => Math.Floor((px[i] - area.Left) / 4)).Select(g => g.ToArray()))
        {
            double open = candles.Open[group[0]], close = candles.Close[group[^1]];
            double high = y.Map(group.Max(i => candles.High[i])), low = y.Map(group.Min(i => candles.Low[i]));
            double middle = (px[group[0]] + px[group[^1]]) / 2;
            bool rise = close >= open;
            string color = rise ? style.Color : Palette.Colors[1];
            double top = y.Map(Math.Max(open, close)), bottom = y.Map(Math.Min(open, close));
            canvas.Line(middle, high, middle, top, color, 1.2);
            canvas.Line(middle, bottom, middle, low, color, 1.2);
            var body = new PathBuilder();
            Box(body, middle - half, top, 2 * half, Math.Max(bottom, top + 0.5));
            canvas.Fill(body.ToString(), color, rise ? 0.08 : 1);
            canvas.Stroke(body.ToString(), color, 1);
            Cover([middle, middle], [high, low], [0, 1], step: false);
        }
    }

    private void DrawContours(ContourTrace contours, SeriesStyle style)
    {
        double[] px = Array.ConvertAll(contours.X.Values, x.Map), py = Array.ConvertAll(contours.Y, y.Map);
        double largest = contours.Levels.Max(Math.Abs);
        double step = contours.Levels.Zip(contours.Levels.Skip(1), (a, b) => b - a).DefaultIfEmpty(largest / 100).Min();
        var labels = new List<(TextBox Box, string Text)>();
        for (int k = 0; k < contours.Levels.Length; k++)
        {
            // Heights are linear in pixels as in values, so the curves are found in pixels; every other line is thin.
            List<List<(double X, double Y)>> curves = MarchingSquares.Lines(px, py, contours.Z, contours.Levels[k]);
            var path = new PathBuilder();
            foreach (var curve in curves)
            {
                path.Move(curve[0].X, curve[0].Y);
                foreach (var (cx, cy) in curve.Skip(1))
                    path.Line(cx, cy);
                Covered.AddRange(curve);
            }

            if (!path.IsEmpty)
                canvas.Stroke(path.ToString(), style.Color, k % 2 == 0 ? 1.8 : 1);
            string text = NumberTicks.Format(contours.Levels[k], step, Math.Max(largest, 1e-12), AxisFormat.Number);
            foreach (var curve in curves.Where(c => c.Count > 8))
            {
                if (Place(curve, text, labels) is { } box)
                    labels.Add((box, text));
            }
        }

        foreach (var (box, text) in labels)
        {
            canvas.Rectangle(box.Left - 2, box.Top - 1, box.Width + 4, box.Height + 2, "b", 0.85, 2);
            canvas.Text(box.Left, box.Top + 0.74 * LabelSize, text, LabelSize);
        }
    }

    /// <summary>A place for a label on its curve, inside the plot and clear of the other labels.</summary>
    private TextBox? Place(List<(double X, double Y)> curve, string text, List<(TextBox Box, string Text)> taken)
    {
        TextBox measure = SvgCanvas.Measure(0, 0, text, LabelSize);
        foreach (double share in (double[])[0.5, 0.25, 0.75, 0.1, 0.9])
        {
            (double cx, double cy) = curve[(int)(share * (curve.Count - 1))];
            TextBox box = LabelPlacer.At(measure, cx - measure.Width / 2, cy - measure.Height / 2);
            bool inside = box.Left > area.Left + 3 && box.Left + box.Width < area.Right - 3
                && box.Top > area.Top + 3 && box.Top + box.Height < area.Bottom - 3;
            var wide = new TextBox(text, box.Left - 8, box.Top - 4, box.Width + 16, box.Height + 8);
            if (inside && !taken.Exists(other => other.Box.Intersects(wide)))
                return box;
        }

        return null;
    }

    private void DrawRanks(CriticalDifferenceTrace ranks, SeriesStyle style)
    {
        int last = ranks.Ranks.Length;
        double bar = y.Map(last), end = x.Map(1 + ranks.Difference);
        for (int i = 0; i < last; i++)
            canvas.Line(area.Left, y.Map(i), x.Map(ranks.Ranks[i]), y.Map(i), "g");
        Markers.Draw(canvas, ranks.Ranks.Select((r, i) => (x.Map(r), y.Map(i))), 0, 8, style.Color, 1);
        canvas.Line(x.Map(1), bar, end, bar, "j", 2);
        canvas.Line(x.Map(1), bar - 5, x.Map(1), bar + 5, "j", 2);
        canvas.Line(end, bar - 5, end, bar + 5, "j", 2);
        for (int g = 0; g < ranks.Groups.Length; g++)
        {
            // To the right of the group's worst; neighbouring groups in two lanes.
            (int first, int worst) = ranks.Groups[g];
            double at = Math.Min(x.Map(ranks.Ranks[worst]) + 10 + 7 * (g % 2), area.Right - 3 - 7 * (g % 2));
            canvas.Line(at, y.Map(first) - 5, at, y.Map(worst) + 5, style.Color, 4);
        }
    }
}
