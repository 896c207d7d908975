namespace FinML.Statistics;

/// <summary>
/// A statistic to resample. Those made of the mean and the variance are computed by prefix sums over whole blocks, in
/// O(n / block length) per replicate; any other by a function of the resampled series.
/// </summary>
public abstract class SampleStatistic
{
    private protected SampleStatistic(string name) => Name = name;

    /// <summary>The arithmetic mean.</summary>
    public static SampleStatistic Mean { get; } = MomentStatistic.ForMean();

    /// <summary>The Sharpe ratio per period with ddof 1 and riskless rate 0.</summary>
    public static SampleStatistic Sharpe { get; } = MomentStatistic.ForSharpe(0, 1);

    /// <summary>What results are labelled with.</summary>
    public string Name { get; }

    /// <summary>The variance with divisor n - ddof.</summary>
    public static SampleStatistic Variance(int ddof = 1) => MomentStatistic.ForVariance(ddof);

    /// <summary>The standard deviation with divisor n - ddof.</summary>
    public static SampleStatistic StandardDeviation(int ddof = 1) => MomentStatistic.ForStandardDeviation(ddof);

    /// <summary>
    /// The Sharpe ratio per period. A resample in which nothing moves and the mean is the riskless rate (a strategy
    /// that is out of the market throughout) counts as 0.
    /// </summary>
    public static SampleStatistic SharpeRatio(double riskFreePerPeriod = 0, int ddof = 1) =>
        MomentStatistic.ForSharpe(riskFreePerPeriod, ddof);

    /// <summary>Any function of the series.</summary>
    public static SampleStatistic Of(string name, SeriesFunction function) => new DelegateStatistic(name, function);

    /// <summary>The statistic of <paramref name="sample"/>.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> sample);

    /// <summary>
    /// The series whose mean the statistic behaves like (its influence function), for the choice of a block length; the
    /// data themselves where it is unknown.
    /// </summary>
    internal abstract double[] Influence(ReadOnlySpan<double> values);
}
