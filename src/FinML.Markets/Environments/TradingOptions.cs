namespace FinML.Markets;

/// <summary>The options of <see cref="TradingEnvironment"/>.</summary>
public sealed record TradingOptions
{
    /// <summary>Costs and how targets become trades.</summary>
    public ExecutionOptions Execution { get; init; } = new();

    /// <summary>The target weights that a discrete action chooses from; null for a continuous action.</summary>
    public IReadOnlyList<double>? Positions { get; init; } = [-1, 0, 1];

    /// <summary>The range of a continuous action (where <see cref="Positions"/> is null).</summary>
    public double MinimumPosition { get; init; } = -1;

    /// <summary>The range of a continuous action (where <see cref="Positions"/> is null).</summary>
    public double MaximumPosition { get; init; } = 1;

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

    /// <exception cref="ArgumentException">An option lies outside its range.</exception>
    public TradingOptions Validate()
    {
        ArgumentNullException.ThrowIfNull(Execution);
        Execution.Validate();
        double limit = Execution.MaximumLeverage;
        if (Positions is not null)
        {
            Require.InRange(Positions.Count, 2, 10_000, "Positions.Count");
            for (int i = 0; i < Positions.Count; i++)
                Require.InRange(Positions[i], -limit, limit, $"Positions[{i}]");
            if (Positions.Distinct().Count() != Positions.Count)
                throw new ArgumentException($"Positions ({string.Join(", ", Positions)}) has a value twice.");
        }
        else
        {
            Require.InRange(MinimumPosition, -limit, limit, nameof(MinimumPosition));
            Require.InRange(MaximumPosition, MinimumPosition, limit, nameof(MaximumPosition));
        }

        TradingEpisodes.Check(Window, EpisodeLength, SharpeAdaptation, Reward, Interval);
        return this;
    }
}
