using FinML.Markets;

namespace FinML.Evaluation;

/// <summary>What a report on one strategy is made from. Only times and returns are needed; each thing more that is
/// known fills a section that else says what it lacks.</summary>
public sealed record EvidenceInput
{
    /// <summary>What the strategy is called.</summary>
    public required string Name { get; init; }

    /// <summary>The end of each period, increasing.</summary>
    public required IReadOnlyList<DateTime> Times { get; init; }

    /// <summary>Simple returns after costs, one for each period.</summary>
    public required IReadOnlyList<double> NetReturns { get; init; }

    /// <summary>The beginning of the first period; null: one usual spacing before its end.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Whether the times are dates and not a mere order.</summary>
    public bool Dated { get; init; } = true;

    /// <summary>The backtest with its positions, costs and fills; null where only returns are known.</summary>
    public BacktestResult? Backtest { get; init; }

    /// <summary>Runs its decisions under other costs and delays; null where prices or targets are not at
    /// hand.</summary>
    public BacktestRerun? Rerun { get; init; }

    /// <summary>What has to be beaten, and the market that regimes and betas are measured on.</summary>
    public NamedReturns? Benchmark { get; init; }

    /// <summary>Rules that were fixed beforehand and not chosen for their results.</summary>
    public IReadOnlyList<NamedReturns> Baselines { get; init; } = [];

    /// <summary>All strategies that this one was chosen from and whose returns are known, itself among them.</summary>
    public IReadOnlyList<NamedReturns> Strategies { get; init; } = [];

    /// <summary>Returns of the paths of a combinatorial cross-validation: each a whole series.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Paths { get; init; } = [];

    /// <summary>How many were tried.</summary>
    public TrialCount Trials { get; init; } = TrialCount.Assumed;

    /// <summary>What the reader should know of where the returns are from: what was dropped, converted,
    /// assumed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The input of a backtest: its returns before and after costs, its positions and fills.</summary>
    public static EvidenceInput Of(BacktestResult backtest)
    {
        ArgumentNullException.ThrowIfNull(backtest);
        return new EvidenceInput
        {
            Name = backtest.Name,
            Times = backtest.Times,
            NetReturns = backtest.NetReturns,
            Start = backtest.DecisionTimes[0],
            Backtest = backtest,
        };
    }

    /// <summary>Throws where something does not fit.</summary>
    /// <exception cref="ArgumentException">Names the series, the index and the value.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        if (NetReturns.Count < 16)
            throw new ArgumentException(
                $"'{Name}' has {NetReturns.Count} returns; a report needs 16 or more.", nameof(NetReturns));
        if (Times.Count != NetReturns.Count)
            throw new ArgumentException(
                $"'{Name}' has {Times.Count} times for {NetReturns.Count} returns.", nameof(Times));
        for (int t = 1; t < Times.Count; t++)
        {
            if (Times[t] <= Times[t - 1])
                throw new ArgumentException(
                    $"Time {t} ({Times[t]:s}) does not come after {Times[t - 1]:s}; sort the returns by time.",
                    nameof(Times));
        }

        Require(new NamedReturns(Name, NetReturns));
        if (Benchmark is not null)
            Require(Benchmark);
        foreach (NamedReturns series in Baselines.Concat(Strategies))
            Require(series);
        if (Strategies.GroupBy(s => s.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The strategy '{twice.Key}' is there twice.", nameof(Strategies));
        if (Backtest is not null && Backtest.Length != NetReturns.Count)
            throw new ArgumentException(
                $"The backtest has {Backtest.Length} periods for {NetReturns.Count} returns.", nameof(Backtest));
        if (!(Trials.Number >= 1) || double.IsInfinity(Trials.Number))
            throw new ArgumentException($"The number of trials is {Trials.Number}; it must be 1 or more.");
    }

    private void Require(NamedReturns series)
    {
        if (series.Values.Count != NetReturns.Count)
            throw new ArgumentException(
                $"'{series.Name}' has {series.Values.Count} returns against {NetReturns.Count} of '{Name}'; they must "
                + "be aligned, one for one.");
        for (int t = 0; t < series.Values.Count; t++)
        {
            if (!(series.Values[t] >= -1) || double.IsInfinity(series.Values[t]))
                throw new ArgumentException(
                    $"'{series.Name}' has the return {series.Values[t]:R} at {Times[t]:yyyy-MM-dd}; a simple return is "
                    + "a finite fraction of -1 (all is lost) or more.");
        }
    }
}
