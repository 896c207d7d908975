namespace FinML.Statistics;

/// <summary>A function of the mean, the population variance and the count.</summary>
internal sealed class MomentStatistic : SampleStatistic
{
    // Below this share of the variance of the data, the variance of a resample is rounding: the resample is constant.
    private const double Negligible = 1e-13;

    private readonly MomentFunction _function;
    private readonly Func<double, double, double, double> _influence;

    private MomentStatistic(string name, MomentFunction function, Func<double, double, double, double> influence)
        : base(name)
    {
        _function = function;
        _influence = influence;
    }

    /// <param name="mean">Mean of the resample.</param>
    /// <param name="variance">Its variance with divisor n; exactly 0 where the resample is constant.</param>
    /// <param name="count">n.</param>
    private delegate double MomentFunction(double mean, double variance, int count);

    public override double Evaluate(ReadOnlySpan<double> sample)
    {
        Moments moments = Moments.Of(sample);
        return _function(moments.Mean, moments.Variance(0), moments.Count);
    }

    internal static MomentStatistic ForMean() => new("mean", (mean, _, _) => mean, (d, _, _) => d);

    internal static MomentStatistic ForVariance(int ddof)
    {
        Guard.InRange(ddof, 0, 1, nameof(ddof));
        return new("variance", (_, variance, n) => variance * n / (n - ddof), (d, variance, _) => d * d - variance);
    }

    internal static MomentStatistic ForStandardDeviation(int ddof)
    {
        Guard.InRange(ddof, 0, 1, nameof(ddof));
        return new(
            "standard deviation",
            (_, variance, n) => Math.Sqrt(variance * n / (n - ddof)),
            (d, variance, _) => (d * d - variance) / (2 * Math.Sqrt(variance)));
    }

    internal static MomentStatistic ForSharpe(double riskFree, int ddof)
    {
        Guard.Finite(riskFree, nameof(riskFree));
        Guard.InRange(ddof, 0, 1, nameof(ddof));
        return new(
            "Sharpe ratio",
            (mean, variance, n) => variance > 0
                ? (mean - riskFree) / Math.Sqrt(variance * n / (n - ddof))
                : Math.Abs(mean - riskFree) < 1e-14 ? 0 : double.NaN,
            (d, variance, mean) => // of (mean - rf) / sd: d / sd - SR (d^2 / variance - 1) / 2
                d / Math.Sqrt(variance) - (mean - riskFree) / Math.Sqrt(variance) / 2 * (d * d / variance - 1));
    }

    /// <summary>From the sums of centred values and of their squares.</summary>
    internal double FromSums(double sum, double sumSquares, int count, double centre, double variance)
    {
        double shift = sum / count;
        double own = sumSquares / count - shift * shift;
        return _function(centre + shift, own > Negligible * variance ? own : 0, count);
    }

    internal override double[] Influence(ReadOnlySpan<double> values)
    {
        Moments moments = Moments.Of(values);
        var influence = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
            influence[i] = _influence(values[i] - moments.Mean, moments.Variance(0), moments.Mean);
        return influence;
    }
}
