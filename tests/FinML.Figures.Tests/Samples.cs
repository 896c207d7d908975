using System.Globalization;

namespace FinML.Figures.Tests;

/// <summary>Figures for the tests. Data come from integer arithmetic, which is the same on every machine.</summary>
internal static class Samples
{
    public static readonly DateTime[] Days =
        [.. Enumerable.Range(0, 400).Select(i => new DateTime(2019, 1, 1).AddDays(i))];

    /// <summary>A walk of +-1/64 steps from a 32-bit linear congruential generator; always above zero.</summary>
    public static double[] Walk(int count, uint seed)
    {
        var values = new double[count];
        double level = 4;
        for (int i = 0; i < count; i++)
        {
            seed = seed * 1664525 + 1013904223;
            level = Math.Max(0.25, level + ((seed >> 20) % 129 - 64.0) / 512);
            values[i] = level;
        }

        return values;
    }

    public static Dictionary<string, Figure> All()
    {
        double[] a = Walk(400, 1), b = Walk(400, 2), gaps = Walk(400, 3);
        for (int i = 100; i < 130; i++)
            gaps[i] = double.NaN;
        string[] names = ["AAPL", "MSFT", "XOM", "JPM"];
        return new Dictionary<string, Figure>
        {
            ["rows"] = Figure.Create("Equity and position")
                .Line(Days, a, name: "agent").Line(Days, b, name: "index").YAxis("wealth", log: true)
                .Shade(Days[50], Days[90], "crisis").Annotate(Days[200], a[200], "a trade")
                .Row(0.4).Step(Days, a.Select(v => (double)Math.Sign(v - 4)), name: "position").YAxis("position")
                .WithSubtitle("after costs").WithCaption("Source: a generator."),
            ["gaps"] = Figure.Create("Gaps").Line(Days, gaps, name: "with <gaps> & more").HorizontalLine(4, "start"),
            ["band"] = Figure.Create().Line(a, name: "mean")
                .Band(Enumerable.Range(0, 400), a.Select(v => v - 0.5), a.Select(v => v + 0.5), name: "mean"),
            ["bars"] = Figure.Create("Bars").Bar(names, [0.5, -0.2, 0.3, 1], name: "gross")
                .Bar(names, [0.4, -0.3, 0.2, 0.9], name: "net", lower: [0.1, -0.5, 0, 0.5], upper: [0.7, 0, 0.4, 1.2]),
            ["histogram"] = Figure.Create("Histogram").Histogram(a, name: "a").XAxis("level"),
            ["heatmap"] = Figure.Create("Heatmap").Heatmap(names, names,
                new double[,] { { 1, 0.5, -0.25, 0 }, { 0.5, 1, 0.75, 0.125 }, { -0.25, 0.75, 1, double.NaN },
                    { 0, 0.125, -1, 1 } },
                showValues: true, colorBarTitle: "correlation"),
            ["scatter"] = Figure.Create("Scatter").Scatter(a, b, name: "x").Scatter(b, a, name: "y")
                .Legend(LegendPosition.Right),
            ["area"] = Figure.Create("Drawdown").Area(Days, a.Select(v => -v / 20), name: "a")
                .YAxis("drawdown", AxisFormat.Percent)
                .Legend(LegendPosition.Inside),
        };
    }

    /// <summary>A culture that writes 1.234,5 and would change any number that is not formatted invariantly.</summary>
    public static CultureInfo CommaCulture()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.NegativeSign = "~";
        culture.DateTimeFormat.AbbreviatedMonthNames =
            ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10", "m11", "m12", ""];
        culture.DateTimeFormat.DateSeparator = "#";
        culture.DateTimeFormat.TimeSeparator = "#";
        return culture;
    }

    public static T In<T>(CultureInfo culture, Func<T> action)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
