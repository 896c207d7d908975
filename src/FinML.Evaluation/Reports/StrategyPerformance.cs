using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>One row of a report: what a strategy earned before and after costs, and how sure that is.</summary>
public sealed record StrategyPerformance
{
    /// <summary>The backtest.</summary>
    public required BacktestResult Backtest { get; init; }

    /// <summary>What the ledger counts it as.</summary>
    public required TrialKind Kind { get; init; }

    /// <summary>Before costs.</summary>
    public required PerformanceSummary Gross { get; init; }

    /// <summary>After costs.</summary>
    public required PerformanceSummary Net { get; init; }

    /// <summary>
    /// Block-bootstrap interval of the annualised Sharpe ratio before costs; null where returns are constant.
    /// </summary>
    public required SharpeInterval? GrossSharpe { get; init; }

    /// <summary>
    /// Block-bootstrap interval of the annualised Sharpe ratio after costs; null where returns are constant.
    /// </summary>
    public required SharpeInterval? NetSharpe { get; init; }

    /// <summary>Probability that the true Sharpe ratio after costs is above 0.</summary>
    public required ProbabilisticSharpeRatio? Probabilistic { get; init; }

    /// <summary>Probability that it is above what the best of the ledger's trials shows by luck.</summary>
    public required DeflatedSharpeRatio? Deflated { get; init; }

    /// <summary>
    /// Net Sharpe ratio less the benchmark's, annualised, tested on paired resamples; null for the benchmark.
    /// </summary>
    public required SharpeComparison? AgainstBenchmark { get; init; }

    /// <summary>Traded value over equity, a year.</summary>
    public required double TurnoverPerYear { get; init; }

    /// <summary>Costs over equity, a year.</summary>
    public required double CostPerYear { get; init; }

    /// <summary>Mean weight held.</summary>
    public required double MeanPosition { get; init; }

    /// <summary>The name of the strategy.</summary>
    public string Name => Backtest.Name;
}
