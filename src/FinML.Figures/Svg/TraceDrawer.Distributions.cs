using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

// Boxes, violins and forest plots.
internal sealed partial class TraceDrawer
{
    private const double WidestBox = 64, WidestViolin = 110;

    private void DrawBox(BoxTrace box, SeriesStyle style)
    {
        (double middle, double width) = Stand(box, WidestBox);
        BoxSummary summary = box.Box;
        double top = y.Map(summary.UpperQuartile), bottom = y.Map(summary.LowerQuartile);
        double half = width / 2, cap = width / 4;
        Whisker(middle, bottom, y.Map(summary.LowerWhisker), cap, style.Color);
        Whisker(middle, top, y.Map(summary.UpperWhisker), cap, style.Color);
        var path = new PathBuilder();
        Box(path, middle - half, top, width, bottom);
        canvas.Fill(path.ToString(), style.Color, 0.3);
        canvas.Stroke(path.ToString(), style.Color, 1.4);
        canvas.Line(middle - half, y.Map(summary.Median), middle + half, y.Map(summary.Median), style.Color, 2.6);
        (double, double)[] beyond = [.. summary.Outliers.Select(v => (middle, y.Map(v)))
            .DistinctBy(p => (long)Math.Round(p.Item2 * 2))];
        if (beyond.Length > 0)
            Markers.Draw(canvas, beyond, style.Marker, 4, style.Color, 0.8);
        Covered.AddRange(beyond);
    }

    private void DrawViolin(ViolinTrace violin, SeriesStyle style)
    {
        (double middle, double width) = Stand(violin, WidestViolin);
        double highest = violin.Density.Max();
        double[] reach = [.. violin.Density.Select(d => d / highest * width / 2)];
        double[] py = Pixels(violin.Grid, y);
        var path = new PathBuilder();
        path.Move(middle - reach[0], py[0]);
        for (int i = 1; i < py.Length; i++)
            path.Line(middle - reach[i], py[i]);
        for (int i = py.Length - 1; i >= 0; i--)
        {
            path.Line(middle + reach[i], py[i]);
            Covered.Add((middle + reach[i], py[i]));
            Covered.Add((middle - reach[i], py[i]));
        }

        path.Close();
        canvas.Fill(path.ToString(), style.Color, 0.3);
        canvas.Stroke(path.ToString(), style.Color, 1.4);
        BoxSummary box = violin.Box;
        canvas.Line(middle, y.Map(box.LowerWhisker), middle, y.Map(box.UpperWhisker), style.Color, 1.2);
        canvas.Line(middle, y.Map(box.LowerQuartile), middle, y.Map(box.UpperQuartile), style.Color, 6);
        Markers.Draw(canvas, [(middle, y.Map(box.Median))], 0, 5, canvas.Colors.Background, 1);
    }

    private void DrawForest(ForestTrace forest, SeriesStyle style)
    {
        for (int i = 0; i < forest.Estimates.Length; i++)
        {
            Estimate e = forest.Estimates[i];
            double line = y.Map(i), low = x.Map(e.Lower), at = x.Map(e.Value), high = x.Map(e.Upper);
            var path = new PathBuilder();
            if (forest.IsSummary(i))
            {
                path.Move(low, line);
                path.Line(at, line - 7);
                path.Line(high, line);
                path.Line(at, line + 7);
                path.Close();
                canvas.Fill(path.ToString(), style.Color);
                canvas.Line(area.Left, line - y.Map(0.5) + y.Map(0), area.Right, line - y.Map(0.5) + y.Map(0), "g");
            }
            else
            {
                canvas.Line(low, line, high, line, style.Color, 1.6);
                canvas.Line(low, line - 4, low, line + 4, style.Color, 1.6);
                canvas.Line(high, line - 4, high, line + 4, style.Color, 1.6);
                // Areas are proportional to weights.
                double side = 11 * (forest.Weights.Length == 0 ? 0.7 : Math.Max(Math.Sqrt(forest.Weights[i]), 0.35));
                canvas.Rectangle(at - side / 2, line - side / 2, side, side, style.Color);
            }

            Cover([low, high], [line, line], [0, 1], step: false);
        }
    }

    private (double Middle, double Width) Stand(DistributionTrace trace, double widest)
    {
        (int place, int places) = DistributionTrace.PlaceOf(panel, trace);
        double slot = Math.Abs(x.Map(x.Minimum + 1) - x.Map(x.Minimum)) * 0.8 / places;
        slot = Math.Min(slot, widest * 1.15);
        double middle = x.Map(categories.Positions(trace.X)[0]) + (place - (places - 1) / 2.0) * slot;
        return (middle, Math.Max(slot * 0.85, 2));
    }

    private void Whisker(double middle, double from, double to, double cap, string color)
    {
        canvas.Line(middle, from, middle, to, color, 1.4);
        canvas.Line(middle - cap, to, middle + cap, to, color, 1.4);
        Cover([middle, middle], [from, to], [0, 1], step: false);
    }
}
