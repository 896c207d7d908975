using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>One name of the legend and how its traces look.</summary>
internal sealed record LegendEntry(string Name, SeriesStyle Style, bool Line, bool Fill, bool Marker, bool Box)
{
    public static List<LegendEntry> Of(Figure figure, SeriesStyle[][] styles)
    {
        var entries = new List<LegendEntry>();
        for (int r = 0; r < figure.Panels.Length; r++)
        {
            for (int t = 0; t < figure.Panels[r].Traces.Length; t++)
            {
                Trace trace = figure.Panels[r].Traces[t];
                if (trace.Name is null || trace is HeatmapTrace)
                    continue;
                bool line = trace is LineTrace { Fill: false } or ContourTrace;
                bool fill = trace is LineTrace { Fill: true } or BandTrace;
                bool box = trace is BarTrace or HistogramTrace or DistributionTrace or CandleTrace;
                int at = entries.FindIndex(e => e.Name == trace.Name);
                if (at < 0)
                    entries.Add(new LegendEntry(trace.Name, styles[r][t], line, fill, trace is ScatterTrace, box));
                else
                    entries[at] = entries[at] with
                    {
                        // The line's own dash is what the reader looks for.
                        Style = line && !entries[at].Line ? styles[r][t] : entries[at].Style,
                        Line = entries[at].Line || line,
                        Fill = entries[at].Fill || fill,
                        Marker = entries[at].Marker || trace is ScatterTrace,
                        Box = entries[at].Box || box,
                    };
            }
        }

        return entries;
    }
}
