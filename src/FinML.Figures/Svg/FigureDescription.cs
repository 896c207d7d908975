using System.Globalization;
using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>A figure in a sentence per trace, for screen readers; it also states the gaps.</summary>
internal static class FigureDescription
{
    public static string Of(Figure figure)
    {
        var sentences = new List<string>();
        if (figure.Subtitle is { Length: > 0 })
            sentences.Add(figure.Subtitle);
        for (int r = 0; r < figure.Panels.Length; r++)
        {
            Panel panel = figure.Panels[r];
            string where = figure.Panels.Length == 1 ? ""
                : figure.Arrangement.Columns == 1 ? string.Create(CultureInfo.InvariantCulture, $"Row {r + 1}: ")
                : string.Create(CultureInfo.InvariantCulture, $"Panel {r + 1}{Titled(panel)}: ");
            sentences.AddRange(panel.Traces.Select(trace => where + Sentence(trace, panel) + "."));
        }

        return string.Join(' ', sentences);
    }

    private static string Titled(Panel panel) => panel.Title is null ? "" : $" ({panel.Title})";

    private static string Sentence(Trace trace, Panel panel)
    {
        string name = trace.Name is null ? trace.Noun : $"{trace.Noun} {trace.Name}";
        int count = trace.X.Count;
        if (trace is HeatmapTrace heatmap)
            return string.Create(CultureInfo.InvariantCulture,
                $"{name}, {heatmap.YValues.Count} by {heatmap.XValues.Count} cells from {heatmap.Minimum:G4} to "
                + $"{heatmap.Maximum:G4}");
        if (trace.Told(v => NumberTicks.Short(v, panel.Y.Format)) is { } told)
            return $"{name}, {told}";
        double[] finite = [.. trace.Columns.SelectMany(c => c).Where(double.IsFinite)];
        string axis = panel.Y.Title is { Length: > 0 } title ? $"{title} " : "";
        string range = string.Create(CultureInfo.InvariantCulture,
            $"{name}, {count} points from {trace.X.Text(0)} to {trace.X.Text(count - 1)}, {axis}{finite.Min():G4} to "
            + $"{finite.Max():G4}");
        return trace.Gaps == 0 ? range
            : range + string.Create(CultureInfo.InvariantCulture, $", {trace.Gaps} missing and left as gaps");
    }
}
