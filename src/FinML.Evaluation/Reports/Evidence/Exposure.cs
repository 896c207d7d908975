using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>How much of the market a strategy held, and what it traded for that.</summary>
/// <param name="Mean">Mean weight: net, shorts below 0.</param>
/// <param name="MeanAbsolute">Mean of the weight without its sign.</param>
/// <param name="Largest">The largest weight without its sign.</param>
/// <param name="Long">Share of periods that end long.</param>
/// <param name="Short">Share of periods that end short.</param>
/// <param name="TurnoverPerYear">Traded value over equity, a year; both ways counted.</param>
/// <param name="CostPerYear">Costs over equity, a year.</param>
public sealed record Exposure(
    double Mean,
    double MeanAbsolute,
    double Largest,
    double Long,
    double Short,
    double TurnoverPerYear,
    double CostPerYear)
{
    internal static Exposure Of(BacktestResult backtest, double periodsPerYear)
    {
        double n = backtest.Length, years = n / periodsPerYear;
        double[] weights = [.. backtest.Positions.Where(double.IsFinite)];
        return new Exposure(
            weights.Average(),
            weights.Average(Math.Abs),
            weights.Max(Math.Abs),
            weights.Count(w => w > 0) / n,
            weights.Count(w => w < 0) / n,
            backtest.Turnover.Sum() / years,
            backtest.Costs.Sum() / years);
    }
}
