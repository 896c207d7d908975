using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>What the Sharpe ratio after costs is evidence for: one set of returns behind every number.</summary>
public sealed record SharpeEvidence
{
    /// <summary>Per period, with its standard errors, moments and the test of its autocorrelations.</summary>
    public required SharpeRatio Ratio { get; init; }

    /// <summary>Times sqrt(q), with a block-bootstrap interval; q the periods in a year.</summary>
    public required SharpeInterval Annual { get; init; }

    /// <summary>Times Lo's eta(q), which allows for autocorrelation; null where it is not defined.</summary>
    public required double? AnnualByLo { get; init; }

    /// <summary>eta(q); sqrt(q) for uncorrelated returns.</summary>
    public required double? Eta { get; init; }

    /// <summary>The autocorrelations that eta(q) is made of: the first so many.</summary>
    public required int EtaLags { get; init; }

    /// <summary>Whether the Ljung-Box test rejects at the level of the report: sqrt(q) then rests on what the data do
    /// not support.</summary>
    public required bool Correlated { get; init; }

    /// <summary>Probability that the true ratio is above 0.</summary>
    public required ProbabilisticSharpeRatio Probabilistic { get; init; }

    /// <summary>Probability that it is above what the best of the trials shows by luck.</summary>
    public required DeflatedSharpeRatio Deflated { get; init; }

    /// <summary>Periods from which a ratio of this size differs from 0; null where it is not above 0: none is
    /// enough.</summary>
    public required double? MinimumTrackRecord { get; init; }

    /// <summary>Years below which the best of so many worthless trials is expected to show
    /// <see cref="BacktestReportOptions.TargetSharpe"/>.</summary>
    public required double MinimumBacktestYears { get; init; }

    /// <summary>Years that there are.</summary>
    public required double Years { get; init; }

    /// <summary>The ratio over its standard error (Mertens).</summary>
    public double T => Ratio.PerPeriod / Ratio.StandardError;

    /// <summary>Judges; null where the returns are constant.</summary>
    internal static SharpeEvidence? Of(EvidenceInput input, BacktestReportOptions options)
    {
        if (SharpeInference.Interval(input.NetReturns, options) is not { } annual)
            return null;
        ReturnSeries series = ReturnSeries.Simple(input.NetReturns.ToArray(), options.PeriodsPerYear);
        SharpeRatio ratio = SharpeRatio.Of(
            series, new SharpeOptions { RiskFreePerPeriod = options.RiskFreePerPeriod });
        int n = ratio.Count;
        (double? eta, int lags) = LoAnnualisation.OfYear(series);
        // Where their ratios are not known, trials without skill vary as the estimate of one does: by 1 / (n - 1).
        double noise = 1.0 / (n - 1), variance = Math.Max(input.Trials.SharpeVariance ?? noise, 0);
        return new SharpeEvidence
        {
            Ratio = ratio,
            Annual = annual,
            Eta = eta,
            AnnualByLo = eta * ratio.PerPeriod,
            EtaLags = lags,
            Correlated = ratio.LjungBox.PValue < options.SignificanceLevel,
            Probabilistic = ProbabilisticSharpeRatio.Of(ratio),
            Deflated = DeflatedSharpeRatio.Of(ratio, input.Trials.Number, variance),
            MinimumTrackRecord = ratio.PerPeriod > 0
                ? MinimumTrackRecordLength.Of(ratio, confidence: 1 - options.SignificanceLevel).Observations
                : null,
            MinimumBacktestYears = MinimumBacktestLength.Years(input.Trials.Number, options.TargetSharpe),
            Years = n / options.PeriodsPerYear,
        };
    }
}
