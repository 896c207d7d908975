namespace FinML.Figures.Svg;

/// <summary>Marker shapes, by number, as one path each: circle, square, triangle, diamond, cross, triangle down,
/// hourglass, bowtie.</summary>
internal static class Markers
{
    public static readonly string[] PlotlySymbols = ["circle", "square", "triangle-up", "diamond", "x",
        "triangle-down", "hourglass", "bowtie"];

    /// <summary>Shapes that the default palette takes.</summary>
    public const int DefaultShapes = 5;

    /// <summary>All shapes.</summary>
    public const int Shapes = 8;

    public static void Draw(
        SvgCanvas canvas, IEnumerable<(double X, double Y)> points, int shape, double size, string color,
        double opacity)
    {
        var path = new PathBuilder();
        string r = SvgCanvas.N(size / 2), d = SvgCanvas.N(size), minusD = "-" + d;
        foreach (var (x, y) in points)
        {
            switch (shape)
            {
                case 0:
                    path.Move(x - size / 2, y);
                    path.Raw($"a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 {minusD} 0z");
                    break;
                case 1:
                    path.Move(x - size * 0.45, y - size * 0.45);
                    string side = SvgCanvas.N(size * 0.9);
                    path.Raw($"h{side}v{side}h-{side}z");
                    break;
                case 2:
                    path.Move(x, y - size * 0.6);
                    path.Raw($"l{SvgCanvas.N(size * 0.6)} {d}h-{SvgCanvas.N(size * 1.2)}z");
                    break;
                case 3:
                    path.Move(x, y - size * 0.65);
                    string h = SvgCanvas.N(size * 0.65);
                    path.Raw($"l{h} {h}-{h} {h}-{h}-{h}z");
                    break;
                case 5:
                    path.Move(x, y + size * 0.6);
                    path.Raw($"l-{SvgCanvas.N(size * 0.6)} -{d}h{SvgCanvas.N(size * 1.2)}z");
                    break;
                case 6:
                case 7:
                    // Two triangles that meet in the middle: above and below, or left and right.
                    double w2 = size * 0.5, h2 = size * 0.55;
                    path.Move(x - w2, y - h2);
                    if (shape == 6)
                        path.Line(x + w2, y - h2);
                    else
                        path.Line(x - w2, y + h2);
                    path.Line(shape == 6 ? x - w2 : x + w2, shape == 6 ? y + h2 : y - h2);
                    path.Line(x + w2, y + h2);
                    path.Close();
                    break;
                default:
                    // A cross made of two bars, so that it can be filled like the others.
                    double w = size * 0.16;
                    path.Move(x - size / 2, y - w);
                    string arm = SvgCanvas.N(size / 2 - w), thick = SvgCanvas.N(2 * w);
                    path.Raw($"h{arm}v-{arm}h{thick}v{arm}h{arm}v{thick}h-{arm}v{arm}h-{thick}v-{arm}h-{arm}z");
                    break;
            }
        }

        canvas.Fill(path.ToString(), color, opacity);
    }
}
