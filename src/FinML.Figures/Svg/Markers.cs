namespace FinML.Figures.Svg;

/// <summary>Marker shapes, by slot, as one path each: circle, square, triangle, diamond, cross.</summary>
internal static class Markers
{
    public static readonly string[] PlotlySymbols = ["circle", "square", "triangle-up", "diamond", "x"];

    public static void Draw(
        SvgCanvas canvas, IEnumerable<(double X, double Y)> points, int slot, double size, string color,
        double opacity)
    {
        var path = new PathBuilder();
        string r = SvgCanvas.N(size / 2), d = SvgCanvas.N(size), minusD = "-" + d;
        foreach (var (x, y) in points)
        {
            switch (slot % 5)
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
