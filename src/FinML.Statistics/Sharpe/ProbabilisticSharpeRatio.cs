namespace FinML.Statistics;

/// <summary>
/// Probability that the true Sharpe ratio exceeds a benchmark, given the estimate, its length, skewness and kurtosis:
/// Phi((SR - SR*) sqrt(n - 1) / sqrt(1 - skewness SR + (kurtosis - 1) / 4 SR^2)). Bailey and Lopez de Prado (2012),
/// "The Sharpe ratio efficient frontier". One minus it is the p-value of the one-sided test of SR &lt;= SR*.
/// </summary>
public sealed record ProbabilisticSharpeRatio
{
    /// <summary>From 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>The estimate, per period.</summary>
    public required double Sharpe { get; init; }

    /// <summary>SR*, per period.</summary>
    public required double Benchmark { get; init; }

    /// <summary>Standard error of the estimate, per period (Mertens).</summary>
    public required double StandardError { get; init; }

    /// <summary>Number of returns.</summary>
    public required int Count { get; init; }

    /// <summary>1 - Probability, without the loss of digits near 1.</summary>
    public double PValue => StandardNormal.UpperTail((Sharpe - Benchmark) / StandardError);

    /// <summary>From an estimate.</summary>
    /// <param name="sharpe">The estimate with its moments.</param>
    /// <param name="benchmarkPerPeriod">SR* per period, 0 by default.</param>
    public static ProbabilisticSharpeRatio Of(SharpeRatio sharpe, double benchmarkPerPeriod = 0)
    {
        ArgumentNullException.ThrowIfNull(sharpe);
        return Of(sharpe.PerPeriod, benchmarkPerPeriod, sharpe.Count, sharpe.Skewness, sharpe.Kurtosis);
    }

    /// <summary>From published figures.</summary>
    /// <param name="sharpePerPeriod">The estimate per period (divide an annual one by sqrt(periods per year)).</param>
    /// <param name="benchmarkPerPeriod">SR* per period.</param>
    /// <param name="count">Number of returns, 2 or more.</param>
    /// <param name="skewness">Of the returns per period.</param>
    /// <param name="kurtosis">Of the returns per period, raw (3 for normal).</param>
    public static ProbabilisticSharpeRatio Of(
        double sharpePerPeriod, double benchmarkPerPeriod, int count, double skewness, RawKurtosis kurtosis)
    {
        Guard.Finite(benchmarkPerPeriod, nameof(benchmarkPerPeriod));
        double error = SharpeStandardError.Mertens(sharpePerPeriod, count, skewness, kurtosis);
        return new ProbabilisticSharpeRatio
        {
            Probability = StandardNormal.Cdf((sharpePerPeriod - benchmarkPerPeriod) / error),
            Sharpe = sharpePerPeriod,
            Benchmark = benchmarkPerPeriod,
            StandardError = error,
            Count = count,
        };
    }
}
