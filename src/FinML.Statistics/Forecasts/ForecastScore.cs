namespace FinML.Statistics;

/// <summary>
/// The losses of one forecaster, one for each occasion: a loss, so less is better. Two of them, over the same
/// occasions, are what <see cref="DieboldMariano"/> and <see cref="GiacominiWhite"/> compare.
/// </summary>
public sealed record ForecastScore
{
    private readonly double[] _losses;

    internal ForecastScore(string name, double[] losses)
    {
        (Name, _losses) = (name, losses);
        Mean = Moments.Of(losses).Mean;
    }

    /// <summary>What was measured.</summary>
    public string Name { get; }

    /// <summary>Mean loss.</summary>
    public double Mean { get; }

    /// <summary>The loss on each occasion, in order.</summary>
    public ReadOnlySpan<double> Losses => _losses;

    /// <summary>Number of occasions.</summary>
    public int Count => _losses.Length;

    /// <summary>(outcome - forecast)^2: elicits the mean.</summary>
    public static ForecastScore SquaredError(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> forecasts) =>
        Pairwise("squared error", outcomes, forecasts, (y, f) => (y - f) * (y - f));

    /// <summary>|outcome - forecast|: elicits the median.</summary>
    public static ForecastScore AbsoluteError(ReadOnlySpan<double> outcomes, ReadOnlySpan<double> forecasts) =>
        Pairwise("absolute error", outcomes, forecasts, (y, f) => Math.Abs(y - f));

    /// <summary>
    /// x / h - log(x / h) - 1 for realised variances x and forecasts h of them, all above 0: robust to noise in the
    /// proxy x, Patton (2011).
    /// </summary>
    public static ForecastScore Qlike(ReadOnlySpan<double> realised, ReadOnlySpan<double> forecasts)
    {
        AllPositive(realised, nameof(realised));
        AllPositive(forecasts, nameof(forecasts));
        return Pairwise("QLIKE", realised, forecasts, (x, h) => x / h - Math.Log(x / h) - 1);
    }

    /// <summary>
    /// (outcome - q) (p - [outcome &lt; q]): elicits the p-quantile, Koenker and Bassett (1978).
    /// </summary>
    /// <param name="outcomes">What came.</param>
    /// <param name="quantiles">Forecasts of the quantile.</param>
    /// <param name="probability">p, between 0 and 1.</param>
    public static ForecastScore Pinball(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<double> quantiles, double probability)
    {
        Guard.Between(probability, 0, 1, nameof(probability));
        return Pairwise(
            $"pinball loss at {Guard.Text(probability)}", outcomes, quantiles, (y, q) => Pinball(y, q, probability));
    }

    internal static void RequireSame(ForecastScore first, ForecastScore second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Name != second.Name)
            throw new ArgumentException(
                $"The first score is of {first.Name} and the second of {second.Name}; only the same loss compares.",
                nameof(second));
    }

    internal static double Pinball(double y, double q, double p) => (y - q) * (p - (y < q ? 1 : 0));

    /// <summary>A loss of aligned pairs.</summary>
    internal static ForecastScore Pairwise(
        string name, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> forecasts, Func<double, double, double> loss)
    {
        Guard.Series(outcomes, 1, nameof(outcomes));
        Guard.Finite(forecasts, nameof(forecasts));
        Guard.SameLength(outcomes, forecasts, nameof(outcomes), nameof(forecasts));
        var losses = new double[outcomes.Length];
        for (int t = 0; t < losses.Length; t++)
            losses[t] = loss(outcomes[t], forecasts[t]);
        return new ForecastScore(name, losses);
    }

    internal static void AllPositive(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] > 0))
                throw new ArgumentException(
                    $"{name} is {Guard.Text(values[i])} at index {i}; every value must be above 0.", name);
        }
    }
}
