using System.Text.Json;
using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>Enters the backtests of one experiment in the ledger, with what is common to all of them said
/// once.</summary>
public sealed class ExperimentBook
{
    private readonly TrialLedger ledger;
    private readonly string experiment;
    private readonly string dataHash;
    private readonly ulong seed;
    private readonly object configuration;

    /// <param name="ledger">The ledger.</param>
    /// <param name="experiment">The search that the backtests belong to: its trials count together.</param>
    /// <param name="dataHash">Hash of the data.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="configuration">Every setting that was chosen; its properties go into the ledger as JSON.</param>
    public ExperimentBook(TrialLedger ledger, string experiment, string dataHash, ulong seed, object configuration)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        ArgumentException.ThrowIfNullOrWhiteSpace(dataHash);
        ArgumentNullException.ThrowIfNull(configuration);
        (this.ledger, this.experiment, this.dataHash, this.seed, this.configuration) =
            (ledger, experiment, dataHash, seed, configuration);
    }

    /// <summary>Enters one backtest. The same run with the same result is found, not counted twice.</summary>
    /// <exception cref="NonDeterminismException">The same run is in the ledger with another result.</exception>
    public RecordedBacktest Enter(BacktestResult result, TrialKind kind)
    {
        ArgumentNullException.ThrowIfNull(result);
        string settings = JsonSerializer.Serialize(new { settings = configuration, execution = result.Execution });
        return RecordedBacktest.Enter(ledger, result, experiment, kind, settings, dataHash, CodeVersion.Hash, seed);
    }
}
