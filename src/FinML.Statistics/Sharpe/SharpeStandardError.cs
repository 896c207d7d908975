namespace FinML.Statistics;

/// <summary>
/// Standard errors of a Sharpe ratio per period, for serially independent returns. An annual one is the same times
/// sqrt(periods per year).
/// </summary>
public static class SharpeStandardError
{
    /// <summary>sqrt((1 + SR^2 / 2) / n): Lo (2002), "The statistics of Sharpe ratios", for normal returns.</summary>
    /// <param name="sharpePerPeriod">The ratio, per period.</param>
    /// <param name="count">Number of returns, 2 or more.</param>
    public static double LoNormal(double sharpePerPeriod, int count)
    {
        Guard.Finite(sharpePerPeriod, nameof(sharpePerPeriod));
        Guard.AtLeast(count, 2, nameof(count));
        return Math.Sqrt((1 + sharpePerPeriod * sharpePerPeriod / 2) / count);
    }

    /// <summary>
    /// sqrt((1 - skewness SR + (kurtosis - 1) / 4 SR^2) / (n - 1)): Mertens (2002), in the form of Bailey and Lopez de
    /// Prado (2012). With skewness 0 and kurtosis 3 it is Lo's, but for n - 1 in place of n.
    /// </summary>
    /// <param name="sharpePerPeriod">The ratio, per period.</param>
    /// <param name="count">Number of returns, 2 or more.</param>
    /// <param name="skewness">Of the returns per period.</param>
    /// <param name="kurtosis">Of the returns per period, raw (3 for normal).</param>
    public static double Mertens(double sharpePerPeriod, int count, double skewness, RawKurtosis kurtosis)
    {
        Guard.AtLeast(count, 2, nameof(count));
        return Math.Sqrt(VarianceFactor(sharpePerPeriod, skewness, kurtosis) / (count - 1));
    }

    /// <summary>1 - skewness SR + (kurtosis - 1) / 4 SR^2, above 0 for the moments of any distribution.</summary>
    internal static double VarianceFactor(double sharpePerPeriod, double skewness, RawKurtosis kurtosis)
    {
        Guard.Finite(sharpePerPeriod, nameof(sharpePerPeriod));
        Guard.Finite(skewness, nameof(skewness));
        Guard.Finite(kurtosis.Value, nameof(kurtosis));

        // Pearson's inequality; the slack is for moments that were rounded for print.
        if (kurtosis.Value < 1 + skewness * skewness - 0.01)
            throw new ArgumentOutOfRangeException(
                nameof(kurtosis),
                $"kurtosis is {Guard.Text(kurtosis.Value)} with skewness {Guard.Text(skewness)}; raw kurtosis is " +
                "at least 1 + skewness^2 for any distribution (was the excess kurtosis passed?).");
        double factor = 1 - skewness * sharpePerPeriod + (kurtosis.Value - 1) / 4 * sharpePerPeriod * sharpePerPeriod;
        if (factor <= 0)
            throw new ArgumentOutOfRangeException(
                nameof(sharpePerPeriod),
                $"The variance of a Sharpe ratio of {Guard.Text(sharpePerPeriod)} per period with skewness " +
                $"{Guard.Text(skewness)} and kurtosis {Guard.Text(kurtosis.Value)} is {Guard.Text(factor)}; it " +
                "must be above 0 (is the ratio per period, and not per year?).");
        return factor;
    }
}
