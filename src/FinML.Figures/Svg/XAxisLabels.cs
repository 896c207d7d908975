using FinML.Figures.Traces;

namespace FinML.Figures.Svg;

/// <summary>
/// Ticks of the x axis whose labels do not touch: numbers and dates get fewer ticks until they fit; categories are
/// wrapped, else turned, else every k-th is written.
/// </summary>
internal sealed class XAxisLabels
{
    public const double Size = 11;

    private const double LineHeight = 13, Gap = 7, TurnedAngle = -40, LongestTurned = 190;

    private XAxisLabels(List<(double Pixel, List<string> Lines)> labels, List<double> tickPixels, bool turned)
    {
        Labels = labels;
        TickPixels = tickPixels;
        Turned = turned;
    }

    /// <summary>What has no axis has no labels.</summary>
    public static XAxisLabels None { get; } = new([], [], turned: false);

    /// <summary>Labels that are written, with their pixel.</summary>
    public List<(double Pixel, List<string> Lines)> Labels { get; }

    /// <summary>All ticks, with label or without.</summary>
    public List<double> TickPixels { get; }

    public bool Turned { get; }

    /// <summary>Height that the labels need below the axis.</summary>
    public double Height
    {
        get
        {
            if (Labels.Count == 0)
                return 4;
            if (!Turned)
                return 5 + Labels.Max(l => l.Lines.Count) * LineHeight;
            double longest = Labels.Max(l => FontMetrics.Width(l.Lines[0], Size));
            return 8 + longest * Math.Sin(-TurnedAngle * Math.PI / 180) + Size * 0.8;
        }
    }

    /// <summary>How far turned labels reach to the left of the plot's left edge.</summary>
    public double LeftReach(double plotLeft) => Labels.Count == 0 ? 0 : Labels.Max(l => Turned
        ? FontMetrics.Width(l.Lines[0], Size) * Math.Cos(TurnedAngle * Math.PI / 180) + Size - (l.Pixel - plotLeft)
        : l.Lines.Max(line => FontMetrics.Width(line, Size)) / 2 - (l.Pixel - plotLeft));

    /// <summary>The right end of the rightmost label, in pixels.</summary>
    public double RightReach =>
        Labels.Count == 0 ? 0 : Labels.Max(l => Turned ? l.Pixel + 10 : l.Pixel + Widest(l.Lines) / 2);

    /// <summary>Labels of an axis; none reaches further right than <paramref name="right"/>, and turned ones no further
    /// left of the plot than <paramref name="margin"/>. Ticks stand about <paramref name="apart"/> pixels
    /// apart.</summary>
    public static XAxisLabels Fit(AxisKind kind, AxisOptions options, CategoryIndex categories, LinearScale scale,
        double right, double margin, double apart = 60)
    {
        double width = scale.End - scale.Start;
        if (kind == AxisKind.Category)
            return Categories(categories, scale, width, margin);
        for (int count = Math.Clamp((int)(width / apart), 1, 12); ; count--)
        {
            List<Tick> ticks = kind == AxisKind.Date
                ? DateTicks.Create(scale.Minimum, scale.Maximum, count)
                : NumberTicks.Create(scale.Minimum, scale.Maximum, count, options.Format, options.Log);
            var labels = ticks.ConvertAll(t => (scale.Map(t.Value), Lines(t)));
            labels.RemoveAll(l => l.Item1 + Widest(l.Item2) / 2 > right);
            var pixels = ticks.ConvertAll(t => scale.Map(t.Value));
            if (Clear(labels))
                return new XAxisLabels(labels, pixels, turned: false);
            if (count == 1)
                return new XAxisLabels(labels.Take(1).ToList(), pixels, turned: false);
        }
    }

    public void Draw(SvgCanvas canvas, double bottom)
    {
        foreach (var (pixel, lines) in Labels)
        {
            if (Turned)
            {
                canvas.Text(pixel + 3, bottom + 13, lines[0], Size, Anchor.End, "m", angle: TurnedAngle);
                continue;
            }

            for (int i = 0; i < lines.Count; i++)
                canvas.Text(pixel, bottom + 15 + i * LineHeight, lines[i], Size, Anchor.Middle, "m");
        }
    }

    private static XAxisLabels Categories(CategoryIndex categories, LinearScale scale, double width, double margin)
    {
        double slot = width / categories.Count;
        var pixels = Enumerable.Range(0, categories.Count).Select(i => scale.Map(i)).ToList();
        var wrapped = categories.Labels.Select(l => FontMetrics.Wrap(l, Size, slot - Gap, 3)).ToList();
        if (wrapped.TrueForAll(lines => !lines.Exists(l => l.EndsWith('…'))))
            return new XAxisLabels([.. pixels.Zip(wrapped)], pixels, turned: false);
        // Turned lines stand slot * sin(angle) apart.
        double apart = slot * Math.Sin(-TurnedAngle * Math.PI / 180);
        int every = (int)Math.Ceiling((Size + 1) / apart);
        var turned = pixels.Zip(categories.Labels)
            .Where((_, i) => i % every == 0)
            .Select(p => (p.First, new List<string> { FontMetrics.Fit(p.Second, Size, Longest(p.First)) }));
        return new XAxisLabels([.. turned], pixels, turned: true);

        double Longest(double pixel) =>
            Math.Min(LongestTurned, (pixel - scale.Start + margin - Size) / Math.Cos(TurnedAngle * Math.PI / 180));
    }

    private static List<string> Lines(Tick tick) => tick.Under is null ? [tick.Label] : [tick.Label, tick.Under];

    private static double Widest(List<string> lines) => lines.Max(line => FontMetrics.Width(line, Size));

    private static bool Clear(List<(double Pixel, List<string> Lines)> labels)
    {
        for (int line = 0; line < 2; line++)
        {
            double end = double.NegativeInfinity;
            foreach (var (pixel, lines) in labels.Where(l => l.Lines.Count > line))
            {
                double half = FontMetrics.Width(lines[line], Size) / 2;
                if (pixel - half < end + Gap)
                    return false;
                end = pixel + half;
            }
        }

        return true;
    }
}
