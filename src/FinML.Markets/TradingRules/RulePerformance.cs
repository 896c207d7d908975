namespace FinML.Markets;

/// <summary>What one rule earned over some bars.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Mean">Mean simple return a bar, after costs.</param>
/// <param name="StandardDeviation">Its standard deviation, divisor bars - 1.</param>
/// <param name="GrossMean">Mean simple return a bar, before costs.</param>
/// <param name="Turnover">Mean traded value a bar, in units of wealth.</param>
/// <param name="Long">Share of the bars held long.</param>
/// <param name="Short">Share of the bars held short.</param>
public readonly record struct RulePerformance(
    TradingRule Rule, double Mean, double StandardDeviation, double GrossMean, double Turnover, double Long,
    double Short)
{
    /// <summary>Sharpe ratio a bar, on a riskless rate of 0; 0 where the rule never held anything.</summary>
    public double SharpePerPeriod => StandardDeviation > 0 ? Mean / StandardDeviation : 0;

    /// <summary>The one-way cost, in basis points, that takes away all that was earned before costs: NaN where nothing
    /// was traded, below 0 where nothing was earned.</summary>
    public double BreakEvenBasisPoints => Turnover > 0 ? 1e4 * GrossMean / Turnover : double.NaN;

    /// <summary>Sharpe ratio a year.</summary>
    /// <param name="periodsPerYear">252 for days.</param>
    public double Sharpe(double periodsPerYear = 252) => SharpePerPeriod * Math.Sqrt(periodsPerYear);
}
