using FinML.Markets;
using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// What backtests are evidence for: gross beside net, block-bootstrap intervals, the probabilistic and the deflated
/// Sharpe ratio with the ledger's number of trials, a paired test against the benchmark, and one sentence. Every
/// strategy is in the ledger before any of them is judged.
/// </summary>
public sealed class BacktestReport
{
    private BacktestReport(IReadOnlyList<StrategyPerformance> rows, int trials, BacktestReportOptions options)
    {
        Rows = rows;
        Trials = trials;
        Options = options;
    }

    /// <summary>The strategies in the order given, the benchmark first.</summary>
    public IReadOnlyList<StrategyPerformance> Rows { get; }

    /// <summary>The benchmark.</summary>
    public StrategyPerformance Benchmark => Rows[0];

    /// <summary>Trials that the ledger counts for the experiment.</summary>
    public int Trials { get; }

    /// <summary>How the returns were read.</summary>
    public BacktestReportOptions Options { get; }

    /// <summary>The row of a strategy.</summary>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public StrategyPerformance this[string name] => Rows.FirstOrDefault(row => row.Name == name)
        ?? throw new ArgumentException(
            $"The report has no strategy '{name}'; it has {string.Join(", ", Rows.Select(row => row.Name))}.",
            nameof(name));

    /// <summary>Judges entries that are already in the ledger.</summary>
    /// <param name="ledger">The ledger, from which the number and the variance of trials come.</param>
    /// <param name="benchmark">The benchmark's entry.</param>
    /// <param name="strategies">The others.</param>
    /// <param name="options">How to read the returns.</param>
    /// <exception cref="ArgumentException">The backtests are not over the same periods.</exception>
    public static BacktestReport Create(
        TrialLedger ledger,
        RecordedBacktest benchmark,
        IReadOnlyList<RecordedBacktest> strategies,
        BacktestReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(benchmark);
        ArgumentNullException.ThrowIfNull(strategies);
        options ??= new BacktestReportOptions();
        options.Validate();
        foreach (var strategy in strategies)
        {
            if (!strategy.Result.Times.SequenceEqual(benchmark.Result.Times))
                throw new ArgumentException(
                    $"'{strategy.Result.Name}' has {strategy.Result.Length} periods that are not the benchmark's "
                    + $"{benchmark.Result.Length}: compare strategies over the same periods.", nameof(strategies));
        }

        var rows = new List<StrategyPerformance> { Judge(ledger, benchmark, null, options) };
        rows.AddRange(strategies.Select(strategy => Judge(ledger, strategy, benchmark, options)));
        return new BacktestReport(rows, ledger.TrialCount(benchmark.Entry.Record.Experiment), options);
    }

    /// <summary>
    /// The whole report on one strategy: the baselines are those of this report, the choice is among its trials, and
    /// their number and variance are the ledger's.
    /// </summary>
    /// <param name="strategy">Its name.</param>
    /// <param name="rerun">Runs its decisions again under other costs and delays; null where that cannot be done.
    /// </param>
    /// <param name="paths">Returns of the paths of a combinatorial cross-validation; null without.</param>
    /// <exception cref="ArgumentException">There is no such strategy.</exception>
    public EvidenceReport Examine(
        string strategy, BacktestRerun? rerun = null, IReadOnlyList<IReadOnlyList<double>>? paths = null)
    {
        StrategyPerformance subject = this[strategy];
        StrategyPerformance[] trials = [.. Rows.Where(row => row.Kind == TrialKind.Trial)];
        bool isBenchmark = subject == Benchmark;
        return EvidenceReport.Of(
            EvidenceInput.Of(subject.Backtest) with
            {
                Rerun = rerun,
                Benchmark = isBenchmark ? null : Series(Benchmark),
                Baselines =
                [
                    .. Rows.Skip(1).Where(row => row.Kind == TrialKind.Baseline && row != subject).Select(Series),
                ],
                Strategies = trials.Length > 1 ? [.. trials.Select(Series)] : [],
                Paths = paths ?? [],
                Trials = subject.Deflated is { } deflated
                    ? new TrialCount(
                        deflated.Trials, deflated.SharpeVariance, $"the ledger has {Trials} of this experiment.")
                    : TrialCount.Assumed,
            },
            Options);

        static NamedReturns Series(StrategyPerformance row) => new(row.Name, row.Backtest.NetReturns);
    }

    private static StrategyPerformance Judge(
        TrialLedger ledger, RecordedBacktest strategy, RecordedBacktest? benchmark, BacktestReportOptions options)
    {
        var result = strategy.Result;
        double years = result.Length / options.PeriodsPerYear;
        var net = SharpeInference.Summary(result.NetReturns, options);
        return new StrategyPerformance
        {
            Backtest = result,
            Kind = strategy.Entry.Record.Kind,
            Gross = SharpeInference.Summary(result.GrossReturns, options),
            Net = net,
            GrossSharpe = SharpeInference.Interval(result.GrossReturns, options),
            NetSharpe = SharpeInference.Interval(result.NetReturns, options),
            Probabilistic = net.Sharpe is null ? null : ProbabilisticSharpeRatio.Of(net.Sharpe),
            Deflated = net.Sharpe is null ? null : ledger.Deflate(strategy.Entry),
            AgainstBenchmark = benchmark is null
                ? null
                : SharpeInference.Compare(result.NetReturns, benchmark.Result.NetReturns, options),
            TurnoverPerYear = result.Turnover.Sum() / years,
            CostPerYear = result.Costs.Sum() / years,
            MeanPosition = result.Positions.Average(),
        };
    }
}
