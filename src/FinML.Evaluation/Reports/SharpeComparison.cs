namespace FinML.Evaluation;

/// <summary>The difference of two annualised Sharpe ratios over the same periods.</summary>
/// <param name="Difference">First less second.</param>
/// <param name="Lower">Lower end of its bootstrap interval.</param>
/// <param name="Upper">Upper end of its bootstrap interval.</param>
/// <param name="PValue">Two-sided p-value of no difference.</param>
/// <param name="MonteCarloError">Standard error of the p-value from the finite number of resamples.</param>
public sealed record SharpeComparison(
    double Difference, double Lower, double Upper, double PValue, double MonteCarloError);
