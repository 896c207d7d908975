using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>Backtests the same decisions on the same prices once more, under other costs or another delay.</summary>
/// <param name="execution">The rules to run under.</param>
public delegate BacktestResult BacktestRerun(ExecutionOptions execution);
