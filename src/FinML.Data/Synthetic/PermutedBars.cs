namespace FinML.Data;

/// <summary>
/// The null of no predictability on real prices: the days in random order, one order for all assets, so that what
/// happened together stays together. Each bar keeps its shape (open, high, low and close over the close before it, and
/// its volume), so that the returns are the same numbers and what a past said about a future is gone: autocorrelation,
/// trends and volatility clusters alike, within an asset and from one to another.
/// </summary>
public static class PermutedBars
{
    /// <summary>Permutes the bars after the first one; dates stay where they are.</summary>
    /// <param name="panel">A panel with the field close, and open, high, low and volume as it has them; other fields
    /// are not allowed.</param>
    /// <param name="random">Draws the order.</param>
    /// <exception cref="ArgumentException">Fewer than 2 rows, a field that is not of a bar, or a missing
    /// value.</exception>
    public static Panel Create(Panel panel, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(panel);
        ArgumentNullException.ThrowIfNull(random);
        string[] prices = ["open", "high", "low", "close"];
        if (panel.Length < 2)
        {
            throw new ArgumentException($"Permuted bars need at least 2 rows; the panel has {panel.Length}.",
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

            foreach (string asset in panel.Assets)
            {
                foreach (double value in panel.Column(asset, field))
                {
                    if (!double.IsFinite(value) || (isPrice && value <= 0))
                    {
                        throw new ArgumentException($"The field '{field}' of '{asset}' has the value {value}: bars "
                            + "without a gap are needed.", nameof(panel));
                    }
                }
            }
        }

        int[] order = new int[panel.Length - 1]; // [k]: the row whose bar stands at row k + 1
        for (int k = 0; k < order.Length; k++)
        {
            order[k] = k + 1;
        }

        random.Shuffle(order.AsSpan());
        double[][] before = [.. panel.Assets.Select(asset => ClosesBefore(panel.Column(asset, "close"), order))];
        return panel.Map((asset, field, values) =>
        {
            ReadOnlySpan<double> close = panel.Column(asset, "close");
            double[] closeBefore = before[panel.AssetIndex(asset)], old = (double[])values.Clone();
            for (int t = 1; t < values.Length; t++)
            {
                int source = order[t - 1];
                values[t] = field == "volume" ? old[source] : closeBefore[t] * (old[source] / close[source - 1]);
            }

            return values;
        });
    }

    /// <summary>The permuted close before each row.</summary>
    private static double[] ClosesBefore(ReadOnlySpan<double> close, int[] order)
    {
        double[] closeBefore = new double[close.Length];
        closeBefore[1] = close[0];
        for (int t = 2; t < closeBefore.Length; t++)
        {
            int source = order[t - 2];
            closeBefore[t] = closeBefore[t - 1] * (close[source] / close[source - 1]);
        }

        return closeBefore;
    }
}
