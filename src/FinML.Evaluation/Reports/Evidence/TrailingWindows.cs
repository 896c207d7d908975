namespace FinML.Evaluation;

/// <summary>Numbers of the window that ends before each period: what was known when it began. By running sums, so that
/// the length of the window costs nothing.</summary>
internal static class TrailingWindows
{
    /// <summary>[t]: the standard deviation (ddof 1) of the <paramref name="window"/> returns before t; NaN where there
    /// are fewer.</summary>
    internal static double[] Deviation(double[] returns, int window)
    {
        // Values less the first one: the sums stay small, and no later return has a part in them.
        double sum = 0, squares = 0;
        double[] deviations = new double[returns.Length];
        for (int t = 0; t < returns.Length; t++)
        {
            double variance = (squares - sum * sum / window) / (window - 1);
            bool moves = variance > Math.Max(1e-16, 1e-10 * squares / window); // less is rounding
            deviations[t] = t < window ? double.NaN : moves ? Math.Sqrt(variance) : 0;
            double entering = returns[t] - returns[0], leaving = t < window ? 0 : returns[t - window] - returns[0];
            sum += entering - leaving;
            squares += entering * entering - leaving * leaving;
        }

        return deviations;
    }

    /// <summary>[t]: the logarithmic return over the <paramref name="window"/> periods before t; NaN where there are
    /// fewer. A loss of everything counts as one of all but 1e-12.</summary>
    internal static double[] LogReturn(double[] returns, int window)
    {
        double[] sums = new double[returns.Length];
        double sum = 0;
        for (int t = 0; t < returns.Length; t++)
        {
            sums[t] = t < window ? double.NaN : sum;
            sum += Log(returns[t]) - (t < window ? 0 : Log(returns[t - window]));
        }

        return sums;

        static double Log(double value) => Math.Log(Math.Max(1 + value, 1e-12));
    }
}
