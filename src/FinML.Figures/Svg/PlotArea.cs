namespace FinML.Figures.Svg;

/// <summary>The rectangle of a row in which data are drawn, in pixels.</summary>
internal readonly record struct PlotArea(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;
}
