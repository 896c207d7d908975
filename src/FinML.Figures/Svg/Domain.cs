using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>Which values an axis shows: the data's range with a margin, or what the author set.</summary>
internal static class Domain
{
    private const double Margin = 0.04;

    // Far below double.MaxValue, so that differences stay finite.
    private const double Huge = 1e300;

    /// <summary>The range of the y axis of a panel and of those that share it.</summary>
    public static (double Minimum, double Maximum) OfY(Figure figure, Panel panel)
    {
        AxisOptions axis = panel.Y;
        Panel[] sharing = [.. figure.SharingY(panel)];
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        bool fromZero = false;
        foreach (Trace trace in sharing.SelectMany(p => p.Traces))
        {
            fromZero |= trace.FromZero;
            foreach (double value in trace.Columns.SelectMany(column => column))
                Include(value, axis.Log, ref low, ref high);
        }

        foreach (HorizontalMark mark in sharing.SelectMany(p => p.Horizontals))
            Include(mark.Y, axis.Log, ref low, ref high);
        foreach (TextMark mark in sharing.SelectMany(p => p.Texts))
            Include(mark.Y, axis.Log, ref low, ref high);
        bool zeroLow = false, zeroHigh = false;
        if (fromZero && !axis.Log)
        {
            zeroLow = low >= 0;
            zeroHigh = high <= 0;
            low = Math.Min(low, 0);
            high = Math.Max(high, 0);
        }

        return Finish(low, high, axis, zeroLow, zeroHigh);
    }

    /// <summary>The range of an x axis.</summary>
    public static (double Minimum, double Maximum) OfX(Figure figure, int axis, CategoryIndex categories)
    {
        (AxisKind kind, AxisOptions options) = figure.XAxes[axis];
        Panel[] sharing = [.. figure.OnXAxis(axis)];
        if (kind == AxisKind.Category)
            return (-0.5, categories.Count - 0.5);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        double pad = Margin / 4;
        foreach (Trace trace in sharing.SelectMany(panel => panel.Traces))
        {
            foreach (double value in Ends(trace, sharing, options.Log, categories))
                Include(value, options.Log, ref low, ref high);
            if (trace is HeatmapTrace)
                pad = 0;
            else if (trace is ScatterTrace or HistogramTrace or ForestTrace or CriticalDifferenceTrace)
                pad = Math.Max(pad, Margin / 2);
        }

        // Marks widen the axis only where there are no data to do it: a crisis outside the sample stays outside.
        if (kind == AxisKind.Date && low == high)
            (low, high) = (low - 1, high + 1);
        return Finish(low, high, options, false, false, pad);
    }

    /// <summary>Edges of the cells of a heatmap's axis: midpoints between centres.</summary>
    public static double[] CellEdges(double[] centres)
    {
        int n = centres.Length;
        var edges = new double[n + 1];
        for (int i = 1; i < n; i++)
            edges[i] = (centres[i - 1] + centres[i]) / 2;
        edges[0] = n == 1 ? centres[0] - 0.5 : centres[0] - (edges[1] - centres[0]);
        edges[n] = n == 1 ? centres[0] + 0.5 : centres[n - 1] + (centres[n - 1] - edges[n - 1]);
        return edges;
    }

    /// <summary>The smallest distance between the x of bars in a panel: the room that a group of bars has.</summary>
    public static double BarSlot(Panel panel, CategoryIndex categories)
    {
        double[] xs = panel.Traces.Where(IsBar).SelectMany(t => categories.Positions(t.X)).Distinct().Order()
            .ToArray();
        double slot = double.PositiveInfinity;
        for (int i = 1; i < xs.Length; i++)
            slot = Math.Min(slot, xs[i] - xs[i - 1]);
        return double.IsFinite(slot) ? slot : 1;
    }

    private static bool IsBar(Trace trace) => trace is BarTrace or CandleTrace;

    private static IEnumerable<double> Ends(Trace trace, Panel[] panels, bool log, CategoryIndex categories)
    {
        switch (trace)
        {
            case HistogramTrace histogram:
                return [histogram.Edges[0], histogram.Edges[^1]];
            case HeatmapTrace heatmap:
                double[] edges = CellEdges(heatmap.X.Values);
                return [edges[0], edges[^1]];
            case BarTrace or CandleTrace:
                Panel panel = panels.First(p => p.Traces.Contains(trace));
                double half = log ? 0 : BarSlot(panel, categories) / 2;
                return trace.X.Values.SelectMany(x => new[] { x - half, x + half });
            default:
                return trace.X.Values;
        }
    }

    private static void Include(double value, bool log, ref double low, ref double high)
    {
        if (!double.IsFinite(value) || log && value <= 0)
            return;
        low = Math.Min(low, Math.Clamp(value, -Huge, Huge));
        high = Math.Max(high, Math.Clamp(value, -Huge, Huge));
    }

    private static (double, double) Finish(
        double low, double high, AxisOptions axis, bool zeroLow, bool zeroHigh, double margin = Margin)
    {
        if (!double.IsFinite(low))
            (low, high) = axis.Log ? (1, 10) : (0, 1);
        // A flat series still needs an axis with a height; below 1e-12 of the value doubles have no room for ticks.
        if (high - low <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-12)
        {
            double half = low == 0 ? 1 : Math.Abs(low) * 0.1;
            (low, high) = axis.Log
                ? (low / 1.2, high * 1.2) : (low - (zeroLow ? 0 : half), high + (zeroHigh ? 0 : half));
        }

        if (axis.Log)
        {
            // Through logarithms: the ratio of the ends may be too large for a double.
            double pad = Math.Pow(10, (Math.Log10(high) - Math.Log10(low)) * margin);
            (low, high) = (Math.Max(low / pad, 1e-306), Math.Min(high * pad, Huge * 1e6));
        }
        else
        {
            double pad = (high - low) * margin;
            (low, high) = (zeroLow ? low : low - pad, zeroHigh ? high : high + pad);
        }

        double minimum = axis.Minimum ?? low, maximum = axis.Maximum ?? high;
        if (minimum < maximum)
            return (minimum, maximum);
        // One end set beyond all data: the axis starts or ends there, and is one unit (or factor 10) long.
        if (axis.Minimum is { } set)
            return (set, axis.Log ? set * 10 : set + Math.Max(1, Math.Abs(set)));
        return (axis.Log ? maximum / 10 : maximum - Math.Max(1, Math.Abs(maximum)), maximum);
    }
}
