namespace FinML.Statistics;

/// <summary>A parameter's posterior in one row.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Mean">Posterior mean.</param>
/// <param name="StandardDeviation">Posterior standard deviation.</param>
/// <param name="Median">Posterior median.</param>
/// <param name="Lower">Lower end of the central credible interval.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="Diagnostics">What the draws are worth.</param>
public sealed record ParameterSummary(
    string Name,
    double Mean,
    double StandardDeviation,
    double Median,
    double Lower,
    double Upper,
    ChainDiagnostics Diagnostics);
