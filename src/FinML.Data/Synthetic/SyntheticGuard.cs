namespace FinML.Data;

/// <summary>The checks that the generators share.</summary>
internal static class SyntheticGuard
{
    /// <summary>An error unless least &lt;= value &lt;= most.</summary>
    public static void InRange(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [{least}, {most}].");
        }
    }

    /// <summary>An error unless the value is above 0 and finite.</summary>
    public static void Positive(double value, string name)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and finite.");
        }
    }

    /// <summary>An error unless the value is 0 or more, and finite.</summary>
    public static void NotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or more, and finite.");
        }
    }

    /// <summary>An error unless the value is finite.</summary>
    public static void Finite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be finite.");
        }
    }

    /// <summary>Checks the arguments of a path.</summary>
    public static void Path(int steps, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        SplitGuard.AtLeast(steps, 0, nameof(steps));
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
