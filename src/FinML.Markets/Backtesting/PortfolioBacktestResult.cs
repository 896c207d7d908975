namespace FinML.Markets;

/// <summary>
/// What a backtest of many assets gave. Row k is the period from close k to close k + 1 of the range, as in
/// <see cref="BacktestResult"/>.
/// </summary>
public sealed record PortfolioBacktestResult
{
    /// <summary>The account as a whole: returns gross and net, costs and turnover by period, all fills. Its targets are
    /// the sums of the target weights and its positions those of the weights: the net exposure. This is what a ledger
    /// and a report take.</summary>
    public required BacktestResult Account { get; init; }

    /// <summary>The names of the assets.</summary>
    public required IReadOnlyList<string> Assets { get; init; }

    /// <summary>The target weights decided at the beginning of each period, after the limits, (periods) of (assets);
    /// NaN leaves a position as it is.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Targets { get; init; }

    /// <summary>The weights at the close that ends each period, (periods) of (assets).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Positions { get; init; }

    /// <summary>What was clipped, could not be traded or was sold by force, in order of time.</summary>
    public required IReadOnlyList<OrderEvent> Events { get; init; }
}
