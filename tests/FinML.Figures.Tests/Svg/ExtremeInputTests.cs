namespace FinML.Figures.Tests.Svg;

/// <summary>Values at the ends of what a double or a date can hold: every rendering stays finite and small.</summary>
public class ExtremeInputTests
{
    /// <summary>Far above what 1,000 points need, far below what an unbounded list of ticks or cells would
    /// take.</summary>
    private const long MostBytes = 64L << 20;

    public static TheoryData<string, double[]> Series => new()
    {
        { "tiny to huge", [1e-300, 1e-200, 1, 1e200, 1e300] },
        { "both signs", [-1e300, -1, 0, 1, 1e300] },
        { "beyond the axis", [-1.7e308, 0, 1.7e308] },
        { "denormals", [0, 5e-324, 1e-323, 2e-320] },
        { "one outlier", [.. Enumerable.Range(0, 999).Select(i => i * 1e-6), 1e12] },
        { "one outlier far off", [.. Enumerable.Range(0, 999).Select(i => i * 1e-6), 1e290] },
        { "one unit in the last place", [1, Math.BitIncrement(1.0), 1] },
        { "large and flat", [1e15, 1e15 + 0.125, 1e15 + 0.25] },
        { "gaps", [double.NaN, double.PositiveInfinity, 1, double.NegativeInfinity] },
        { "one value", [1e-300] },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public void As_values_of_a_line(string name, double[] values) =>
        Renders(name, Figure.Create("y").Line(Count(values), values, "a"));

    [Theory]
    [MemberData(nameof(Series))]
    public void As_values_on_a_logarithmic_axis(string name, double[] values)
    {
        double[] positive = [.. values.Where(v => v > 0 && double.IsFinite(v))];
        Renders(name, Figure.Create("log y").Line(Count(positive), positive, "a").YAxis("y", log: true));
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void As_percentages(string name, double[] values) =>
        Renders(name, Figure.Create("%").Line(Count(values), values, "a").YAxis("y", AxisFormat.Percent));

    [Theory]
    [MemberData(nameof(Series))]
    public void As_positions(string name, double[] values)
    {
        double[] xs = [.. values.Where(double.IsFinite).Order()];
        Renders(name, Figure.Create("x").Line(xs, Count(xs), "a").Scatter(xs, Count(xs), "b"));
    }

    [Theory]
    [MemberData(nameof(Series))]
    public void As_bars_and_bands(string name, double[] values) =>
        Renders(name, Figure.Create("bars").Bar(Count(values), values, "a").Band(Count(values), values, values, "b"));

    [Theory]
    [MemberData(nameof(Series))]
    public void As_a_sample(string name, double[] values) =>
        Renders(name, Figure.Create("histogram").Histogram(values.Where(double.IsFinite), name: "a"));

    public static TheoryData<string, DateTime[]> Dates => new()
    {
        { "all of time", [DateTime.MinValue, new(2000, 1, 1), DateTime.MaxValue] },
        { "the first day", [DateTime.MinValue, DateTime.MinValue.AddTicks(1)] },
        { "the last day", [DateTime.MaxValue.AddTicks(-1), DateTime.MaxValue] },
        { "one instant", [DateTime.MaxValue] },
        { "one tick apart", [new(2020, 1, 1), new DateTime(2020, 1, 1).AddTicks(1)] },
        { "a decade in milliseconds", [new(2010, 1, 1), new DateTime(2010, 1, 1).AddMilliseconds(1), new(2020, 1, 1)] },
    };

    [Theory]
    [MemberData(nameof(Dates))]
    public void As_dates(string name, DateTime[] dates)
    {
        double[] values = [.. dates.Select((_, i) => (double)i)];
        Renders(name, Figure.Create("dates").Line(dates, values, "a"));
        Renders(name, Figure.Create("dates").Bar(dates, values, "a"));
    }

    private static double[] Count(double[] values) => [.. values.Select((_, i) => (double)i)];

    private static void Renders(string name, Figure figure)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string svg = figure.ToSvg(Theme.Light), text = figure.ToText(), json = figure.ToPlotlyJson();
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes < MostBytes, $"'{name}' took {bytes >> 20} MiB.");
        Assert.True(svg.Length < 1 << 20 && text.Length < 1 << 16 && json.Length < 1 << 20, name);
        Assert.DoesNotContain("NaN", svg);
        Assert.DoesNotContain("Infinity", svg);
        Assert.DoesNotContain("\u221e", svg + text);
        System.Xml.Linq.XDocument.Parse(svg);
        System.Text.Json.JsonDocument.Parse(json).Dispose();
    }
}
