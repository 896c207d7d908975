namespace FinML.Statistics;

/// <summary>
/// A statistic of two aligned series, both of which are resampled with the same blocks. Those with a name here are
/// computed from sums over whole blocks, in O(n / block length) per replicate.
/// </summary>
public abstract class PairStatistic
{
    private protected PairStatistic(string name) => Name = name;

    /// <summary>Slope of the first series on the second: cov(first, second) / var(second).</summary>
    public static PairStatistic Beta { get; } = PairForms.Beta();

    /// <summary>Intercept of the first series on the second, per period: mean(first) - beta mean(second).</summary>
    public static PairStatistic Alpha { get; } = PairForms.Alpha();

    /// <summary>Mean over standard deviation (ddof 1) of first less second, per period.</summary>
    public static PairStatistic InformationRatio { get; } = PairForms.InformationRatio();

    /// <summary>Sharpe ratio per period (ddof 1, riskless rate 0) of the first less that of the second.</summary>
    public static PairStatistic SharpeDifference { get; } = PairForms.SharpeDifference();

    /// <summary>mean(first) / mean(second).</summary>
    public static PairStatistic RatioOfMeans { get; } = PairForms.RatioOfMeans();

    /// <summary>What results are labelled with.</summary>
    public string Name { get; }

    /// <summary>Any function of the two series.</summary>
    /// <param name="name">What results are labelled with.</param>
    /// <param name="function">The statistic.</param>
    /// <param name="standardError">Its standard error from the same series, for studentised intervals.</param>
    public static PairStatistic Of(string name, PairFunction function, PairFunction? standardError = null) =>
        new DelegatePair(name, function, standardError);

    /// <summary>The statistic of two series of the same length.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> first, ReadOnlySpan<double> second);

    /// <summary>The statistic of these data and of their resamples.</summary>
    internal abstract BoundStatistic Bind(ReadOnlySpan<double> first, ReadOnlySpan<double> second);

    /// <summary>The series whose mean the statistic behaves like; null where it is unknown.</summary>
    internal abstract double[]? Influence(ReadOnlySpan<double> first, ReadOnlySpan<double> second);
}
