namespace FinML.Markets;

/// <summary>The options of <see cref="PortfolioTradingEnvironment"/>. The action is a vector of weights, unless
/// <see cref="Allocations"/> or <see cref="Levels"/> makes it discrete.</summary>
public sealed record PortfolioTradingOptions
{
    /// <summary>Costs, leverage limit and how targets become trades.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>The smallest weight of an asset in a continuous action. With 0 to 1 and a leverage limit of 1, the
    /// default, actions are the simplex of the assets and cash.</summary>
    public double MinimumWeight { get; init; }

    /// <summary>The largest weight of an asset in a continuous action.</summary>
    public double MaximumWeight { get; init; } = 1;

    /// <summary>Whole portfolios that a discrete action chooses from, (choices) of (assets).</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Allocations { get; init; }

    /// <summary>Weights that an action chooses from for each asset by itself (a <see cref="MultiDiscrete"/>).</summary>
    public IReadOnlyList<double>? Levels { get; init; }

    /// <summary>Rows of features that an observation holds, the last one being that of the decision; at least
    /// 1.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Decisions in an episode that starts at a random row (training); null: the whole range
    /// (evaluation).</summary>
    public int? EpisodeLength { get; init; }

    public TradingReward Reward { get; init; } = TradingReward.Log;

    public RewardInterval Interval { get; init; } = RewardInterval.OpenToOpen;

    /// <summary>The adaptation rate of the differential Sharpe ratio; above 0 to 1.</summary>
    public double SharpeAdaptation { get; init; } = 0.01;

    /// <summary>Checks the options for a number of assets.</summary>
    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public PortfolioTradingOptions Validate(int assets)
    {
        ArgumentNullException.ThrowIfNull(Execution);
        Execution.Validate();
        double limit = Execution.MaximumLeverage;
        Require.InRange(MinimumWeight, -limit, limit, nameof(MinimumWeight));
        Require.InRange(MaximumWeight, MinimumWeight, limit, nameof(MaximumWeight));
        if (Allocations is not null && Levels is not null)
            throw new ArgumentException("Allocations and Levels are two ways to choose; only one may be given.");
        if (Allocations is not null)
            CheckAllocations(assets, limit);
        if (Levels is not null)
        {
            Require.InRange(Levels.Count, 2, 10_000, "Levels.Count");
            for (int i = 0; i < Levels.Count; i++)
                Require.InRange(Levels[i], -limit, limit, $"Levels[{i}]");
        }

        TradingEpisodes.Check(Window, EpisodeLength, SharpeAdaptation, Reward, Interval);
        return this;
    }

    private void CheckAllocations(int assets, double limit)
    {
        Require.InRange(Allocations!.Count, 2, 100_000, "Allocations.Count");
        for (int i = 0; i < Allocations.Count; i++)
        {
            Require.SameLength(Allocations[i].Count, assets, $"Allocations[{i}]", "the market's assets");
            double gross = 0;
            for (int asset = 0; asset < assets; asset++)
            {
                Require.Finite(Allocations[i][asset], $"Allocations[{i}][{asset}]");
                gross += Math.Abs(Allocations[i][asset]);
            }

            if (gross > limit * (1 + 1e-12))
                throw new ArgumentException(
                    $"Allocations[{i}] has a gross exposure of {gross}; at most {limit} times the equity is allowed.");
        }
    }
}
