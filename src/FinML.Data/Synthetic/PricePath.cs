namespace FinML.Data;

/// <summary>What the generators of prices share.</summary>
internal static class PricePath
{
    /// <summary>Checks the arguments of a path.</summary>
    public static void Check(int steps, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Guard.AtLeast(steps, 0, nameof(steps));
    }

    /// <summary>Prices from logarithmic returns: steps + 1 from steps.</summary>
    public static double[] Compound(double spot, ReadOnlySpan<double> returns)
    {
        double[] prices = new double[returns.Length + 1];
        double log = Math.Log(spot);
        prices[0] = spot;
        for (int t = 0; t < returns.Length; t++)
        {
            log += returns[t];
            prices[t + 1] = Math.Exp(log);
            if (!(prices[t + 1] > 0 && double.IsFinite(prices[t + 1])))
            {
                throw new ArgumentException($"The price of step {t + 1} is exp({log}), which is no number above 0: the "
                    + "drift or the volatility is too large for so many steps.", nameof(returns));
            }
        }

        return prices;
    }
}
