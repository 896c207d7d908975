namespace FinML.Statistics;

/// <summary>
/// Probability that the true Sharpe ratio is above what the best of N worthless trials would show: the probabilistic
/// Sharpe ratio against SR0 = sqrt(V) E[max of N standard normals], V the variance of the Sharpe ratios over the
/// trials. Bailey and Lopez de Prado (2014), "The deflated Sharpe ratio". N is the number of independent trials; with
/// correlated trials the plain count makes the verdict too severe, never too mild.
/// </summary>
public sealed record DeflatedSharpeRatio
{
    // Euler-Mascheroni.
    private const double EulerGamma = 0.57721566490153286061;

    /// <summary>From 0 to 1; 0.95 is the usual demand.</summary>
    public required double Probability { get; init; }

    /// <summary>The estimate, per period.</summary>
    public required double Sharpe { get; init; }

    /// <summary>SR0, per period: the Sharpe ratio that the best of the trials is expected to show by luck.</summary>
    public required double ExpectedMaximumSharpe { get; init; }

    /// <summary>Standard error of the estimate, per period (Mertens).</summary>
    public required double StandardError { get; init; }

    /// <summary>Number of returns.</summary>
    public required int Count { get; init; }

    /// <summary>N.</summary>
    public required double Trials { get; init; }

    /// <summary>V, per period squared.</summary>
    public required double SharpeVariance { get; init; }

    /// <summary>From an estimate.</summary>
    /// <param name="sharpe">The estimate with its moments.</param>
    /// <param name="trials">N, 1 or more (an effective number need not be whole).</param>
    /// <param name="sharpeVariancePerPeriod">
    /// Variance over the trials of the Sharpe ratio per period, 0 or more.
    /// </param>
    public static DeflatedSharpeRatio Of(SharpeRatio sharpe, double trials, double sharpeVariancePerPeriod)
    {
        ArgumentNullException.ThrowIfNull(sharpe);
        return Of(
            sharpe.PerPeriod, trials, sharpeVariancePerPeriod, sharpe.Count, sharpe.Skewness, sharpe.Kurtosis);
    }

    /// <summary>From published figures, all of them per period.</summary>
    public static DeflatedSharpeRatio Of(
        double sharpePerPeriod,
        double trials,
        double sharpeVariancePerPeriod,
        int count,
        double skewness,
        RawKurtosis kurtosis)
    {
        Guard.NotNegative(sharpeVariancePerPeriod, nameof(sharpeVariancePerPeriod));
        double threshold = Math.Sqrt(sharpeVariancePerPeriod) * ExpectedMaximum(trials);
        ProbabilisticSharpeRatio psr = ProbabilisticSharpeRatio.Of(
            sharpePerPeriod, threshold, count, skewness, kurtosis);
        return new DeflatedSharpeRatio
        {
            Probability = psr.Probability,
            Sharpe = sharpePerPeriod,
            ExpectedMaximumSharpe = threshold,
            StandardError = psr.StandardError,
            Count = count,
            Trials = trials,
            SharpeVariance = sharpeVariancePerPeriod,
        };
    }

    /// <summary>
    /// Expected maximum of N independent standard normals by extreme-value theory:
    /// (1 - gamma) Phi^-1(1 - 1/N) + gamma Phi^-1(1 - 1/(N e)). It is 0 at N = 1, where nothing was selected, and never
    /// below 0 (the approximation is, for N between 1 and 1.27).
    /// </summary>
    /// <param name="trials">N, 1 or more.</param>
    public static double ExpectedMaximum(double trials)
    {
        if (!(trials >= 1) || double.IsInfinity(trials))
            throw new ArgumentOutOfRangeException(
                nameof(trials), $"trials is {Guard.Text(trials)}; it must be 1 or more and finite.");
        if (trials == 1)
            return 0;

        // Quantiles at 1 - p as minus the quantile at p: no digits are lost for many trials.
        double value = -(1 - EulerGamma) * StandardNormal.Quantile(1 / trials)
            - EulerGamma * StandardNormal.Quantile(1 / (trials * Math.E));
        return Math.Max(value, 0);
    }
}
