namespace FinML.Data;

/// <summary>
/// The null of no predictability on real prices: the days of one asset in random order. Each bar keeps its shape (open,
/// high, low and close over the close before it, and its volume), so that the returns are the same numbers and what a
/// past said about a future is gone: autocorrelation, trends and volatility clusters alike.
/// </summary>
public static class PermutedBars
{
    /// <summary>Permutes the bars after the first one; dates stay where they are.</summary>
    /// <param name="panel">A panel with one asset and the fields open, high, low, close; other prices are not
    /// allowed.</param>
    /// <param name="random">Draws the order.</param>
    /// <exception cref="ArgumentException">More than one asset, a field that is not of a bar, or a missing
    /// value.</exception>
    public static Panel Create(Panel panel, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(random);
        string[] prices = ["open", "high", "low", "close"];
        if (panel.Assets.Count != 1 || panel.Length < 2)
        {
            throw new ArgumentException(
                $"Permuted bars need 1 asset and at least 2 rows; the panel has {panel.Assets.Count} and "
                + $"{panel.Length}.",
                nameof(panel));
        }

        foreach (string field in panel.Fields)
        {
            bool isPrice = prices.Contains(field);
            if (!isPrice && field != "volume")
            {
                throw new ArgumentException(
                    $"The field '{field}' is none of open, high, low, close, volume: take it out first.",
                    nameof(panel));
            }

            foreach (double value in panel.Column(0, panel.FieldIndex(field)))
            {
                if (!double.IsFinite(value) || (isPrice && value <= 0))
                {
                    throw new ArgumentException(
                        $"The field '{field}' has the value {value}: bars without a gap are needed.", nameof(panel));
                }
            }
        }

        int[] order = new int[panel.Length - 1]; // [k]: the row whose bar stands at row k + 1
        for (int k = 0; k < order.Length; k++)
        {
            order[k] = k + 1;
        }

        random.Shuffle(order.AsSpan());
        double[] close = panel.Column(panel.Assets[0], "close").ToArray();
        double[] closeBefore = new double[panel.Length]; // the permuted close before each row
        closeBefore[1] = close[0];
        for (int t = 2; t < closeBefore.Length; t++)
        {
            int source = order[t - 2];
            closeBefore[t] = closeBefore[t - 1] * (close[source] / close[source - 1]);
        }

        return panel.Map((_, field, values) =>
        {
            double[] old = (double[])values.Clone();
            for (int t = 1; t < values.Length; t++)
            {
                int source = order[t - 1];
                values[t] = field == "volume" ? old[source] : closeBefore[t] * (old[source] / close[source - 1]);
            }

            return values;
        });
    }
}
