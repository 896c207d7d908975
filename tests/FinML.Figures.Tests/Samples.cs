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
            ["graph"] = Figure.Create("Assumed causes").WithCaption("Dashed: a common cause that is not observed.").Graph(
            [
                new("volatility", "spread", Weight: 0.52), new("volatility", "volume", Weight: 0.31),
                new("volume", "spread", Weight: -0.44), new("tick size", "depth", Weight: 0.6),
                new("depth", "spread", Weight: -0.2), new("news", "volatility", Weight: 0.7),
                new("news", "spread", Weight: 0.05), new("volume", "depth", EdgeKind.Bidirected),
                new("spread", "cost", Weight: 0.9), new("volatility", "cost", EdgeKind.Undirected),
            ]),
            ["links"] = Figure.Create("Links over time").Graph(
            [
                new("SPX", "SPX", Weight: -0.08, Lag: 1), new("VIX", "VIX", Weight: 0.92, Lag: 1),
                new("SPX", "VIX", Weight: -0.21, Lag: 1), new("VIX", "SPX", Weight: 0.06, Lag: 2),
                new("oil", "oil", Weight: 0.05, Lag: 1), new("oil", "oil", Weight: 0.03, Lag: 2),
                new("SPX", "oil", Weight: 0.11, Lag: 3), new("VIX", "credit & <bonds>", Lag: 1),
                new("VIX", "credit & <bonds>", Lag: 2),
            ], ["SPX", "VIX", "oil", "credit & <bonds>", "gold"]),
            ["density"] = Figure.Create("Density").Density(a, name: "a").Density(b, name: "b").XAxis("level"),
            ["box"] = Figure.Create("Boxes").Box("AAPL", a, "gross").Box("AAPL", b, "net").Box("MSFT", gaps, "gross")
                .Box("MSFT", [.. b, 40, -3], "net").YAxis("return"),
            ["violin"] = Figure.Create("Violins").Violin("PPO", a).Violin("SAC & <b>", b).YAxis("score"),
            ["forest"] = Figure.Create("Forest").Forest(["Smith 2001", "Jones & Lee <2004>", "Wu 2012"],
                [new(0.42, -0.1, 0.94), new(0.2, 0.05, 0.35), new(-0.3, -1.2, 0.6)], new Estimate(0.21, 0.07, 0.35),
                weights: [1, 8, 0.5]).XAxis("difference in Sharpe ratio"),
            ["fan"] = Figure.Create("Fan").Line(Days[..200], a[..200], "observed")
                .Fan(Days[200..300], [0.05, 0.25, 0.5, 0.75, 0.95], Quantiles(100)).YAxis("level"),
            ["waterfall"] = Figure.Create("From gross to net")
                .Waterfall(["signal", "timing", "costs <bp>"], [5.25, 1.5, -3.25], "net").YAxis("return"),
            ["candles"] = Candles(60),
            ["profile"] = Figure.Create("Profiles").PerformanceProfile(a[..40], "PPO")
                .PerformanceProfile(b[..30], "SAC").XAxis("score").YAxis("share of runs above"),
            ["depth"] = Figure.Create("Depth").Depth([99.5, 99, 98], [10, 20, 40], [100.5, 101, 103], [5, 30, 35])
                .XAxis("price").YAxis("size"),
            ["pareto"] = Figure.Create("Risk and return").ParetoFront([1, 2, 3, 2.5, 4], [1, 3, 4, 2, 3.5],
                ["bonds & bills", "mix", "stocks", "x", "y"]).XAxis("risk").YAxis("return"),
            ["attention"] = Figure.Create("Attention").Attention(["the", "bank", "the"], ["the", "<pad>"],
                new double[,] { { 0.5, 0.5 }, { 0.25, 0.75 }, { 1, double.NaN } }),
            ["contour"] = Figure.Create("Bowl").Contour(Enumerable.Range(-10, 21), Grid21(), Bowl()).YAxis("y"),
            ["ranks"] = Figure.Create("Methods").CriticalDifference(["C4.5", "ridge & <co>", "PPO"],
                new double[,] { { 1, 2, 3 }, { 1, 3, 2 }, { 1, 2, 3 }, { 0, 0, 4 } }).XAxis("average rank"),
            ["grid"] = Figure.Create("Walks by seed").Grid(3).Facet(Enumerable.Range(1, 5), seed => $"seed {seed}",
                (f, seed) => f.Line(Days, Walk(400, (uint)seed), "walk").HorizontalLine(4, seed == 1 ? "start" : null))
                .Shade(Days[50], Days[90], "crisis").XAxis("day").YAxis("level").WithCaption("Source: a generator."),
            ["own-axes"] = Figure.Create("Panels of their own kind").Grid(2, AxisSharing.None, AxisSharing.None)
                .Panel("dates").Line(Days, a, "agent").Annotate(Days[200], a[200], "a trade").YAxis("wealth")
                .Panel("log-log").Scatter([1.0, 10, 100, 1000], [1.0, 0.1, 0.02, 0.001], "index")
                .XAxis("lag", log: true)
                .YAxis("autocorrelation", log: true)
                .Panel("labels").Bar(names, [0.5, -0.2, 0.3, 1], "agent").YAxis("Sharpe ratio")
                .Panel("estimates").Forest(["Smith 2001", "Wu 2012"], [new(0.42, -0.1, 0.94), new(0.2, 0.05, 0.35)])
                .XAxis("difference"),
            ["color-blind"] = Figure.Create("Safe for all eyes").WithPalette(SeriesPalette.ColorBlind)
                .Line(Days, a, name: "a").Line(Days, b, name: "b").Step(Days[..300], gaps[..300], "c")
                .Row(0.6).Scatter(Days[..40], a[..40], "d").Line(Days, b),
            ["maps"] = Figure.Create("Correlations by regime").Grid(2).Facet(["calm", "crisis"], regime => regime,
                (f, regime) => f.Heatmap(names[..3], names[..3], regime == "calm"
                    ? new double[,] { { 1, 0.25, 0.125 }, { 0.25, 1, -0.25 }, { 0.125, -0.25, 1 } }
                    : new double[,] { { 1, 0.75, 0.5 }, { 0.75, 1, 0.5 }, { 0.5, 0.5, 1 } },
                    showValues: true, colorBarTitle: "correlation")),
        };
    }

    public static double[] Grid21() => [.. Enumerable.Range(-10, 21).Select(i => (double)i)];

    /// <summary>x^2 + 2 y^2 over the integers from -10 to 10.</summary>
    public static double[,] Bowl()
    {
        var z = new double[21, 21];
        for (int r = 0; r < 21; r++)
        {
            for (int c = 0; c < 21; c++)
                z[r, c] = (c - 10) * (c - 10) + 2 * (r - 10) * (r - 10);
        }

        return z;
    }

    public static Figure Candles(int count)
    {
        double[] open = Walk(count, 5), close = Walk(count, 6);
        return Figure.Create("Candles").YAxis("price").Candlestick(Days[..count], open,
            open.Zip(close, (o, c) => Math.Max(o, c) + 0.25), open.Zip(close, (o, c) => Math.Min(o, c) - 0.25), close,
            volume: open.Select(o => o * 1e6));
    }

    private static double[,] Quantiles(int count)
    {
        var quantiles = new double[count, 5];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 5; k++)
                quantiles[i, k] = 4 + (k - 2) * (i + 1) / 64.0;
        }

        return quantiles;
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
