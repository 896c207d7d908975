namespace FinML.Statistics;

/// <summary>
/// Test of Dickey and Fuller (1979), Said and Dickey (1984) that a series has a unit root: the t of rho in
/// d x_t = (trend) + rho x_{t-1} + sum_{j=1}^{p} delta_j d x_{t-j} + e_t. Small p-values speak for a stationary series
/// (around the trend). Close to a unit root the test has little power.
/// </summary>
public sealed record AugmentedDickeyFuller
{
    /// <summary>The t of rho.</summary>
    public required double Statistic { get; init; }

    /// <summary>P(t &lt;= Statistic) under a unit root, by MacKinnon (1994), asymptotic; 0 or 1 beyond the range of his
    /// surface.</summary>
    public required double PValue { get; init; }

    /// <summary>rho: 0 for a unit root.</summary>
    public required double Coefficient { get; init; }

    /// <summary>Of rho.</summary>
    public required double StandardError { get; init; }

    /// <summary>Lagged differences p.</summary>
    public required int Lags { get; init; }

    /// <summary>Differences in the regression.</summary>
    public required int Count { get; init; }

    /// <summary>What was allowed beside the root.</summary>
    public required TrendTerms Trend { get; init; }

    /// <summary>How p was chosen.</summary>
    public required LagChoice Choice { get; init; }

    /// <summary>The critical values at 1, 5 and 10 % for this sample, by MacKinnon (2010).</summary>
    public required (double OnePercent, double FivePercent, double TenPercent) Critical { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="values">The level of the series (prices in logarithms, not returns); finite, not constant.</param>
    /// <param name="trend">A constant where left out.</param>
    /// <param name="choice">Akaike's criterion where left out.</param>
    /// <param name="maxLags">The largest number of lagged differences; ceiling(12 (n / 100)^(1/4)) where left out
    /// (Schwert 1989), or as many as the length allows.</param>
    public static AugmentedDickeyFuller Test(ReadOnlySpan<double> values, TrendTerms trend = TrendTerms.Constant,
        LagChoice choice = LagChoice.Aic, int? maxLags = null)
    {
        if (!Enum.IsDefined(trend))
            throw new ArgumentOutOfRangeException(nameof(trend), $"trend is {trend}; it must be one of TrendTerms.");
        if (!Enum.IsDefined(choice))
            throw new ArgumentOutOfRangeException(nameof(choice), $"choice is {choice}; it must be one of LagChoice.");
        Guard.Series(values, 10, nameof(values));
        Guard.NotConstant(values, nameof(values));
        int terms = (int)trend, n = values.Length, most = n / 2 - terms - 1;
        int lags = maxLags ?? Math.Min(most, (int)Math.Ceiling(12 * Math.Pow(n / 100.0, 0.25)));
        Guard.InRange(lags, 0, most, nameof(maxLags));
        var differences = new double[n - 1];
        for (int t = 0; t < differences.Length; t++)
            differences[t] = values[t + 1] - values[t];
        Guard.NotConstant(differences, "the series of differences");

        int chosen = Choose(values, differences, trend, choice, lags);
        LinearRegression fit = Regress(values, differences, trend, chosen, chosen);
        double statistic = fit.Coefficients[terms] / fit.StandardErrors[terms];
        double[] critical = MacKinnon.CriticalValues(trend, fit.Count);
        return new AugmentedDickeyFuller
        {
            Statistic = statistic,
            PValue = MacKinnon.PValue(statistic, trend),
            Coefficient = fit.Coefficients[terms],
            StandardError = fit.StandardErrors[terms],
            Lags = chosen,
            Count = fit.Count,
            Trend = trend,
            Choice = choice,
            Critical = (critical[0], critical[1], critical[2]),
        };
    }

    private static int Choose(
        ReadOnlySpan<double> values, double[] differences, TrendTerms trend, LagChoice choice, int largest)
    {
        if (choice == LagChoice.Fixed)
            return largest;
        int best = 0;
        double smallest = double.PositiveInfinity;
        for (int lags = largest; lags >= 0; lags--)
        {
            // All over the sample that the largest leaves, so that the criteria compare.
            LinearRegression fit = Regress(values, differences, trend, lags, largest);
            if (choice == LagChoice.LastSignificant)
            {
                if (lags == 0 || Math.Abs(fit.Coefficients[^1] / fit.StandardErrors[^1]) >= 1.6448536269514722)
                    return lags;
                continue;
            }

            double n = fit.Count, parameters = fit.Coefficients.Count;
            double criterion = n * Math.Log(fit.ResidualSumOfSquares / n)
                + parameters * (choice == LagChoice.Aic ? 2 : Math.Log(n));
            if (criterion <= smallest)
                (best, smallest) = (lags, criterion);
        }

        return best;
    }

    /// <summary>Trend terms first, then the level, then the lagged differences; from the difference of index <paramref
    /// name="first"/> on.</summary>
    private static LinearRegression Regress(
        ReadOnlySpan<double> values, double[] differences, TrendTerms trend, int lags, int first)
    {
        int count = differences.Length - first;
        var columns = new List<(string, double[])>();
        for (int power = 0; power < (int)trend; power++)
            columns.Add(($"t^{power}", [.. Enumerable.Range(1, count).Select(t => Math.Pow(t, power))]));
        columns.Add(("level", values[first..^1].ToArray()));
        DesignMatrix x = DesignMatrix.Of([.. columns]);
        return LinearRegression.Fit(
            differences.AsSpan(first), lags == 0 ? x : x.Append(Lagged.Of(differences, lags, first, "difference")));
    }
}
