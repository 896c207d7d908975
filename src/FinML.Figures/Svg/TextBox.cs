namespace FinML.Figures.Svg;

/// <summary>
/// The place that a line of text takes: a rectangle with its lower left corner of the baseline turned by Angle degrees
/// about (PivotX, PivotY). Tests hold these boxes against each other.
/// </summary>
internal sealed record TextBox(string Text, double Left, double Top, double Width, double Height, double Angle = 0,
    double PivotX = 0, double PivotY = 0)
{
    public (double X, double Y)[] Corners()
    {
        (double Sin, double Cos) turn = Math.SinCos(Angle * Math.PI / 180);
        return
        [
            Turn(Left, Top), Turn(Left + Width, Top), Turn(Left + Width, Top + Height), Turn(Left, Top + Height),
        ];

        (double, double) Turn(double x, double y) => (
            PivotX + (x - PivotX) * turn.Cos - (y - PivotY) * turn.Sin,
            PivotY + (x - PivotX) * turn.Sin + (y - PivotY) * turn.Cos);
    }

    /// <summary>Whether two boxes share more than a sliver (separating axes of two rectangles).</summary>
    public bool Intersects(TextBox other, double slack = 0.5)
    {
        if (Angle == 0 && other.Angle == 0)
        {
            return Left + slack < other.Left + other.Width && other.Left + slack < Left + Width
                && Top + slack < other.Top + other.Height && other.Top + slack < Top + Height;
        }

        var a = Corners();
        var b = other.Corners();
        return !Separated(a, b, Angle, slack) && !Separated(a, b, other.Angle, slack);
    }

    private static bool Separated((double X, double Y)[] a, (double X, double Y)[] b, double angle, double slack)
    {
        (double sin, double cos) = Math.SinCos(angle * Math.PI / 180);
        foreach (var (dx, dy) in ((double, double)[])[(cos, sin), (-sin, cos)])
        {
            var pa = a.Select(p => p.X * dx + p.Y * dy).ToArray();
            var pb = b.Select(p => p.X * dx + p.Y * dy).ToArray();
            if (pa.Max() - slack <= pb.Min() || pb.Max() - slack <= pa.Min())
                return true;
        }

        return false;
    }
}
