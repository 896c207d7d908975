namespace FinML.Data.Tests.Features;

/// <summary>Panels with everything that a feature reads: bars, trades at the close, and books of five levels around
/// it.</summary>
internal static class FeaturePanels
{
    public const int Levels = 5;

    /// <summary>Three assets that walk on their own.</summary>
    public static Panel OfThree(int length)
    {
        string[] assets = ["A", "B", "C"];
        string[] bars = ["open", "high", "low", "close", "volume"];
        List<double[]> columns = [];
        for (int a = 0; a < assets.Length; a++)
        {
            Panel walk = TestPanels.RandomWalk(length, 7 + (ulong)a);
            columns.AddRange(bars.Select(field => walk.Column("A", field).ToArray()));
            columns.AddRange(Trades(walk.Column("A", "close"), new RandomStream(700, (ulong)a)));
            columns.AddRange(Books(walk.Column("A", "close"), new RandomStream(70, (ulong)a)));
        }

        return Panel.Create(
            TestPanels.Days(length), assets, [.. bars, "price", "size", "side", .. BookFields], columns);
    }

    /// <summary>The fields of the books, level by level.</summary>
    public static IReadOnlyList<string> BookFields { get; } =
    [
        .. from level in Enumerable.Range(1, Levels)
           from what in new[] { "bid", "bid_size", "ask", "ask_size" }
           select RecordFields.OfLevel(what, level),
    ];

    /// <summary>Whether the field counts pieces: volume and sizes; the others are prices.</summary>
    public static bool IsVolume(string field) =>
        field == "volume" || field.Contains("size", StringComparison.Ordinal);

    private static double[][] Trades(ReadOnlySpan<double> close, RandomStream random)
    {
        double[] size = new double[close.Length], side = new double[close.Length];
        for (int t = 0; t < close.Length; t++)
        {
            size[t] = 100 * (1 + random.NextInt(9));
            side[t] = random.NextInt(3) - 1;
        }

        return [close.ToArray(), size, side];
    }

    private static double[][] Books(ReadOnlySpan<double> close, RandomStream random)
    {
        int rows = close.Length;
        double[][] books = [.. Enumerable.Range(0, 4 * Levels).Select(_ => new double[rows])];
        for (int t = 0; t < rows; t++)
        {
            double bid = Math.Round(close[t] * 50) / 50 - 0.02, ask = bid + 0.02 * (1 + random.NextInt(3));
            for (int level = 0; level < Levels; level++)
            {
                books[4 * level][t] = bid;
                books[4 * level + 1][t] = 100 * (1 + random.NextInt(9));
                books[4 * level + 2][t] = ask;
                books[4 * level + 3][t] = 100 * (1 + random.NextInt(9));
                bid -= 0.02 * (1 + random.NextInt(2));
                ask += 0.02 * (1 + random.NextInt(2));
            }
        }

        return books;
    }
}
