using System.Globalization;
using System.Text;
using FinML.Figures.Svg;
using FinML.Figures.Text;
using FinML.Figures.Traces;

namespace FinML.Figures;

/// <summary>
/// Figures in a terminal: braille dots (2 x 4 to a character) with labelled axes. Panels of a figure stand below each
/// other; a line under each plot says first, last, lowest and highest value of each series, because dots have no
/// colour.
/// </summary>
public static class TextPlot
{
    private const int LeastWidth = 30, LeastHeight = 4;

    /// <summary>One series against its index.</summary>
    public static string Line(IEnumerable<double> y, int width = 72, int height = 12) =>
        Render(Figure.Create().Line(y), width, height);

    /// <summary>One series against dates, numbers or labels.</summary>
    public static string Line<T>(IEnumerable<T> x, IEnumerable<double> y, int width = 72, int height = 12) =>
        Render(Figure.Create().Line(x, y), width, height);

    /// <summary>A figure.</summary>
    /// <param name="figure">A figure with data in every panel.</param>
    /// <param name="width">Characters in a line, 30 to 400.</param>
    /// <param name="height">Lines of all plots together, at least 4 a panel, at most 200.</param>
    public static string Render(Figure figure, int width = 80, int height = 20)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (width is < LeastWidth or > 400)
            throw new ArgumentOutOfRangeException(
                nameof(width), $"A text plot is {LeastWidth} to 400 wide; got {width}.");
        if (height is < LeastHeight or > 200)
            throw new ArgumentOutOfRangeException(
                nameof(height), $"A text plot is {LeastHeight} to 200 high; got {height}.");
        figure.RequireData();
        var text = new StringBuilder();
        foreach (string? line in (string?[])[figure.Title, figure.Subtitle])
        {
            if (!string.IsNullOrEmpty(line))
                text.Append(line).Append('\n');
        }

        YAxisLabels[] labels =
            [.. figure.Panels.Select(panel => YAxisLabels.Create(figure, panel, Lines(figure, panel, height) * 18))];
        int gutter = Math.Min(labels.Max(y => y.Ticks.Count == 0 ? 0 : y.Ticks.Max(t => t.Label.Length)), width / 3);
        int columns = width - gutter - 2;
        for (int r = 0; r < figure.Panels.Length; r++)
        {
            Panel panel = figure.Panels[r];
            if (panel.Traces is [GraphTrace graph])
            {
                // Dots cannot show which arrow goes where; lines of text can.
                text.Append(graph.Noun).Append(": ").Append(Count(graph.Names.Length, "node")).Append(", ")
                    .Append(Count(graph.Edges.Length, "edge")).Append('\n');
                foreach (string line in graph.Edges.Select(GraphTrace.Line))
                    text.Append("  ").Append(line).Append('\n');
                continue;
            }

            int lines = Lines(figure, panel, height), axis = figure.Arrangement.XGroup(panel);
            CategoryIndex categories = CategoryIndex.Of(figure, axis);
            (double low, double high) = Domain.OfX(figure, axis, categories);
            var scale = new LinearScale(low, high, figure.XAxes[axis].Log, 0, columns * 2);
            if ((panel.Title ?? panel.Y.Title) is { } heading)
                text.Append(' ', gutter + 2).Append(heading).Append('\n');
            AppendPlot(text, panel, labels[r], scale, categories, gutter, columns, lines);
            // Plots stand below each other here: one that has another axis than the next ends with its own.
            if (r == figure.Panels.Length - 1 || figure.Arrangement.XGroup(figure.Panels[r + 1]) != axis)
                AppendXAxis(text, figure.XAxes[axis], scale, categories, gutter, columns);
            AppendSeries(text, panel, gutter);
        }

        return text.ToString();
    }

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static int Lines(Figure figure, Panel panel, int height) =>
        Math.Max(LeastHeight, (int)Math.Round(height * panel.Height / figure.Panels.Sum(r => r.Height)));

    private static void AppendPlot(StringBuilder text, Panel panel, YAxisLabels labels, LinearScale x,
        CategoryIndex categories, int gutter, int columns, int lines)
    {
        char[][] cells;
        LinearScale y = labels.Scale with
        {
            Start = labels.Scale.Start > labels.Scale.End ? lines * 4 : 0,
            End = labels.Scale.Start > labels.Scale.End ? 0 : lines * 4,
        };
        if (panel.Traces is [HeatmapTrace heatmap])
        {
            cells = Shades(heatmap, x, y, categories, columns, lines);
        }
        else
        {
            var canvas = new BrailleCanvas(columns, lines);
            foreach (Trace trace in panel.Traces)
                BrailleTraces.Draw(canvas, trace, panel, x, y, categories);
            cells = canvas.Characters();
        }

        var ticks = new string?[lines];
        foreach (Tick tick in labels.Ticks)
        {
            int line = Math.Clamp((int)(y.Map(tick.Value) / 4), 0, lines - 1);
            ticks[line] ??= tick.Label.Length <= gutter ? tick.Label : tick.Label[..gutter];
        }

        for (int line = 0; line < lines; line++)
        {
            text.Append((ticks[line] ?? "").PadLeft(gutter)).Append(ticks[line] is null ? " │" : " ┤")
                .Append(new string(cells[line]).TrimEnd()).Append('\n');
        }
    }

    private static char[][] Shades(
        HeatmapTrace heatmap, LinearScale x, LinearScale y, CategoryIndex categories, int columns,
        int lines)
    {
        const string Levels = "·░▒▓█";
        double[] xs = categories.Positions(heatmap.XValues),
            ys = CategoryIndex.Of(heatmap.YValues).Positions(heatmap.YValues);
        var cells = new char[lines][];
        for (int l = 0; l < lines; l++)
        {
            cells[l] = new char[columns];
            for (int c = 0; c < columns; c++)
            {
                int i = Nearest(xs, x, c * 2 + 1), j = Nearest(ys, y, l * 4 + 2);
                double z = heatmap.Z[j * xs.Length + i];
                double level = (z - heatmap.Minimum) / (heatmap.Maximum - heatmap.Minimum);
                cells[l][c] = double.IsFinite(z) ? Levels[Math.Clamp((int)(level * 5), 0, 4)] : ' ';
            }
        }

        return cells;
    }

    private static int Nearest(double[] values, LinearScale scale, double at)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (Math.Abs(scale.Map(values[i]) - at) < Math.Abs(scale.Map(values[best]) - at))
                best = i;
        }

        return best;
    }

    private static void AppendXAxis(
        StringBuilder text, HorizontalAxis axis, LinearScale x, CategoryIndex categories, int gutter,
        int columns)
    {
        int count = Math.Max(columns / 12, 1);
        List<Tick> ticks = axis.Kind switch
        {
            AxisKind.Date => DateTicks.Create(x.Minimum, x.Maximum, count),
            AxisKind.Category => [.. categories.Labels.Select((l, i) => new Tick(i, l))],
            _ => NumberTicks.Create(x.Minimum, x.Maximum, count, axis.Options.Format, axis.Log),
        };
        char[] line = new string('─', columns).ToCharArray(), labels = new string(' ', columns).ToCharArray();
        int end = -1;
        foreach (Tick tick in ticks)
        {
            string label = tick.Under is null ? tick.Label : $"{tick.Label} {tick.Under}";
            int at = Math.Clamp((int)(x.Map(tick.Value) / 2), 0, columns - 1);
            int start = Math.Max(at - label.Length / 2, 0);
            if (start <= end || start + label.Length > columns)
                continue;
            line[at] = '┬';
            label.CopyTo(0, labels, start, label.Length);
            end = start + label.Length;
        }

        text.Append(' ', gutter + 1).Append('└').Append(line).Append('\n');
        text.Append(' ', gutter + 2).Append(new string(labels).TrimEnd()).Append('\n');
        if (axis.Title is { Length: > 0 } title)
            text.Append(' ', gutter + 2).Append(title).Append('\n');
    }

    private static void AppendSeries(StringBuilder text, Panel panel, int gutter)
    {
        foreach (Trace trace in panel.Traces)
        {
            // A band around a line of its name has been told by the line.
            if (trace is BandTrace && panel.Traces.Any(t => t is not BandTrace && t.Name == trace.Name))
                continue;
            text.Append(' ', gutter + 2).Append(trace.Name ?? trace.Noun).Append(": ");
            if (trace is HeatmapTrace heatmap)
            {
                text.Append(Show(heatmap.Minimum)).Append(" (·) to ").Append(Show(heatmap.Maximum)).Append(" (█)\n");
                continue;
            }

            if (trace.Told(Show) is { } told)
            {
                text.Append(told).Append('\n');
                continue;
            }

            double[] finite = [.. trace.Columns[^1].Where(double.IsFinite)];
            double[] all = [.. trace.Columns.SelectMany(c => c).Where(double.IsFinite)];
            text.Append("first ").Append(Show(finite[0])).Append(", last ").Append(Show(finite[^1]))
                .Append(", lowest ").Append(Show(all.Min())).Append(", highest ").Append(Show(all.Max()));
            if (trace.Gaps > 0)
                text.Append(", ").Append(trace.Gaps.ToString(CultureInfo.InvariantCulture)).Append(" missing");
            text.Append('\n');
        }

        string Show(double value) => NumberTicks.Short(value, panel.Y.Format);
    }
}
