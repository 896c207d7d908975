namespace FinML.Figures.Traces;

/// <summary>Lines of equal height over a grid. Z is row-major: (y, x).</summary>
internal sealed record ContourTrace(AxisValues XValues, double[] Y, double[] Z, double[] Levels) : Trace
{
    public override string Noun => "contours";

    public override AxisValues X => XValues;

    public override IReadOnlyList<double[]> Columns => [Y];

    public override string Told(Func<double, string> show) =>
        $"heights {show(Z.Where(double.IsFinite).Min())} to {show(Z.Where(double.IsFinite).Max())}, lines at "
        + string.Join(", ", Levels.Select(show));
}
