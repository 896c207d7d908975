namespace FinML.Evaluation;

/// <summary>What the tests say of the rules on one made-up history.</summary>
/// <param name="BestSharpe">The best Sharpe ratio a year, before costs.</param>
/// <param name="Uncorrected">The p-value of that rule as if it had been the only one: the probabilistic Sharpe
/// ratio's.</param>
/// <param name="RealityCheck">White's p-value of the whole family.</param>
/// <param name="Superior">Hansen's p-value of the whole family.</param>
/// <param name="Stepwise">The smallest p-value of Romano and Wolf's StepM.</param>
/// <param name="Deflated">One minus the deflated Sharpe ratio of the best, by the number and the variance of all
/// trials.</param>
/// <param name="Overfitting">The probability of backtest overfitting, 10 segments.</param>
public sealed record RuleFindings(
    double BestSharpe, double Uncorrected, double RealityCheck, double Superior, double Stepwise, double Deflated,
    double Overfitting);
