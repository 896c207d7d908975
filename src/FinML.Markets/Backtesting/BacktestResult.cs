namespace FinML.Markets;

/// <summary>
/// What a backtest gave. Row k is the period from close k to close k + 1 of the range: <see cref="Targets"/>[k] was
/// decided at its beginning, traded at the open inside it, and marked at its end. Equity starts at 1 before row 0.
/// </summary>
public sealed record BacktestResult
{
    /// <summary>The name of the strategy.</summary>
    public required string Name { get; init; }

    /// <summary>The close that ends each period, (periods).</summary>
    public required IReadOnlyList<DateTime> Times { get; init; }

    /// <summary>The close at which each target was decided, (periods).</summary>
    public required IReadOnlyList<DateTime> DecisionTimes { get; init; }

    /// <summary>The target weight decided at the beginning of each period, (periods).</summary>
    public required IReadOnlyList<double> Targets { get; init; }

    /// <summary>The weight at the close that ends each period, (periods).</summary>
    public required IReadOnlyList<double> Positions { get; init; }

    /// <summary>Simple returns, close to close, of the same targets without any cost, (periods).</summary>
    public required IReadOnlyList<double> GrossReturns { get; init; }

    /// <summary>Simple returns, close to close, after all costs, (periods).</summary>
    public required IReadOnlyList<double> NetReturns { get; init; }

    /// <summary>Equity without costs at the end of each period, (periods).</summary>
    public required IReadOnlyList<double> GrossEquity { get; init; }

    /// <summary>Equity after costs at the end of each period, (periods).</summary>
    public required IReadOnlyList<double> NetEquity { get; init; }

    /// <summary>Commission, slippage, borrow, interest and funding of each period, as a fraction of the equity at its
    /// beginning, (periods).</summary>
    public required IReadOnlyList<double> Costs { get; init; }

    /// <summary>Σ |traded value| over the equity before the trades, (periods).</summary>
    public required IReadOnlyList<double> Turnover { get; init; }

    /// <summary>The fills in order.</summary>
    public required IReadOnlyList<BacktestTrade> Trades { get; init; }

    /// <summary>The rules and costs that were applied.</summary>
    public required ExecutionOptions Execution { get; init; }

    /// <summary>The period in which the account was ruined and closed; null where it was not.</summary>
    public int? RuinedIn { get; init; }

    /// <summary>Periods.</summary>
    public int Length => NetReturns.Count;

    /// <summary>The last net equity; an account starts with 1.</summary>
    public double FinalEquity => NetEquity[^1];
}
