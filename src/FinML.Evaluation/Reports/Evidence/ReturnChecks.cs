using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// Whether returns can be what they are said to be: annual or monthly figures where daily ones are claimed are told by
/// the spacing of their dates, by their scale, and by the autocorrelation 1 - k / h of overlapping sums of h periods.
/// The thresholds are those of <see cref="FrequencyDiagnosis"/>, which judges returns without dates.
/// </summary>
public static class ReturnChecks
{
    /// <summary>All that is to be said, the worst first.</summary>
    public static IReadOnlyList<DataCheck> Of(EvidenceInput input, double periodsPerYear)
    {
        ArgumentNullException.ThrowIfNull(input);
        double[] returns = [.. input.NetReturns];
        List<DataCheck> found = [];
        if (input.Dated)
        {
            Frequency(input.Times, periodsPerYear, found);
            Gap(input.Times, found);
        }

        Moments moments = Moments.Of(returns);
        if (!moments.IsConstant)
        {
            double[] correlation = Autocorrelation.Compute(returns, Math.Min(5, returns.Length - 1));
            bool overlaps = Overlap(correlation, returns.Length, found);
            Scale(moments, periodsPerYear, overlaps, found);
            Outlier(input, moments, found);
        }

        Stale(input, found);
        return [.. found.OrderByDescending(check => check.Level)];
    }

    /// <summary>Periods in a year as the dates have them: their number over the time from the first to the last.
    /// </summary>
    /// <param name="times">Two or more, increasing.</param>
    public static double ObservedPeriodsPerYear(IReadOnlyList<DateTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count < 2)
            throw new ArgumentException($"There are {times.Count} times; 2 or more are needed.", nameof(times));
        return (times.Count - 1) / ((times[^1] - times[0]).TotalDays / 365.25);
    }

    private static void Frequency(IReadOnlyList<DateTime> times, double claimed, List<DataCheck> found)
    {
        double observed = ObservedPeriodsPerYear(times), ratio = claimed / observed;
        if (ratio is > 0.67 and < 1.5)
            return;
        found.Add(new DataCheck("frequency", ratio is > 0.4 and < 2.5 ? CheckLevel.Warning : CheckLevel.Fatal, Say.Of(
            $"The dates come {observed:0.#} times a year and the returns are read as {claimed:0.#} a year: every "
            + $"yearly figure would be off by a factor of {Math.Max(ratio, 1 / ratio):0.#}, or its root; set the "
            + $"periods per year to what the file has.")));
    }

    private static bool Overlap(double[] r, int n, List<DataCheck> found)
    {
        double rho = r[1];
        if (rho < 0.2 || rho * Math.Sqrt(n) < 4)
            return false;
        // Sums of h overlapping periods: rho_k = 1 - k / h.
        double periods = 1 / (1 - Math.Min(rho, 0.9999));
        if (rho > FrequencyDiagnosis.HighestAutocorrelation)
        {
            found.Add(new DataCheck("overlap", CheckLevel.Fatal, Say.Of(
                $"Neighbouring returns have correlation {rho:0.00}: they look like returns over about {periods:0} "
                + $"periods that are reported every period (a rolling year of days has 0.996), so that each "
                + $"counts many times; give returns that do not overlap.")));
            return true;
        }

        found.Add(new DataCheck("smoothing", CheckLevel.Warning, Say.Of(
            $"Neighbouring returns have correlation {rho:0.00}: prices that are stale or smoothed make volatility "
            + $"look small and the Sharpe ratio large (Getmansky, Lo and Makarov 2004); eta(q) below allows for "
            + $"it.")));
        return false;
    }

    private static void Scale(Moments moments, double periodsPerYear, bool overlaps, List<DataCheck> found)
    {
        double deviation = moments.StandardDeviation(), volatility = deviation * Math.Sqrt(periodsPerYear);
        if (volatility > FrequencyDiagnosis.HighestVolatility && !overlaps)
            found.Add(new DataCheck("scale", CheckLevel.Fatal, Say.Of(
                $"The returns vary by {deviation:0.0%} a period, which at {periodsPerYear:0.#} periods a year is "
                + $"a volatility of {volatility:0%} a year: they look like returns of whole years or months that "
                + $"are claimed to be of shorter periods, or like percents that are read as fractions; say which.")));
        else if (volatility < FrequencyDiagnosis.LowestVolatility)
            found.Add(new DataCheck("scale", CheckLevel.Warning, Say.Of(
                $"The volatility comes out as {volatility:0.000%} a year: is a unit of the returns lost (percents "
                + $"of percents, basis points)?")));
    }

    private static void Outlier(EvidenceInput input, Moments moments, List<DataCheck> found)
    {
        double deviation = moments.StandardDeviation();
        int worst = 0;
        for (int t = 1; t < input.NetReturns.Count; t++)
        {
            if (Math.Abs(input.NetReturns[t] - moments.Mean) > Math.Abs(input.NetReturns[worst] - moments.Mean))
                worst = t;
        }

        double z = Math.Abs(input.NetReturns[worst] - moments.Mean) / deviation;
        if (z > 20)
            found.Add(new DataCheck("outlier", CheckLevel.Warning, Say.Of(
                $"The return of {input.NetReturns[worst]:+0.0%;-0.0%} on {input.Times[worst]:yyyy-MM-dd} lies "
                + $"{z:0} standard deviations out: a split, a missing price or a digit too many makes such a one, "
                + $"and it alone moves every figure.")));
    }

    private static void Stale(EvidenceInput input, List<DataCheck> found)
    {
        int run = 1, longest = 1, end = 0, zeros = 0;
        for (int t = 0; t < input.NetReturns.Count; t++)
        {
            zeros += input.NetReturns[t] == 0 ? 1 : 0;
            run = t > 0 && input.NetReturns[t] == input.NetReturns[t - 1] && input.NetReturns[t] != 0 ? run + 1 : 1;
            if (run > longest)
                (longest, end) = (run, t);
        }

        if (longest >= 5)
            found.Add(new DataCheck("stale", CheckLevel.Warning, Say.Of(
                $"The return {input.NetReturns[end]:0.######} stands {longest} times in a row up to "
                + $"{input.Times[end]:yyyy-MM-dd}: a value that was filled forward?")));
        double idle = (double)zeros / input.NetReturns.Count;
        if (idle > 0.3)
            found.Add(new DataCheck("idle", CheckLevel.Note, Say.Of(
                $"{idle:0%} of the returns are exactly 0: the strategy is out of the market then, or prices are "
                + $"missing; the Sharpe ratio counts those periods.")));
    }

    private static void Gap(IReadOnlyList<DateTime> times, List<DataCheck> found)
    {
        double[] days = [.. times.Skip(1).Select((time, i) => (time - times[i]).TotalDays)];
        double usual = Quantile.Type7(days, 0.5);
        int largest = Array.IndexOf(days, days.Max());
        if (days[largest] > Math.Max(8 * usual, usual + 7))
            found.Add(new DataCheck("gap", CheckLevel.Warning, Say.Of(
                $"No return stands between {times[largest]:yyyy-MM-dd} and {times[largest + 1]:yyyy-MM-dd}: "
                + $"{days[largest]:0} days where {usual:0.##} are usual; the time between is counted as one "
                + $"period.")));
    }
}
