using FinML.Figures.Svg;
using FinML.Figures.Traces;

namespace FinML.Figures.Text;

/// <summary>Draws traces as dots.</summary>
internal static partial class BrailleTraces
{
    public static void Draw(BrailleCanvas canvas, Trace trace, Panel panel, LinearScale x, LinearScale y,
        CategoryIndex categories)
    {
        double[] xs = categories.Positions(trace.X);
        switch (trace)
        {
            case LineTrace line:
                Line(canvas, xs, line.Y, x, y, line.Step);
                break;
            case BandTrace band:
                Line(canvas, xs, band.Lower, x, y, band.Step);
                Line(canvas, xs, band.Upper, x, y, band.Step);
                break;
            case ScatterTrace scatter:
                for (int i = 0; i < xs.Length; i++)
                {
                    if (double.IsFinite(scatter.Y[i]))
                        canvas.Dot((int)x.Map(xs[i]), (int)y.Map(scatter.Y[i]));
                }

                break;
            case BarTrace bars:
                Bars(canvas, panel, bars, xs, x, y, categories);
                break;
            case HistogramTrace histogram:
                for (int i = 0; i < histogram.Heights.Length; i++)
                    Box(canvas, x.Map(histogram.Edges[i]), x.Map(histogram.Edges[i + 1]), histogram.Heights[i], y);
                break;
            case DistributionTrace distribution:
                Distribution(canvas, panel, distribution, xs[0], x, y);
                break;
            case ContourTrace contours:
                Contours(canvas, contours, x, y);
                break;
            case WaterfallTrace waterfall:
                Waterfall(canvas, waterfall, xs, x, y);
                break;
            case CandleTrace candles:
                Candles(canvas, candles, xs, x, y);
                break;
            case CriticalDifferenceTrace ranks:
                Ranks(canvas, ranks, x, y);
                break;
            case ForestTrace forest:
                Forest(canvas, forest, x, y);
                break;
        }
    }

    private static void Line(BrailleCanvas canvas, double[] xs, double[] ys, LinearScale x, LinearScale y, bool step)
    {
        for (int i = 0; i < xs.Length; i++)
        {
            if (!double.IsFinite(ys[i]))
                continue;
            double px = x.Map(xs[i]), py = y.Map(ys[i]);
            canvas.Dot((int)px, (int)py);
            if (i == 0 || !double.IsFinite(ys[i - 1]))
                continue;
            double lastX = x.Map(xs[i - 1]), lastY = y.Map(ys[i - 1]);
            if (step)
                canvas.Line(lastX, lastY, px, lastY);
            canvas.Line(step ? px : lastX, lastY, px, py);
        }
    }

    private static void Bars(
        BrailleCanvas canvas, Panel panel, BarTrace bars, double[] xs, LinearScale x, LinearScale y,
        CategoryIndex categories)
    {
        BarTrace[] group = [.. panel.Traces.OfType<BarTrace>()];
        double slot = x.Log ? 4 : x.Map(x.Minimum + Domain.BarSlot(panel, categories)) - x.Map(x.Minimum);
        double width = slot * 0.8 / group.Length, offset = -slot * 0.4 + Array.IndexOf(group, bars) * width;
        for (int i = 0; i < xs.Length; i++)
        {
            double left = x.Map(xs[i]) + offset;
            if (double.IsFinite(bars.Y[i]))
                Box(canvas, left, left + Math.Max(width - (width > 4 ? 1 : 0), 1), bars.Y[i], y);
        }
    }

    private static void Box(BrailleCanvas canvas, double left, double right, double value, LinearScale y)
    {
        if (y.Log && value <= 0)
            return;
        double zero = y.Log ? y.Start : y.Map(0), top = y.Map(value);
        for (int px = (int)left; px < Math.Max(right, (int)left + 1); px++)
        {
            for (int py = (int)Math.Min(top, zero); py < Math.Max(top, zero); py++)
                canvas.Dot(px, py);
        }
    }
}
