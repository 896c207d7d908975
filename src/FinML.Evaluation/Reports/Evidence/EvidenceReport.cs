using FinML.Statistics;

namespace FinML.Evaluation;

/// <summary>
/// What one strategy's returns are evidence for: every number of the report, computed once; tables, figures, the page,
/// Markdown and JSON are made from it and from nothing else. The same input, options and seed give the same bits.
/// </summary>
public sealed record EvidenceReport
{
    /// <summary>What it was made from.</summary>
    public required EvidenceInput Input { get; init; }

    /// <summary>How the returns were read.</summary>
    public required BacktestReportOptions Options { get; init; }

    /// <summary>The beginning of the first period.</summary>
    public required DateTime Start { get; init; }

    /// <summary>The sentence and its reasons.</summary>
    public required EvidenceVerdict Verdict { get; init; }

    /// <summary>What the returns say against how they are read, the worst first.</summary>
    public required IReadOnlyList<DataCheck> Checks { get; init; }

    /// <summary>After costs.</summary>
    public required PerformanceSummary Net { get; init; }

    /// <summary>Before costs; null where only returns are known.</summary>
    public required PerformanceSummary? Gross { get; init; }

    /// <summary>The Sharpe ratio before costs with its interval; null where only returns are known, or constant.
    /// </summary>
    public required SharpeInterval? GrossSharpe { get; init; }

    /// <summary>The Sharpe ratio after costs; null where the returns are constant.</summary>
    public required SharpeEvidence? Sharpe { get; init; }

    /// <summary>Alpha and beta; null without a benchmark, or where one of the two is constant.</summary>
    public required MarketModel? Market { get; init; }

    /// <summary>The benchmark first, if there is one.</summary>
    public required IReadOnlyList<BaselineRow> Baselines { get; init; }

    /// <summary>As costs grow.</summary>
    public required CostCurve Costs { get; init; }

    /// <summary>As decisions are carried out later, from 0 bars on; null where it cannot be run again.</summary>
    public required IReadOnlyList<CostPoint>? Delays { get; init; }

    /// <summary>Weights and turnover; null where only returns are known.</summary>
    public required Exposure? Exposure { get; init; }

    /// <summary>Closed trades; null where fills are not known or none was closed.</summary>
    public required TradeStatistics? Trades { get; init; }

    /// <summary>Windows that slide; null for a short record.</summary>
    public required RollingWindows? Rolling { get; init; }

    /// <summary>The five deepest falls.</summary>
    public required IReadOnlyList<DrawdownRow> Drawdowns { get; init; }

    /// <summary>Named crises that the record covers.</summary>
    public required IReadOnlyList<CrisisRow> Crises { get; init; }

    /// <summary>States of the market; null for a short record.</summary>
    public required MarketRegimes? Regimes { get; init; }

    /// <summary>By year; empty where periods are longer than a month.</summary>
    public required IReadOnlyList<CalendarYear> Calendar { get; init; }

    /// <summary>The distribution of the returns.</summary>
    public required ReturnDistribution Distribution { get; init; }

    /// <summary>What the choice among strategies is worth; null for one.</summary>
    public required SelectionTests? Selection { get; init; }

    /// <summary>Paths of a combinatorial cross-validation; null without.</summary>
    public required PathDistribution? Paths { get; init; }

    /// <summary>Makes the report.</summary>
    /// <exception cref="ArgumentException">A series is short, not aligned, not finite or below -1, times do not rise,
    /// or an option is out of its range.</exception>
    public static EvidenceReport Of(EvidenceInput input, BacktestReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new BacktestReportOptions();
        options.Validate();
        input.Validate();
        DateTime start = input.Start ?? input.Times[0] - Spacing(input.Times);
        IReadOnlyList<DataCheck> checks = ReturnChecks.Of(input, options.PeriodsPerYear);
        SharpeEvidence? sharpe = SharpeEvidence.Of(input, options);
        IReadOnlyList<BaselineRow> baselines = BaselineRow.Of(input, options);
        SelectionTests? selection = SelectionTests.Of(input, options);
        (IReadOnlyList<RoundTrip> closed, int open) = RoundTrip.Of(input.Backtest?.Trades ?? []);
        return new EvidenceReport
        {
            Input = input,
            Options = options,
            Start = start,
            Verdict = EvidenceVerdict.Of(input, options, checks, sharpe, baselines, selection),
            Checks = checks,
            Net = SharpeInference.Summary(input.NetReturns, options),
            Gross = input.Backtest is { } run ? SharpeInference.Summary(run.GrossReturns, options) : null,
            GrossSharpe = input.Backtest is { } gross ? SharpeInference.Interval(gross.GrossReturns, options) : null,
            Sharpe = sharpe,
            Market = MarketModel.Of(input, options),
            Baselines = baselines,
            Costs = CostCurve.Of(input, options),
            Delays = CostCurve.Delays(input, options),
            Exposure = input.Backtest is { } held ? Exposure.Of(held, options.PeriodsPerYear) : null,
            Trades = TradeStatistics.Of(closed, open),
            Rolling = RollingWindows.Of(input, options),
            Drawdowns = DrawdownRow.Deepest(input, start, 5),
            Crises = CrisisRow.Of(input, start),
            Regimes = MarketRegimes.Of(input, options),
            Calendar = CalendarYear.Of(input, options.PeriodsPerYear),
            Distribution = ReturnDistribution.Of(input),
            Selection = selection,
            Paths = PathDistribution.Of(input.Paths, options),
        };
    }

    private static TimeSpan Spacing(IReadOnlyList<DateTime> times)
    {
        TimeSpan[] steps = [.. times.Skip(1).Select((time, i) => time - times[i]).Order()];
        return steps[steps.Length / 2];
    }
}
