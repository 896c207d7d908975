namespace FinML.Statistics;

/// <summary>Return and volatility per year.</summary>
public static class Annualised
{
    /// <summary>Return per year as a fraction (0.08 is eight per cent a year).</summary>
    /// <param name="series">One or more returns.</param>
    /// <param name="compounding">Geometric (default) or arithmetic.</param>
    public static double Return(ReturnSeries series, Compounding compounding = Compounding.Geometric)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (compounding == Compounding.Arithmetic)
            return Moments.Of(series.Values).Mean * series.PeriodsPerYear;

        // In logs: the product of ten thousand factors neither overflows nor loses digits.
        double logWealth = 0;
        foreach (double value in series.Values)
            logWealth += series.Kind == ReturnKind.Log ? value : Math.Log(1 + value);
        return Math.Exp(logWealth * series.PeriodsPerYear / series.Count) - 1;
    }

    /// <summary>
    /// Standard deviation times sqrt(periods per year), as a fraction. The square root holds for serially uncorrelated
    /// returns; <see cref="LoAnnualisation"/> is for the others.
    /// </summary>
    /// <param name="series">More than <paramref name="ddof"/> returns.</param>
    /// <param name="ddof">0, or 1 (default).</param>
    public static double Volatility(ReturnSeries series, int ddof = 1)
    {
        ArgumentNullException.ThrowIfNull(series);
        series.RequireCount(ddof + 1, "The volatility");
        return Moments.Of(series.Values).StandardDeviation(ddof) * Math.Sqrt(series.PeriodsPerYear);
    }
}
