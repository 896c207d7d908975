namespace FinML.Evaluation;

/// <summary>An annualised Sharpe ratio with its bootstrap interval.</summary>
/// <param name="Estimate">The ratio.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public sealed record SharpeInterval(double Estimate, double Lower, double Upper);
