using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>
/// A backtest and its row in the ledger; a report takes no other kind, so that none goes uncounted.
/// <see cref="ExperimentBook"/> makes it.
/// </summary>
public sealed record RecordedBacktest
{
    internal RecordedBacktest(BacktestResult result, TrialEntry entry)
    {
        Result = result;
        Entry = entry;
    }

    /// <summary>What the backtest gave.</summary>
    public BacktestResult Result { get; }

    /// <summary>Its row in the ledger.</summary>
    public TrialEntry Entry { get; }
}
