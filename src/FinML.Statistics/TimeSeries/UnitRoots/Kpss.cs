namespace FinML.Statistics;

/// <summary>
/// Test of Kwiatkowski, Phillips, Schmidt and Shin (1992) that a series is stationary, around a level or a trend:
/// eta = sum_t S_t^2 / (n^2 lambda^2), S the partial sums of the residuals and lambda^2 their long-run variance
/// (Bartlett). Small p-values speak for a unit root: the null is the opposite of <see cref="AugmentedDickeyFuller"/>'s.
/// </summary>
public sealed record Kpss
{
    private static readonly double[] Probabilities = [0.1, 0.05, 0.025, 0.01];
    private static readonly double[] LevelCritical = [0.347, 0.463, 0.574, 0.739];
    private static readonly double[] TrendCritical = [0.119, 0.146, 0.176, 0.216];

    /// <summary>eta.</summary>
    public required double Statistic { get; init; }

    /// <summary>Interpolated in the table of the paper, which ends at .01 and .1.</summary>
    public required double PValue { get; init; }

    /// <summary>True where the statistic is outside the table: p is then at most .01, or at least .1.</summary>
    public required bool IsClipped { get; init; }

    /// <summary>Lags of the long-run variance.</summary>
    public required int Lags { get; init; }

    /// <summary>Number of values.</summary>
    public required int Count { get; init; }

    /// <summary>Constant: stationary around a level; Trend: around a linear trend.</summary>
    public required TrendTerms Trend { get; init; }

    /// <summary>Runs the test.</summary>
    /// <param name="values">Finite and not constant; 10 or more.</param>
    /// <param name="trend">Constant or Trend.</param>
    /// <param name="rule">How many lags.</param>
    public static Kpss Test(
        ReadOnlySpan<double> values, TrendTerms trend = TrendTerms.Constant, KpssLags rule = KpssLags.Automatic)
    {
        double[] residuals = Residuals(values, trend);
        double ratio = Math.Pow(values.Length / 100.0, 0.25);
        int lags = rule switch
        {
            KpssLags.Automatic => Automatic(residuals),
            KpssLags.Short => (int)Math.Floor(4 * ratio),
            KpssLags.Long => (int)Math.Ceiling(12 * ratio),
            _ => throw new ArgumentOutOfRangeException(
                nameof(rule), $"rule is {rule}; it must be Automatic, Short or Long."),
        };
        return Of(residuals, trend, Math.Min(lags, values.Length - 1));
    }

    /// <summary>Runs the test with a given number of lags, from 0 to the number of values less 1.</summary>
    public static Kpss Test(ReadOnlySpan<double> values, TrendTerms trend, int lags)
    {
        double[] residuals = Residuals(values, trend);
        Guard.InRange(lags, 0, values.Length - 1, nameof(lags));
        return Of(residuals, trend, lags);
    }

    private static Kpss Of(double[] residuals, TrendTerms trend, int lags)
    {
        double n = residuals.Length, sum = 0, squares = 0;
        foreach (double residual in residuals)
        {
            sum += residual;
            squares += sum * sum;
        }

        double statistic = squares / (n * n) / LongRunVariance.NeweyWest(residuals, lags).Value;
        double[] critical = trend == TrendTerms.Constant ? LevelCritical : TrendCritical;
        return new Kpss
        {
            Statistic = statistic,
            PValue = Interpolated(statistic, critical),
            IsClipped = statistic < critical[0] || statistic > critical[^1],
            Lags = lags,
            Count = residuals.Length,
            Trend = trend,
        };
    }

    private static double[] Residuals(ReadOnlySpan<double> values, TrendTerms trend)
    {
        Guard.Series(values, 10, nameof(values));
        Guard.NotConstant(values, nameof(values));
        if (trend is not (TrendTerms.Constant or TrendTerms.Trend))
            throw new ArgumentOutOfRangeException(nameof(trend), $"trend is {trend}; it must be Constant or Trend.");
        DesignMatrix x = DesignMatrix.Intercept(values.Length);
        if (trend == TrendTerms.Trend)
            x = x.Append("trend", [.. Enumerable.Range(1, values.Length).Select(t => (double)t)]);
        double[] residuals = [.. LinearRegression.Fit(values, x).Residuals];
        double largest = residuals.Max(Math.Abs);
        if (largest <= 1e-12 * values.ToArray().Max(Math.Abs))
            throw new ArgumentException(
                $"values are a straight line (residuals of at most {Guard.Text(largest)}); they must vary around it.",
                nameof(values));
        return residuals;
    }

    /// <summary>floor(1.1447 (s1 / s0)^(2/3) n^(1/3)), s_i from the first n^(2/9) autocovariances.</summary>
    private static int Automatic(double[] residuals)
    {
        int n = residuals.Length, pilot = (int)Math.Pow(n, 2.0 / 9);
        double[] gamma = Autocorrelation.Autocovariances(residuals, Math.Min(pilot, n - 1));
        double s0 = gamma[0], s1 = 0;
        for (int i = 1; i < gamma.Length; i++)
        {
            s0 += 2 * gamma[i];
            s1 += 2 * i * gamma[i];
        }

        double ratio = s1 / s0;
        return (int)(1.1447 * Math.Cbrt(ratio * ratio) * Math.Cbrt(n));
    }

    private static double Interpolated(double statistic, double[] critical)
    {
        if (statistic <= critical[0])
            return Probabilities[0];
        for (int i = 1; i < critical.Length; i++)
        {
            if (statistic <= critical[i])
                return Probabilities[i - 1] + (statistic - critical[i - 1]) / (critical[i] - critical[i - 1])
                    * (Probabilities[i] - Probabilities[i - 1]);
        }

        return Probabilities[^1];
    }
}
