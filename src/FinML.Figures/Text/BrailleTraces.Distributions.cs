using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Text;

// Distributions are boxes in dots: a violin's curve would not survive the resolution.
internal static partial class BrailleTraces
{
    private static void Distribution(BrailleCanvas canvas, Panel panel, DistributionTrace trace, double at,
        LinearScale x, LinearScale y)
    {
        (int place, int places) = DistributionTrace.PlaceOf(panel, trace);
        double slot = (x.Map(x.Minimum + 1) - x.Map(x.Minimum)) * 0.8 / places;
        double middle = x.Map(at) + (place - (places - 1) / 2.0) * slot, half = Math.Max(slot * 0.3, 1);
        BoxSummary box = trace.Box;
        double low = y.Map(box.LowerQuartile), high = y.Map(box.UpperQuartile);
        foreach (double level in (double[])[low, y.Map(box.Median), high])
            canvas.Line(middle - half, level, middle + half, level);
        canvas.Line(middle - half, low, middle - half, high);
        canvas.Line(middle + half, low, middle + half, high);
        canvas.Line(middle, low, middle, y.Map(box.LowerWhisker));
        canvas.Line(middle, high, middle, y.Map(box.UpperWhisker));
        foreach (double value in box.Outliers)
            canvas.Dot((int)middle, (int)y.Map(value));
    }

    private static void Forest(BrailleCanvas canvas, ForestTrace forest, LinearScale x, LinearScale y)
    {
        for (int i = 0; i < forest.Estimates.Length; i++)
        {
            double line = y.Map(i), at = x.Map(forest.Estimates[i].Value);
            canvas.Line(x.Map(forest.Estimates[i].Lower), line, x.Map(forest.Estimates[i].Upper), line);
            canvas.Line(at, line - 1, at, line + 1);
        }
    }
}
