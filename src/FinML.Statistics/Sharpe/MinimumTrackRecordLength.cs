namespace FinML.Statistics;

/// <summary>
/// Number of returns from which an observed Sharpe ratio is significantly above a benchmark:
/// 1 + (1 - skewness SR + (kurtosis - 1) / 4 SR^2) (z / (SR - SR*))^2. Bailey and Lopez de Prado (2012).
/// </summary>
public sealed record MinimumTrackRecordLength
{
    /// <summary>Number of returns, not rounded.</summary>
    public required double Observations { get; init; }

    /// <summary>The estimate, per period.</summary>
    public required double Sharpe { get; init; }

    /// <summary>SR*, per period.</summary>
    public required double Benchmark { get; init; }

    /// <summary>Confidence of the one-sided test.</summary>
    public required double Confidence { get; init; }

    /// <summary>From an estimate.</summary>
    public static MinimumTrackRecordLength Of(
        SharpeRatio sharpe, double benchmarkPerPeriod = 0, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sharpe);
        return Of(sharpe.PerPeriod, benchmarkPerPeriod, sharpe.Skewness, sharpe.Kurtosis, confidence);
    }

    /// <summary>From published figures.</summary>
    /// <param name="sharpePerPeriod">The estimate per period, above the benchmark.</param>
    /// <param name="benchmarkPerPeriod">SR* per period.</param>
    /// <param name="skewness">Of the returns per period.</param>
    /// <param name="kurtosis">Of the returns per period, raw (3 for normal).</param>
    /// <param name="confidence">Between 0.5 and 1.</param>
    /// <exception cref="ArgumentException">The estimate is not above the benchmark: no length is enough.</exception>
    public static MinimumTrackRecordLength Of(
        double sharpePerPeriod,
        double benchmarkPerPeriod,
        double skewness,
        RawKurtosis kurtosis,
        double confidence = 0.95)
    {
        Guard.Finite(benchmarkPerPeriod, nameof(benchmarkPerPeriod));
        Guard.Between(confidence, 0.5, 1, nameof(confidence));
        double factor = SharpeStandardError.VarianceFactor(sharpePerPeriod, skewness, kurtosis);
        if (sharpePerPeriod <= benchmarkPerPeriod)
            throw new ArgumentException(
                $"The Sharpe ratio {Guard.Text(sharpePerPeriod)} is not above the benchmark " +
                $"{Guard.Text(benchmarkPerPeriod)}; no track record is long enough.", nameof(sharpePerPeriod));
        double ratio = StandardNormal.Quantile(confidence) / (sharpePerPeriod - benchmarkPerPeriod);
        return new MinimumTrackRecordLength
        {
            Observations = 1 + factor * ratio * ratio,
            Sharpe = sharpePerPeriod,
            Benchmark = benchmarkPerPeriod,
            Confidence = confidence,
        };
    }
}
