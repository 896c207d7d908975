using System.Text.Json;
using FinML.Markets;
using FinML.Statistics;

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
    private readonly RegistrationEntry? registration;

    /// <param name="ledger">The ledger.</param>
    /// <param name="experiment">The search that the backtests belong to: its trials count together.</param>
    /// <param name="dataHash">Hash of the data.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="configuration">Every setting that was chosen; its properties go into the ledger as JSON.</param>
    /// <param name="registration">The hypothesis that the backtests answer, registered before the data were read; null
    /// for a search, whose trials are exploratory.</param>
    public ExperimentBook(
        TrialLedger ledger,
        string experiment,
        string dataHash,
        ulong seed,
        object configuration,
        RegistrationEntry? registration = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentException.ThrowIfNullOrWhiteSpace(experiment);
        ArgumentException.ThrowIfNullOrWhiteSpace(dataHash);
        ArgumentNullException.ThrowIfNull(configuration);
        (this.ledger, this.experiment, this.dataHash, this.seed, this.configuration, this.registration) =
            (ledger, experiment, dataHash, seed, configuration, registration);
    }

    /// <summary>
    /// Enters one backtest, by its Sharpe ratio after costs. The same run with the same result is found, not counted
    /// twice.
    /// </summary>
    /// <remarks>A strategy that never traded is a trial too: it is entered with a Sharpe ratio of 0.</remarks>
    /// <exception cref="ArgumentException">There are fewer than ten returns: no ratio can be recorded.</exception>
    /// <exception cref="NonDeterminismException">The same run is in the ledger with another result.</exception>
    public RecordedBacktest Enter(BacktestResult result, TrialKind kind)
    {
        ArgumentNullException.ThrowIfNull(result);
        var returns = ReturnSeries.Simple(result.NetReturns.ToArray(), result.Execution.PeriodsPerYear);
        bool traded = result.NetReturns.Any(value => value != result.NetReturns[0]);
        var ratio = traded ? SharpeRatio.Of(returns) : null;
        return new RecordedBacktest(result, ledger.Record(new TrialRecord
        {
            Experiment = experiment,
            Name = result.Name,
            Kind = kind,
            Registration = kind == TrialKind.Trial ? registration?.Id : null,
            Configuration = JsonSerializer.Serialize(new { settings = configuration, execution = result.Execution }),
            DataHash = dataHash,
            CodeHash = CodeVersion.Hash,
            Seed = seed,
            PeriodsPerYear = returns.PeriodsPerYear,
            Count = returns.Count,
            SharpePerPeriod = ratio?.PerPeriod ?? 0,
            Skewness = ratio?.Skewness ?? 0,
            Kurtosis = ratio?.Kurtosis ?? new RawKurtosis(3),
        }, TrialReturns.Of(result.Times, returns.Values)));
    }

    /// <summary>
    /// Enters every rule of a search as a trial, in one transaction, with its returns over some bars. A rule that never
    /// held anything there is a trial too: it is entered with a Sharpe ratio of 0.
    /// </summary>
    /// <param name="positions">The rules.</param>
    /// <param name="times">The bars' times, one for each.</param>
    /// <param name="start">The first bar whose return counts, 1 or more.</param>
    /// <param name="end">One past the last: ten bars or more.</param>
    /// <param name="execution">Costs and latency; the default costs are on.</param>
    /// <param name="keepReturns">Whether the returns go into the ledger, for the effective number of trials: 16 bytes a
    /// bar before they are packed.</param>
    /// <param name="periodsPerYear">252 for days.</param>
    public IReadOnlyList<TrialEntry> Enter(
        RulePositions positions,
        IReadOnlyList<DateTime> times,
        int start,
        int end,
        RuleExecution? execution = null,
        bool keepReturns = true,
        double periodsPerYear = 252)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count != positions.Market.Length)
            throw new ArgumentException(
                $"There are {times.Count} times for {positions.Market.Length} bars; there must be one for each.",
                nameof(times));
        execution ??= new RuleExecution();
        DateTime[] earned = [.. times.Skip(start).Take(end - start)];
        string settings = JsonSerializer.Serialize(
            new { settings = configuration, execution, from = times[start], to = times[end - 1] });
        return ledger.RecordAll([.. positions.Rules.Select((rule, i) =>
        {
            double[] values = positions.Returns(i, start, end, execution);
            var returns = ReturnSeries.Simple(values, periodsPerYear);
            SharpeRatio? ratio = values.AsSpan().ContainsAnyExcept(values[0]) ? SharpeRatio.Of(returns) : null;
            return (new TrialRecord
            {
                Experiment = experiment,
                Name = rule.Name,
                Kind = TrialKind.Trial,
                Registration = registration?.Id,
                Configuration = settings,
                DataHash = dataHash,
                CodeHash = CodeVersion.Hash,
                Seed = seed,
                PeriodsPerYear = periodsPerYear,
                Count = values.Length,
                SharpePerPeriod = ratio?.PerPeriod ?? 0,
                Skewness = ratio?.Skewness ?? 0,
                Kurtosis = ratio?.Kurtosis ?? new RawKurtosis(3),
            }, keepReturns ? TrialReturns.Of(earned, values) : null);
        })]);
    }
}
