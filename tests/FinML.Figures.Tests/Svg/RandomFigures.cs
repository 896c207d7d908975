namespace FinML.Figures.Tests.Svg;

/// <summary>A figure from a seed: any traces, scales, labels, positions and sizes that the builder accepts.</summary>
internal static class RandomFigures
{
    private static readonly string[] Words =
    [
        "agent", "buy and hold", "12-month momentum", "PPO", "a rather long name of a strategy with options",
            "Σ σ² ≤ 1",
        "Sharpe", "drawdown", "minimum-variance portfolio", "x", "日経平均株価", "WWWWWWWWWWWWWWWWWW",
    ];

    public static Figure Create(int seed)
    {
        var random = new Random(seed);
        int kind = random.Next(3);
        string? title = random.Next(4) > 0 ? Text(random, 1 + random.Next(12)) : null;
        Figure figure = Figure.Create(title);
        if (random.Next(2) == 0)
            figure = figure.WithSubtitle(Text(random, 1 + random.Next(20)));
        if (random.Next(3) == 0)
            figure = figure.WithCaption(Text(random, 1 + random.Next(30)));
        int rows = 1 + random.Next(4);
        for (int r = 0; r < rows; r++)
            figure = Row(figure, random, kind, r);
        figure = figure.Legend((LegendPosition)random.Next(6));
        if (random.Next(2) == 0)
            figure = figure.XAxis(Text(random, 1 + random.Next(4)));
        if (random.Next(3) == 0)
            figure = figure.Size(260 + random.Next(900), 200 + random.Next(700));
        return figure;
    }

    /// <summary>A grid of up to 3 x 4 panels; where x axes are not shared, each has its own kind.</summary>
    public static Figure Grid(int seed)
    {
        var random = new Random(seed);
        int columns = 1 + random.Next(4), panels = 1 + random.Next(9);
        var x = (AxisSharing)random.Next(3);
        Figure figure = Figure.Create(random.Next(4) > 0 ? Text(random, 1 + random.Next(6)) : null)
            .Grid(columns, x, AxisSharing.None, oneColorBar: false,
                widths: random.Next(3) > 0 ? null
                    : Enumerable.Range(0, columns).Select(_ => 0.5 + random.NextDouble()));
        int kind = random.Next(3);
        for (int p = 0; p < panels; p++)
        {
            figure = random.Next(6) == 0 ? figure.Row(0.5 + random.NextDouble())
                : figure.Panel(random.Next(3) > 0 ? Text(random, 1 + random.Next(4)) : null);
            figure = Row(figure, random, x == AxisSharing.None ? random.Next(3) : kind, number: 0);
            if (random.Next(3) == 0)
                figure = figure.XAxis(Text(random, 1 + random.Next(3)));
        }

        if (random.Next(3) == 0)
            figure = figure.Size(500 + random.Next(900), 400 + random.Next(900));
        return figure.Legend((LegendPosition)random.Next(6));
    }

    private static Figure Row(Figure figure, Random random, int kind, int number)
    {
        if (number > 0)
            figure = figure.Row(0.3 + random.NextDouble(), random.Next(2) == 0 ? Text(random, 2) : null);
        int n = kind == 2 ? 2 + random.Next(30) : 2 + random.Next(600);
        bool log = random.Next(3) == 0;
        double scale = Math.Pow(10, random.Next(-7, 12));
        if (!log && random.Next(6) == 0)
            return figure.Heatmap(
                Xs(kind, Math.Min(n, 25), random), Enumerable.Range(0, 6).Select(i => Words[i]),
                    Grid(6, Math.Min(n, 25), random),
                showValues: random.Next(2) == 0, colorBarTitle: random.Next(2) == 0 ? Text(random, 2) : null);
        int traces = 1 + random.Next(5);
        for (int t = 0; t < traces; t++)
        {
            object[] x = Xs(kind, n, random);
            double[] y = [.. Enumerable.Range(0, n)
                .Select(_ => scale * (log ? Math.Pow(10, 3 * random.NextDouble()) : random.NextDouble() - 0.3))];
            string? name = random.Next(5) > 0 ? Words[random.Next(Words.Length)] : null;
            figure = random.Next(5) switch
            {
                0 => figure.Scatter(x, y, name),
                1 => figure.Step(x, y, name),
                2 when !log => figure.Bar(x, y, name),
                3 => figure.Band(x, y, y.Select(v => v * (v > 0 ? 1.5 : 0.5)), name),
                _ => figure.Line(x, y, name),
            };
            if (random.Next(2) == 0)
                figure = figure.Annotate(x[n / 2], y[n / 2], Text(random, 1 + random.Next(4)));
            if (random.Next(3) == 0)
                figure = figure.Shade(x[n / 3], x[n / 2], Text(random, 2));
            if (random.Next(4) == 0)
                figure = figure.VerticalLine(x[n / 4], Text(random, 2));
            if (random.Next(4) == 0)
                figure = figure.HorizontalLine(y[0], Text(random, 2));
        }

        return figure.YAxis(random.Next(3) > 0 ? Text(random, 1 + random.Next(5)) : null,
            random.Next(4) == 0 ? AxisFormat.Percent : AxisFormat.Number, log);
    }

    private static object[] Xs(int kind, int n, Random random)
    {
        double step = Math.Pow(10, random.Next(-4, 3));
        return kind switch
        {
            0 => [.. Enumerable.Range(0, n).Select(i => (object)new DateTime(2001, 3, 5, 9, 30, 0).AddDays(i * step))],
            1 => [.. Enumerable.Range(0, n).Select(i => (object)(i * step))],
            _ => [.. Enumerable.Range(0, n).Select(i => (object)$"{Words[i % Words.Length]} {i}")],
        };
    }

    private static double[,] Grid(int rows, int columns, Random random)
    {
        var z = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                z[i, j] = random.NextDouble() * 2 - 1;
        }

        return z;
    }

    private static string Text(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
