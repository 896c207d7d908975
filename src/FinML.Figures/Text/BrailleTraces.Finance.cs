using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Text;

// Waterfalls, candles and average ranks in dots.
internal static partial class BrailleTraces
{
    private static void Waterfall(BrailleCanvas canvas, WaterfallTrace waterfall, double[] xs, LinearScale x,
        LinearScale y)
    {
        double half = (x.Map(x.Minimum + 1) - x.Map(x.Minimum)) * 0.35;
        for (int i = 0; i < xs.Length; i++)
        {
            double middle = x.Map(xs[i]), from = y.Map(waterfall.From[i]), to = y.Map(waterfall.To[i]);
            for (double px = middle - half; px <= middle + half; px++)
                canvas.Line(px, from, px, to);
        }
    }

    private static void Candles(BrailleCanvas canvas, CandleTrace candles, double[] xs, LinearScale x, LinearScale y)
    {
        for (int i = 0; i < xs.Length; i++)
        {
            if (candles.Has(i))
                canvas.Line(x.Map(xs[i]), y.Map(candles.Low[i]), x.Map(xs[i]), y.Map(candles.High[i]));
        }
    }

    private static void Contours(BrailleCanvas canvas, ContourTrace contours, LinearScale x, LinearScale y)
    {
        foreach (var curve in contours.Levels
            .SelectMany(level => MarchingSquares.Lines(contours.X.Values, contours.Y, contours.Z, level)))
        {
            for (int i = 1; i < curve.Count; i++)
                canvas.Line(x.Map(curve[i - 1].X), y.Map(curve[i - 1].Y), x.Map(curve[i].X), y.Map(curve[i].Y));
        }
    }

    private static void Ranks(BrailleCanvas canvas, CriticalDifferenceTrace ranks, LinearScale x, LinearScale y)
    {
        for (int i = 0; i < ranks.Ranks.Length; i++)
            canvas.Line(x.Map(ranks.Ranks[i]), y.Map(i) - 1, x.Map(ranks.Ranks[i]), y.Map(i) + 1);
        double bar = y.Map(ranks.Ranks.Length);
        canvas.Line(x.Map(1), bar, x.Map(1 + ranks.Difference), bar);
        foreach ((int first, int last) in ranks.Groups)
        {
            double at = x.Map(ranks.Ranks[last]) + 4;
            canvas.Line(at, y.Map(first), at, y.Map(last));
        }
    }
}
