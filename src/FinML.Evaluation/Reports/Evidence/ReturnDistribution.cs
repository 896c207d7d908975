using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>The distribution of the returns after costs, with its tails.</summary>
public sealed record ReturnDistribution
{
    /// <summary>Per period.</summary>
    public required double Mean { get; init; }

    /// <summary>Per period, ddof 1.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>Moment ratio; null where the returns are constant.</summary>
    public required double? Skewness { get; init; }

    /// <summary>0 for a normal distribution; null where the returns are constant.</summary>
    public required ExcessKurtosis? Kurtosis { get; init; }

    /// <summary>At 1, 5, 25, 50, 75, 95 and 99 per cent (type 7).</summary>
    public required IReadOnlyList<(double Probability, double Value)> Quantiles { get; init; }

    /// <summary>Mean loss of the worst 1 per cent, a positive fraction.</summary>
    public required double ConditionalValueAtRisk1 { get; init; }

    /// <summary>Mean loss of the worst 5 per cent, a positive fraction.</summary>
    public required double ConditionalValueAtRisk5 { get; init; }

    /// <summary>The loss that a normal distribution of this mean and spread would exceed in 1 per cent of
    /// periods.</summary>
    public required double NormalValueAtRisk1 { get; init; }

    /// <summary>Share of returns above 0.</summary>
    public required double HitRate { get; init; }

    /// <summary>The five worst, worst first.</summary>
    public required IReadOnlyList<(DateTime Time, double Value)> Worst { get; init; }

    /// <summary>The five best, best first.</summary>
    public required IReadOnlyList<(DateTime Time, double Value)> Best { get; init; }

    internal static ReturnDistribution Of(EvidenceInput input)
    {
        double[] returns = [.. input.NetReturns], sorted = [.. input.NetReturns.Order()];
        Moments moments = Moments.Of(returns);
        var series = ReturnSeries.Simple(returns, 1);
        var dated = input.Times.Zip(input.NetReturns).Select(pair => (pair.First, pair.Second));
        return new ReturnDistribution
        {
            Mean = moments.Mean,
            StandardDeviation = moments.StandardDeviation(),
            Skewness = moments.IsConstant ? null : moments.Skewness,
            Kurtosis = moments.IsConstant ? null : moments.Kurtosis.ToExcess(),
            Quantiles =
            [
                .. new[] { 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99 }
                    .Select(p => (p, Quantile.Type7Sorted(sorted, p))),
            ],
            ConditionalValueAtRisk1 = TailRisk.ConditionalValueAtRisk(series, 0.01),
            ConditionalValueAtRisk5 = TailRisk.ConditionalValueAtRisk(series, 0.05),
            NormalValueAtRisk1 = -(moments.Mean + StandardNormal.Quantile(0.01) * moments.StandardDeviation()),
            HitRate = TailRisk.HitRate(series),
            Worst = [.. dated.OrderBy(pair => pair.Second).Take(5)],
            Best = [.. dated.OrderByDescending(pair => pair.Second).Take(5)],
        };
    }
}
