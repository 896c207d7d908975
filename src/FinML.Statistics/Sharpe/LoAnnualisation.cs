namespace FinML.Statistics;

/// <summary>
/// Annualisation of a Sharpe ratio of serially correlated returns: SR(q) = eta(q) SR with
/// eta(q) = q / sqrt(q + 2 sum_{k=1}^{q-1} (q - k) rho_k), Lo (2002), equation 20. eta(q) is sqrt(q) where every rho is
/// 0.
/// </summary>
public static class LoAnnualisation
{
    /// <summary>eta(q) from the autocorrelations rho_1, rho_2, ...: those beyond the end count as 0.</summary>
    /// <param name="periods">q, 1 or more: periods in the longer horizon (12 from months to a year).</param>
    /// <param name="autocorrelations">rho_1 first, each from -1 to 1.</param>
    /// <exception cref="ArgumentException">The variance of the sum of q returns comes out as 0 or less.</exception>
    public static double Eta(int periods, ReadOnlySpan<double> autocorrelations)
    {
        double variance = VarianceOfSum(periods, autocorrelations);
        if (variance <= 0)
            throw new ArgumentException(
                $"The variance of {periods} returns in units of one is {Guard.Text(variance)}; it must be above " +
                "0, so these autocorrelations cannot be those of a stationary series.", nameof(autocorrelations));
        return periods / Math.Sqrt(variance);
    }

    /// <summary>eta(q) from the sample autocorrelations of <paramref name="series"/> up to lag q - 1.</summary>
    public static double Eta(int periods, ReturnSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        Guard.AtLeast(periods, 1, nameof(periods));
        series.RequireCount(periods + 1, $"eta({periods})");
        return Eta(periods, Autocorrelation.Compute(series.Values, periods - 1).AsSpan(1));
    }

    /// <summary>
    /// eta(q) of a year from the first autocorrelations alone: as many as R's acf takes, 10 log10(n), and at most q -
    /// 1. All 251 of a year of days would be noise.
    /// </summary>
    /// <returns>eta, null where these autocorrelations leave the yearly return no positive variance, and how many they
    /// are.</returns>
    public static (double? Eta, int Lags) OfYear(ReturnSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        series.RequireCount(2, "eta of a year");
        int periods = (int)Math.Round(series.PeriodsPerYear), n = series.Count;
        if (periods <= 1)
            return (1, 0);
        int lags = Math.Clamp(Math.Min(periods - 1, (int)(10 * Math.Log10(n))), 1, n - 1);
        double[] rho = Autocorrelation.Compute(series.Values, lags);
        double variance = VarianceOfSum(periods, rho.AsSpan(1));
        return (variance > 0 ? periods / Math.Sqrt(variance) : null, lags);
    }

    /// <summary>q + 2 sum_{k=1}^{q-1} (q - k) rho_k: of the sum of q returns, in units of one.</summary>
    internal static double VarianceOfSum(int periods, ReadOnlySpan<double> autocorrelations)
    {
        Guard.AtLeast(periods, 1, nameof(periods));
        Guard.Finite(autocorrelations, nameof(autocorrelations));
        double variance = periods;
        for (int k = 1; k < periods && k <= autocorrelations.Length; k++)
        {
            double rho = autocorrelations[k - 1];
            if (Math.Abs(rho) > 1)
                throw new ArgumentOutOfRangeException(
                    nameof(autocorrelations), $"Autocorrelation {k} is {Guard.Text(rho)}; it must be from -1 to 1.");
            variance += 2 * (periods - k) * rho;
        }

        return variance;
    }
}
