namespace FinML.Statistics;

/// <summary>
/// Prediction intervals that hold at least as often as they say, whatever the model and the distribution, as long as
/// the calibration cases and the new one are exchangeable: split conformal prediction of V. Vovk, A. Gammerman and G.
/// Shafer (2005); J. Lei et al., JASA 113 (2018). The margin is the k-th smallest calibration score, k = ceil((n + 1)
/// level); where k is above n there is no finite margin, and it is infinite here: a largest score in its place would
/// hold less often than claimed. Returns are not exchangeable: watch the coverage (<see cref="KupiecTest"/>).
/// </summary>
public sealed record ConformalInterval
{
    /// <summary>What the lower end of a forecast is moved down by; infinite where the calibration is too
    /// short.</summary>
    public required double LowerMargin { get; init; }

    /// <summary>What its upper end is moved up by.</summary>
    public required double UpperMargin { get; init; }

    /// <summary>Coverage that is claimed.</summary>
    public required double Level { get; init; }

    /// <summary>Calibration cases n; the coverage is at least the level and at most 1 / (n + 1) above it where scores
    /// have no ties (2 / (n + 1) with two margins).</summary>
    public required int Count { get; init; }

    /// <summary>Whether both margins are finite.</summary>
    public bool IsFinite => double.IsFinite(LowerMargin) && double.IsFinite(UpperMargin);

    /// <summary>The fewest calibration cases that give a finite margin: ceil(level / (1 - level)), and with two margins
    /// that of the level 1 - (1 - level) / 2.</summary>
    public static int LeastCount(double level, bool twoSided = false)
    {
        Guard.Between(level, 0, 1, nameof(level));
        double each = twoSided ? 1 - (1 - level) / 2 : level;
        int n = Math.Max((int)Math.Floor(each / (1 - each)) - 1, 1);
        while (Rank(n, each) > n)
            n++;
        return n;
    }

    /// <summary>One margin for both sides, from |outcome - forecast|.</summary>
    /// <param name="forecasts">Of cases that the model was not fitted on.</param>
    /// <param name="outcomes">Theirs.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static ConformalInterval Symmetric(
        ReadOnlySpan<double> forecasts, ReadOnlySpan<double> outcomes, double level = 0.9)
    {
        double[] scores = Scores(forecasts, outcomes, (f, y) => Math.Abs(y - f), level);
        double margin = Margin(scores, level);
        return new ConformalInterval
        {
            LowerMargin = margin,
            UpperMargin = margin,
            Level = level,
            Count =
            scores.Length
        };
    }

    /// <summary>A margin for each side, each missed with probability (1 - level) / 2: for skewed errors.</summary>
    /// <param name="forecasts">Of cases that the model was not fitted on.</param>
    /// <param name="outcomes">Theirs.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static ConformalInterval TwoSided(
        ReadOnlySpan<double> forecasts, ReadOnlySpan<double> outcomes, double level = 0.9)
    {
        double each = 1 - (1 - level) / 2;
        double[] below = Scores(forecasts, outcomes, (f, y) => f - y, level);
        double[] above = Scores(forecasts, outcomes, (f, y) => y - f, level);
        return new ConformalInterval
        {
            LowerMargin = Margin(below, each),
            UpperMargin = Margin(above, each),
            Level = level,
            Count = below.Length,
        };
    }

    /// <summary>
    /// Conformalised quantile regression (Y. Romano, E. Patterson, E. Candes 2019): forecasts of two quantiles keep
    /// their varying width and are moved apart, or together, by one margin.
    /// </summary>
    /// <param name="lower">Forecast lower quantiles of the calibration cases.</param>
    /// <param name="upper">Forecast upper quantiles; not below the lower ones.</param>
    /// <param name="outcomes">Theirs.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static ConformalInterval OfQuantiles(
        ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, ReadOnlySpan<double> outcomes, double level = 0.9)
    {
        double[] below = Scores(lower, outcomes, (f, y) => f - y, level);
        double[] above = Scores(upper, outcomes, (f, y) => y - f, level);
        for (int i = 0; i < below.Length; i++)
        {
            if (lower[i] > upper[i])
                throw new ArgumentException(
                    $"The lower quantile {Guard.Text(lower[i])} is above the upper {Guard.Text(upper[i])} at index "
                    + $"{i}; sort crossing quantiles first.", nameof(lower));
            below[i] = Math.Max(below[i], above[i]);
        }

        double margin = Margin(below, level);
        return new ConformalInterval
        {
            LowerMargin = margin,
            UpperMargin = margin,
            Level = level,
            Count =
            below.Length
        };
    }

    /// <summary>The interval around a forecast.</summary>
    public (double Lower, double Upper) Around(double forecast) => Around(forecast, forecast);

    /// <summary>The interval around forecast quantiles.</summary>
    public (double Lower, double Upper) Around(double lower, double upper)
    {
        Guard.Finite(lower, nameof(lower));
        Guard.Finite(upper, nameof(upper));
        return (lower - LowerMargin, upper + UpperMargin);
    }

    private static double[] Scores(
        ReadOnlySpan<double> forecasts, ReadOnlySpan<double> outcomes, Func<double, double, double> score, double level)
    {
        Guard.Between(level, 0, 1, nameof(level));
        Guard.Series(forecasts, 1, nameof(forecasts));
        Guard.Finite(outcomes, nameof(outcomes));
        Guard.SameLength(forecasts, outcomes, nameof(forecasts), nameof(outcomes));
        var scores = new double[forecasts.Length];
        for (int i = 0; i < scores.Length; i++)
            scores[i] = score(forecasts[i], outcomes[i]);
        return scores;
    }

    /// <summary>The k-th smallest score; infinite where there are fewer than k.</summary>
    private static double Margin(double[] scores, double level)
    {
        int k = Rank(scores.Length, level);
        if (k > scores.Length)
            return double.PositiveInfinity;
        Array.Sort(scores);
        return scores[k - 1];
    }

    /// <summary>ceil((n + 1) level), not lifted by the rounding of a product that is whole.</summary>
    private static int Rank(int count, double level) => (int)Math.Ceiling((count + 1) * level * (1 - 1e-14));
}
