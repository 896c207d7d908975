namespace FinML.Markets;

/// <summary>Prices of a sweep and the sums that a long position needs.</summary>
internal sealed class SweepPrices
{
    internal SweepPrices(double[] opens, double[] closes)
    {
        (Opens, Closes) = (opens, closes);
        Sums = new double[closes.Length];
        Squares = new double[closes.Length];
        Lowest = Math.Min(opens.Min(), closes.Min());
        for (int t = 1; t < closes.Length; t++)
        {
            double change = closes[t] / closes[t - 1] - 1;
            Sums[t] = Sums[t - 1] + change;
            Squares[t] = Squares[t - 1] + change * change;
        }
    }

    internal double[] Opens { get; }

    internal double[] Closes { get; }

    /// <summary>The sum of the returns from close 0 to close t, (bars).</summary>
    internal double[] Sums { get; }

    /// <summary>The sum of their squares, (bars).</summary>
    internal double[] Squares { get; }

    /// <summary>The lowest price of all.</summary>
    internal double Lowest { get; }
}
