namespace FinML.Markets;

/// <summary>What a backtest of many assets reads and how it trades.</summary>
public sealed record PortfolioBacktestOptions
{
    /// <summary>Costs and how targets become trades.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>What the portfolio manager allows; nothing binds by default.</summary>
    public PortfolioLimits Limits { get; init; } = new();

    /// <summary>The field traded at. On panels of closes only it is the close: a decision at a close then trades at the
    /// next.</summary>
    public string OpenField { get; init; } = "open";

    /// <summary>The field marked at.</summary>
    public string CloseField { get; init; } = "close";

    /// <summary>The units traded in a bar; null where they are not known. Read where the participation is below 1 or
    /// the costs have an impact.</summary>
    public string? VolumeField { get; init; }

    /// <summary>Cash per unit paid to whoever holds the asset before the open of the row (the ex-date); NaN or 0 is
    /// none.</summary>
    public string? DividendField { get; init; }

    /// <summary>New units for an old one from the open of the row on; NaN or 1 is none. For prices that are not
    /// adjusted.</summary>
    public string? SplitField { get; init; }

    /// <summary>The funding rate of a perpetual contract settled at the close of the row; NaN or 0 is none.</summary>
    public string? FundingField { get; init; }

    /// <summary>Rows of closes that the volatility of the square-root impact is measured on; 2 to 10,000.</summary>
    public int ImpactVolatilityRows { get; init; } = 20;

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public PortfolioBacktestOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Execution);
        ArgumentNullException.ThrowIfNull(Limits);
        Execution.Validate();
        Limits.Validate();
        ArgumentException.ThrowIfNullOrWhiteSpace(OpenField);
        ArgumentException.ThrowIfNullOrWhiteSpace(CloseField);
        Require.InRange(ImpactVolatilityRows, 2, 10_000, nameof(ImpactVolatilityRows));
        if (VolumeField is null && NeedsVolume)
            throw new ArgumentException(
                "A participation below 1 and the impact of orders need the volume: name its field in VolumeField.");
        return this;
    }

    internal bool NeedsVolume => Execution.MaximumParticipation < 1 || Execution.Costs.NeedsLiquidity;
}
