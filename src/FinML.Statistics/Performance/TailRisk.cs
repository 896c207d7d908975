namespace FinML.Statistics;

/// <summary>
/// Historical tail measures by type-7 quantiles. Value at risk and expected shortfall are losses per period: 0.02 is a
/// loss of two per cent, a negative number is a gain.
/// </summary>
public static class TailRisk
{
    /// <summary>
    /// The loss that is exceeded with probability <paramref name="tail"/>: minus the tail-quantile of returns.
    /// </summary>
    /// <param name="series">One or more returns.</param>
    /// <param name="tail">Between 0 and 1; 0.05 by default.</param>
    public static double ValueAtRisk(ReturnSeries series, double tail = 0.05)
    {
        ArgumentNullException.ThrowIfNull(series);
        Guard.Between(tail, 0, 1, nameof(tail));
        return -Quantile.Type7(series.Values, tail);
    }

    /// <summary>Mean loss over the returns at or below the tail-quantile (expected shortfall, CVaR).</summary>
    public static double ConditionalValueAtRisk(ReturnSeries series, double tail = 0.05)
    {
        ArgumentNullException.ThrowIfNull(series);
        Guard.Between(tail, 0, 1, nameof(tail));
        return MeanLoss(series.Values, tail);
    }

    /// <summary>
    /// |upper quantile| / |lower quantile| at 1 - tail and tail: above 1 the good tail is the longer one.
    /// </summary>
    /// <exception cref="InvalidOperationException">The lower quantile is 0.</exception>
    public static double TailRatio(ReturnSeries series, double tail = 0.05)
    {
        double lower = ValueAtRisk(series, tail);
        if (lower == 0)
            throw new InvalidOperationException(
                $"The tail ratio is undefined: the {Guard.Text(tail)} quantile of {series.Count} returns is 0.");
        return Math.Abs(Quantile.Type7(series.Values, 1 - tail)) / Math.Abs(lower);
    }

    /// <summary>Share of returns above 0.</summary>
    public static double HitRate(ReturnSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        int hits = 0;
        foreach (double value in series.Values)
            hits += value > 0 ? 1 : 0;
        return (double)hits / series.Count;
    }

    /// <summary>Minus the mean of the values at or below their tail-quantile.</summary>
    internal static double MeanLoss(ReadOnlySpan<double> values, double tail)
    {
        double quantile = Quantile.Type7(values, tail);
        double sum = 0;
        int count = 0;
        foreach (double value in values)
        {
            if (value <= quantile)
            {
                sum += value;
                count++;
            }
        }

        return -sum / count;
    }
}
