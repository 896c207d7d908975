namespace FinML.Statistics;

/// <summary>
/// A statistic to resample. Those with a name here do not go through the resampled series: smooth functions of means
/// (moments, Sharpe, Sortino, Omega, growth) are made of sums over whole blocks, paths (drawdown, Calmar) of stretches
/// that are joined, quantiles and expected shortfall of the data sorted once. Any other is a function of the series.
/// </summary>
public abstract class SampleStatistic
{
    private protected SampleStatistic(string name) => Name = name;

    /// <summary>The arithmetic mean.</summary>
    public static SampleStatistic Mean { get; } = MomentForms.Mean();

    /// <summary>The Sharpe ratio per period with ddof 1 and riskless rate 0.</summary>
    public static SampleStatistic Sharpe { get; } = MomentForms.Sharpe(0, 1);

    /// <summary>Third standardised moment, divisor n: <see cref="Moments.Skewness"/>.</summary>
    public static SampleStatistic Skewness { get; } = MomentForms.Skewness();

    /// <summary>Fourth standardised moment, 3 for normal values: <see cref="Moments.Kurtosis"/>.</summary>
    public static SampleStatistic RawKurtosis { get; } = MomentForms.Kurtosis();

    /// <summary>What results are labelled with.</summary>
    public string Name { get; }

    /// <summary>The variance with divisor n - ddof.</summary>
    public static SampleStatistic Variance(int ddof = 1) => MomentForms.Variance(ddof);

    /// <summary>The standard deviation with divisor n - ddof.</summary>
    public static SampleStatistic StandardDeviation(int ddof = 1) => MomentForms.StandardDeviation(ddof);

    /// <summary>
    /// The Sharpe ratio per period. A resample in which nothing moves and the mean is the riskless rate (a strategy
    /// that is out of the market throughout) counts as 0.
    /// </summary>
    public static SampleStatistic SharpeRatio(double riskFreePerPeriod = 0, int ddof = 1) =>
        MomentForms.Sharpe(riskFreePerPeriod, ddof);

    /// <summary>sqrt(mean of min(r - target, 0)^2) per period: <see cref="DownsideRisk.Deviation"/>.</summary>
    public static SampleStatistic DownsideDeviation(double targetPerPeriod = 0) =>
        DownsideForms.Deviation(targetPerPeriod);

    /// <summary>(mean - target) / downside deviation, per period.</summary>
    public static SampleStatistic SortinoRatio(double targetPerPeriod = 0) => DownsideForms.Sortino(targetPerPeriod);

    /// <summary>Gains above the target over losses below it: <see cref="DownsideRisk.OmegaRatio"/>.</summary>
    public static SampleStatistic OmegaRatio(double targetPerPeriod = 0) => DownsideForms.Omega(targetPerPeriod);

    /// <summary>Geometric return per year, as a fraction: <see cref="Annualised.Return"/>.</summary>
    /// <param name="kind">What the values are.</param>
    /// <param name="periodsPerYear">Above 0.</param>
    public static SampleStatistic AnnualisedReturn(ReturnKind kind, double periodsPerYear) =>
        GrowthForm.Make(kind, periodsPerYear);

    /// <summary>Depth of the deepest drawdown, as a positive fraction: <see cref="Drawdown.Maximum"/>.</summary>
    /// <param name="kind">What the values are.</param>
    public static SampleStatistic MaximumDrawdown(ReturnKind kind) => PathStatistic.ForDrawdown(kind);

    /// <summary>Annualised return over maximum drawdown: <see cref="Drawdown.CalmarRatio"/>.</summary>
    /// <param name="kind">What the values are.</param>
    /// <param name="periodsPerYear">Above 0.</param>
    public static SampleStatistic CalmarRatio(ReturnKind kind, double periodsPerYear) =>
        PathStatistic.ForCalmar(kind, periodsPerYear);

    /// <summary>The type-7 quantile at <paramref name="probability"/>, from 0 to 1.</summary>
    public static SampleStatistic QuantileAt(double probability) => QuantileStatistic.ForQuantile(probability);

    /// <summary>Mean loss over the values at or below the tail-quantile, a positive number for a loss:
    /// <see cref="TailRisk.ConditionalValueAtRisk"/>.</summary>
    public static SampleStatistic ExpectedShortfall(double tail = 0.05) => QuantileStatistic.ForTailLoss(tail);

    /// <summary>Hill's index of the upper tail: <see cref="HillEstimate.TailIndex"/> of the largest values.</summary>
    /// <param name="share">Their share, between 0 and 1: two values at least, all of them and the next above 0.</param>
    public static SampleStatistic TailIndex(double share) => new TailIndexStatistic(share);

    /// <summary>Any function of the series.</summary>
    /// <param name="name">What results are labelled with.</param>
    /// <param name="function">The statistic.</param>
    /// <param name="standardError">
    /// Its standard error from the same series, for studentised intervals; one that allows for dependence where the
    /// blocks do.
    /// </param>
    public static SampleStatistic Of(string name, SeriesFunction function, SeriesFunction? standardError = null) =>
        new DelegateStatistic(name, function, standardError);

    /// <summary>The statistic of <paramref name="sample"/>.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> sample);

    /// <summary>The statistic of these data and of their resamples.</summary>
    /// <param name="values">The data.</param>
    /// <param name="blockLength">Length of the blocks (their mean), to plan for.</param>
    internal abstract BoundStatistic Bind(ReadOnlySpan<double> values, double blockLength);

    /// <summary>
    /// The series whose mean the statistic behaves like (its influence function), for the choice of a block length; the
    /// data themselves where it is unknown.
    /// </summary>
    internal abstract double[] Influence(ReadOnlySpan<double> values);
}
