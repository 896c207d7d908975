using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>
/// Shaded spans, reference lines and annotations of one panel. Every label has a number over the whole figure; one that
/// finds no free place is handed back through that number and told in the caption instead.
/// </summary>
internal sealed class PanelMarks(
    SvgCanvas canvas, Figure figure, int panel, FigureLayout layout, SortedSet<int> skipped)
{
    private const double Size = 11;

    private readonly PlotArea _area = layout.Plots[panel];

    private readonly LinearScale _y = layout.YLabels[panel].Scale;

    private readonly LinearScale _x = layout.X[panel];

    private readonly CategoryIndex _categories =
        layout.Categories[figure.Arrangement.XGroup(figure.Panels[panel])];

    private Panel Panel => figure.Panels[panel];

    private int Axis => figure.Arrangement.XGroup(Panel);

    /// <summary>Marks of all panels of an axis are labelled in the first of them.</summary>
    private bool IsFirst => figure.OnXAxis(Axis).First().Index == panel;

    /// <summary>What the caption says for each label, by its number: spans, verticals, then each panel's own.</summary>
    public static List<string> Notes(Figure figure)
    {
        var notes = new List<string>();
        notes.AddRange(figure.Spans.Select(s => $"Shaded {s.Range.Text(0)} to {s.Range.Text(1)}: {s.Label}."));
        notes.AddRange(figure.Verticals.Select(v => $"Line at {v.X.Text(0)}: {v.Label}."));
        foreach (Panel panel in figure.Panels)
        {
            notes.AddRange(panel.Horizontals.Select(
                h => $"Line at {NumberTicks.Short(h.Y, panel.Y.Format)}: {h.Label}."));
            notes.AddRange(panel.Texts.Select(t => $"At {t.X.Text(0)}: {t.Text}."));
        }

        return notes;
    }

    public void DrawSpans()
    {
        foreach (SpanMark span in figure.Spans.Where(s => Here(s.Axis, s.Panel)))
        {
            (double left, double right) = Pixels(span);
            if (right <= left)
                continue;
            canvas.Rectangle(left, _area.Top, right - left, _area.Height, span.Color ?? "i",
                span.Color is null ? 0.08 : 0.16);
        }
    }

    public void DrawLines()
    {
        foreach (HorizontalMark mark in Panel.Horizontals.Where(h => _y.Contains(h.Y)))
            canvas.Line(_area.Left, _y.Map(mark.Y), _area.Right, _y.Map(mark.Y), "j", 1.2, mark.Dash);
        foreach (VerticalMark mark in figure.Verticals.Where(v => Here(v.Axis, v.Panel)))
        {
            double x = X(mark.X, 0);
            if (Visible(x))
                canvas.Line(x, _area.Top, x, _area.Bottom, "j", 1.2, mark.Dash);
        }
    }

    public void DrawLabels(LabelPlacer placer)
    {
        int number = 0;
        foreach (SpanMark span in figure.Spans)
        {
            if (Labelled(span.Axis, span.Panel) && Pixels(span) is var (left, right) && right > left)
                Label(placer, number, span.Label, text =>
                    Lanes((left + right - text.Width) / 2, left + 3, right - 3 - text.Width, text));
            number++;
        }

        foreach (VerticalMark mark in figure.Verticals)
        {
            if (Labelled(mark.Axis, mark.Panel) && X(mark.X, 0) is var x && Visible(x))
                Label(placer, number, mark.Label, text => Lanes(x + 5, x - 5 - text.Width, x + 5, text));
            number++;
        }

        number += figure.Panels.Take(panel).Sum(r => r.Horizontals.Length + r.Texts.Length);
        foreach (HorizontalMark mark in Panel.Horizontals)
        {
            if (_y.Contains(mark.Y))
                Label(placer, number, mark.Label, text => Beside(_y.Map(mark.Y), text));
            number++;
        }

        foreach (TextMark mark in Panel.Texts)
            Point(placer, number++, mark);
    }

    private void Point(LabelPlacer placer, int number, TextMark mark)
    {
        double x = X(mark.X, 0), y = _y.Map(mark.Y);
        if (!Visible(x) || y < _area.Top - 0.5 || y > _area.Bottom + 0.5 || skipped.Contains(number))
            return;
        TextBox? box = Label(placer, number, mark.Text, text => placer.Around(x, y, text), ink: "i");
        if (box is null)
            return;
        Markers.Draw(canvas, [(x, y)], 0, 5, canvas.Colors.Muted, 1);
        // The leader ends at the nearest point of the text's edge, a little before it.
        double tx = Math.Clamp(x, box.Left, box.Left + box.Width),
            ty = Math.Clamp(y, box.Top - 2, box.Top + box.Height + 2);
        double length = Math.Sqrt((tx - x) * (tx - x) + (ty - y) * (ty - y));
        if (length > 8)
            canvas.Line(x + (tx - x) * 4 / length, y + (ty - y) * 4 / length, tx, ty, "j");
    }

    private TextBox? Label(LabelPlacer placer, int number, string? text, Func<TextBox, IEnumerable<TextBox>> candidates,
        string ink = "m")
    {
        if (string.IsNullOrWhiteSpace(text) || skipped.Contains(number))
            return null;
        string fitted = FontMetrics.Fit(text, Size, _area.Width * 0.6);
        TextBox measure = SvgCanvas.Measure(0, 0, fitted, Size);
        TextBox? box = placer.Place(candidates(measure));
        if (box is null)
        {
            skipped.Add(number);
            return null;
        }

        canvas.Rectangle(box.Left - 2, box.Top - 1, box.Width + 4, box.Height + 2, "b", 0.7, 2);
        canvas.Text(box.Left, box.Top + 0.74 * Size, fitted, Size, ink: ink);
        return box;
    }

    private IEnumerable<TextBox> Lanes(double first, double second, double third, TextBox text)
    {
        for (double top = _area.Top + 4; top + text.Height < _area.Bottom; top += text.Height + 4)
        {
            // A label may lean over its span, but stays in the plot.
            foreach (double left in (double[])[first, second, third])
                yield return LabelPlacer.At(text,
                    Math.Clamp(left, _area.Left + 3, Math.Max(_area.Left + 3, _area.Right - 3 - text.Width)), top);
        }
    }

    private IEnumerable<TextBox> Beside(double y, TextBox text)
    {
        double above = y - text.Height - 3, below = y + 4;
        for (double left = _area.Right - 4 - text.Width; left > _area.Left + 3; left -= 20)
        {
            yield return LabelPlacer.At(text, left, above);
            yield return LabelPlacer.At(text, left, below);
        }
    }

    private (double Left, double Right) Pixels(SpanMark span)
    {
        double half = span.Range.Kind == AxisKind.Category ? 0.5 : 0;
        double[] positions = _categories.Positions(span.Range);
        double left = _x.Map(Positive(positions[0] - half)), right = _x.Map(Positive(positions[1] + half));
        return (Math.Max(left, _area.Left), Math.Min(right, _area.Right));
    }

    private double X(AxisValues values, int index) =>
        _x.Map(Positive(_categories.Positions(values)[index]));

    // On a log axis a mark at or below zero lies far to the left.
    private double Positive(double value) => _x.Log ? Math.Max(value, double.Epsilon) : value;

    private bool Here(int axis, int? only) => only is { } one ? one == panel : axis == Axis;

    private bool Labelled(int axis, int? only) => only is { } one ? one == panel : axis == Axis && IsFirst;

    private bool Visible(double x) => x >= _area.Left - 0.5 && x <= _area.Right + 0.5;
}
