namespace FinML.Statistics;

/// <summary>Measures that charge only for returns below a target.</summary>
public static class DownsideRisk
{
    /// <summary>
    /// sqrt(sum min(r - target, 0)^2 / n) per period: the divisor is the number of all returns, as Sortino and Price
    /// (1994) have it, not the number of those below the target.
    /// </summary>
    /// <param name="series">One or more returns.</param>
    /// <param name="targetPerPeriod">Target return per period, as a fraction.</param>
    public static double Deviation(ReturnSeries series, double targetPerPeriod = 0)
    {
        ArgumentNullException.ThrowIfNull(series);
        Guard.Finite(targetPerPeriod, nameof(targetPerPeriod));
        double sum = 0;
        foreach (double value in series.Values)
        {
            double shortfall = Math.Min(value - targetPerPeriod, 0);
            sum += shortfall * shortfall;
        }

        return Math.Sqrt(sum / series.Count);
    }

    /// <summary>(mean - target) / downside deviation times sqrt(periods per year).</summary>
    /// <exception cref="InvalidOperationException">No return lies below the target.</exception>
    public static double SortinoRatio(ReturnSeries series, double targetPerPeriod = 0)
    {
        double deviation = Deviation(series, targetPerPeriod);
        if (deviation == 0)
            throw NothingBelow("Sortino", series, targetPerPeriod);
        return (Moments.Of(series.Values).Mean - targetPerPeriod) / deviation * Math.Sqrt(series.PeriodsPerYear);
    }

    /// <summary>Omega of Keating and Shadwick (2002): sum max(r - target, 0) / sum max(target - r, 0).</summary>
    /// <exception cref="InvalidOperationException">No return lies below the target.</exception>
    public static double OmegaRatio(ReturnSeries series, double targetPerPeriod = 0)
    {
        ArgumentNullException.ThrowIfNull(series);
        Guard.Finite(targetPerPeriod, nameof(targetPerPeriod));
        double gains = 0, losses = 0;
        foreach (double value in series.Values)
        {
            gains += Math.Max(value - targetPerPeriod, 0);
            losses += Math.Max(targetPerPeriod - value, 0);
        }

        return losses > 0 ? gains / losses : throw NothingBelow("Omega", series, targetPerPeriod);
    }

    private static InvalidOperationException NothingBelow(string ratio, ReturnSeries series, double target) =>
        new($"The {ratio} ratio is undefined: none of {series.Count} returns lies below the target " +
            $"{Guard.Text(target)}.");
}
