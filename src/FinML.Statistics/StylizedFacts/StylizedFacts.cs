namespace FinML.Statistics;

/// <summary>
/// The properties that returns of most markets share and independent normal returns do not have, each as a number with
/// an interval by one bootstrap: R. Cont (2001), "Empirical properties of asset returns: stylized facts and statistical
/// issues". The same function on simulated returns says which of them a model has.
/// </summary>
public static class StylizedFacts
{
    /// <summary>Share of the sizes that count as the tail.</summary>
    public const double TailShare = 0.05;

    private const int LongHorizon = 20, LongLag = 100, LeverageLags = 10;

    /// <summary>Measures the series, less its mean.</summary>
    /// <param name="returns">Logarithmic, 400 or more, finite and not constant.</param>
    /// <param name="scheme">Blocks, long beside the dependence.</param>
    /// <param name="options">Number of replicates, level and seed; Percentile or Basic.</param>
    public static IReadOnlyList<StylizedFact> Of(
        ReadOnlySpan<double> returns, BlockBootstrap scheme, BootstrapOptions? options = null)
    {
        Guard.Series(returns, 400, nameof(returns));
        Guard.NotConstant(returns, nameof(returns));
        double mean = Moments.Of(returns).Mean;
        double[] r = Array.ConvertAll(returns.ToArray(), value => value - mean);
        double[] sizes = Array.ConvertAll(r, Math.Abs), squares = Array.ConvertAll(r, value => value * value);

        var moments = AggregatedMoments.Of(r, [1, LongHorizon], scheme, options);
        var clustering = LaggedCorrelation.Auto(sizes, [1, LongLag], scheme, options);
        var leverage = LaggedCorrelation.Of(r, squares, Enumerable.Range(1, LeverageLags), scheme, options);
        var taylor = TaylorEffect.Of(r, [1, 1.5, 2], 1, scheme, options);
        var scaling = ScalingExponents.Of(r, [1, 2, 3], [1, 2, 4, 8, 16], scheme, options);
        BootstrapInterval[] kurtosis = moments.ExcessKurtosis();
        return
        [
            new("autocorrelation of r, lag 1", LaggedCorrelation.Auto(r, [1], scheme, options).At(1), 0),
            new("excess kurtosis", kurtosis[0], 0),
            new("tail index of |r|", scheme.Interval(sizes, SampleStatistic.TailIndex(TailShare), options), GaussianTailIndex(TailShare)),
            new($"excess kurtosis over {LongHorizon}", kurtosis[1], 0),
            new("autocorrelation of |r|, lag 1", clustering.At(1), 0),
            new($"autocorrelation of |r|, lag {LongLag}", clustering.At(LongLag), 0),
            new("Taylor effect: |r| less r^2, lag 1", taylor.Difference(1, 2), 0),
            new($"leverage, lags 1 to {LeverageLags}",
                leverage.Interval("mean leverage", values => Moments.Of(values).Mean), 0),
            new("skewness", moments.Skewness()[0], 0),
            new("intermittency: 3 zeta(1) - zeta(3)", scaling.Concavity(), 0),
        ];
    }

    /// <summary>What Hill's estimate goes to where sizes are those of normal values: 1 / E[ln |Z| - ln u], |Z| above
    /// its quantile u.</summary>
    /// <param name="share">P(|Z| &gt; u), between 0 and 1.</param>
    public static double GaussianTailIndex(double share)
    {
        double u = StandardNormal.Quantile(1 - share / 2);

        // E[ln |Z| / u] = integral of P(|Z| > x) / x over x > u, over P(|Z| > u); Simpson's rule up to where it is 0.
        const int Steps = 4_000;
        double step = 12.0 / Steps, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double x = u + i * step;
            sum += (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2) * 2 * StandardNormal.UpperTail(x) / x;
        }

        return share / (sum * step / 3);
    }
}
