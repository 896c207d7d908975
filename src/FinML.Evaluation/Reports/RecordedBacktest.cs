using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>A backtest and its row in the ledger; a report takes no other kind, so that none goes uncounted.</summary>
public sealed record RecordedBacktest
{
    private RecordedBacktest(BacktestResult result, TrialEntry entry)
    {
        Result = result;
        Entry = entry;
    }

    /// <summary>What the backtest gave.</summary>
    public BacktestResult Result { get; }

    /// <summary>Its row in the ledger.</summary>
    public TrialEntry Entry { get; }

    /// <summary>
    /// Enters a backtest in the ledger, by its Sharpe ratio after costs; <see cref="ExperimentBook"/> is the way here.
    /// </summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="result">The backtest.</param>
    /// <param name="experiment">The search that it belongs to.</param>
    /// <param name="kind">Trial where it could have been chosen for its result, else baseline or control.</param>
    /// <param name="configuration">Every setting, as a JSON object.</param>
    /// <param name="dataHash">Hash of the data.</param>
    /// <param name="codeHash">Hash of the code.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="sharpe">Conventions of the ratio.</param>
    /// <remarks>A strategy that never traded is a trial too: it is entered with a Sharpe ratio of 0.</remarks>
    /// <exception cref="ArgumentException">There are fewer than ten returns: no ratio can be recorded.</exception>
    internal static RecordedBacktest Enter(
        TrialLedger ledger,
        BacktestResult result,
        string experiment,
        TrialKind kind,
        string configuration,
        string dataHash,
        string codeHash,
        ulong seed,
        SharpeOptions? sharpe = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(result);
        var returns = ReturnSeries.Simple(result.NetReturns.ToArray(), result.Execution.PeriodsPerYear);
        bool traded = result.NetReturns.Any(value => value != result.NetReturns[0]);
        var ratio = traded ? SharpeRatio.Of(returns, sharpe) : null;
        return new RecordedBacktest(result, ledger.Record(new TrialRecord
        {
            Experiment = experiment,
            Name = result.Name,
            Kind = kind,
            Configuration = configuration,
            DataHash = dataHash,
            CodeHash = codeHash,
            Seed = seed,
            PeriodsPerYear = returns.PeriodsPerYear,
            Count = returns.Count,
            SharpePerPeriod = ratio?.PerPeriod ?? 0,
            Skewness = ratio?.Skewness ?? 0,
            Kurtosis = ratio?.Kurtosis ?? new RawKurtosis(3),
        }));
    }
}
