namespace FinML.Markets;

/// <summary>
/// Copies of <see cref="TradingEnvironment"/> with the same options stepped together, on the few numbers of an account
/// that a step needs. The whole account is kept by the copies: one that is to be saved takes the steps since its reset
/// after the fact.
/// </summary>
internal sealed class TradingBatch : IEnvironmentBatch
{
    private readonly TradingEnvironment[] copies;
    private readonly TradingOptions options;
    private readonly CostModel costs;
    private readonly double buyCost, sellCost, years;
    private readonly Progress[] progress; // (copies)
    private readonly float[][] taken; // (copies) of the actions since the copy was last up to date
    private readonly int[] takenCount; // (copies)
    private readonly float[] scratch; // an observation

    private TradingBatch(TradingEnvironment[] copies)
    {
        this.copies = copies;
        options = copies[0].Options;
        costs = options.Execution.Costs;
        buyCost = costs.TradeCostRate(buys: true);
        sellCost = costs.TradeCostRate(buys: false);
        years = 1 / options.Execution.PeriodsPerYear;
        progress = new Progress[copies.Length];
        taken = [.. copies.Select(copy => new float[options.EpisodeLength ?? copy.Decisions])];
        takenCount = new int[copies.Length];
        scratch = new float[copies[0].ObservationSpace.Size];
    }

    /// <summary>A batch, or null where options differ or ask for what a batch does not do.</summary>
    internal static TradingBatch? TryCreate(IReadOnlyList<IEnvironment> copies)
    {
        if (!copies.All(copy => copy is TradingEnvironment))
            return null;
        TradingEnvironment[] all = [.. copies.Cast<TradingEnvironment>()];
        TradingOptions first = all[0].Options;
        return IsKnown(first.Execution) && all.All(copy => IsSame(copy.Options, first)) ? new TradingBatch(all) : null;
    }

    /// <inheritdoc/>
    public void Take(int copy)
    {
        progress[copy] = copies[copy].Progress;
        takenCount[copy] = 0;
    }

    /// <inheritdoc/>
    public void Put(int copy)
    {
        foreach (float action in taken[copy].AsSpan(0, takenCount[copy]))
            copies[copy].Step([action], scratch);
        takenCount[copy] = 0;
    }

    /// <inheritdoc/>
    public void Step(
        ReadOnlySpan<float> actions,
        Span<float> observations,
        Span<double> rewards,
        Span<bool> terminated,
        Span<bool> truncated)
    {
        Space space = copies[0].ActionSpace;
        for (int i = 0; i < actions.Length; i++)
        {
            if (!space.Contains(actions.Slice(i, 1)))
                space.Demand(actions.Slice(i, 1), $"The action of environment {i}");
        }

        int size = scratch.Length;
        for (int i = 0; i < copies.Length; i++)
        {
            taken[i][takenCount[i]++] = actions[i];
            (rewards[i], terminated[i], truncated[i]) =
                Step(copies[i], ref progress[i], actions[i], observations.Slice(i * size, size));
        }
    }

    // As TradingEnvironment.Advance and the account behind it, operation by operation.
    private StepResult Step(TradingEnvironment copy, ref Progress p, float action, Span<float> observation)
    {
        ReadOnlySpan<double> opens = copy.Opens.Span;
        int bar = ++p.Bar;
        double open = opens[bar], close = copy.Closes.Span[bar], initial = 1;
        double ruin = options.Execution.RuinFraction * initial;

        double equity = p.EquityAt(open);
        bool ruined = !(equity > ruin);
        if (ruined)
            Trade(ref p, -p.Quantity, open);
        else
            Follow(ref p, equity, open, copy.Target(action));

        if (p.Quantity < 0)
            p.Cash -= costs.Borrow(p.Quantity * close, years);
        equity = p.EquityAt(close);
        if (!ruined && !(equity > ruin))
        {
            ruined = true;
            Trade(ref p, -p.Quantity, close);
            equity = p.EquityAt(close);
        }

        bool untilNextOpen = options.Interval == RewardInterval.OpenToOpen && bar + 1 < copy.End && !ruined;
        double intervalEnd = untilNextOpen ? p.EquityAt(opens[bar + 1]) : equity;
        double reward = p.Rewards.Next(options.Reward, options.SharpeAdaptation, p.IntervalStart, intervalEnd);
        p.IntervalStart = intervalEnd;
        double weight = ruined ? 0 : p.Quantity == 0 ? 0 : p.Quantity * close / equity;
        copy.Observe(bar, weight, observation);
        ruined |= !(intervalEnd > ruin);
        return new StepResult(reward, ruined, !ruined && bar >= p.Stop);
    }

    private void Follow(ref Progress p, double equity, double open, double target)
    {
        double weight = p.Quantity == 0 ? 0 : p.Quantity * open / equity;
        if (target == p.Target && !(Math.Abs(weight - target) > options.Execution.RebalanceBand))
            return;
        p.Target = target;
        if (target == 0)
        {
            Trade(ref p, -p.Quantity, open);
            return;
        }

        double gap = target * equity - p.Quantity * open;
        double scale = 1 + (gap > 0 ? target * buyCost : -target * sellCost);
        Trade(ref p, gap / (scale * open), open);
    }

    private void Trade(ref Progress p, double quantity, double price)
    {
        if (quantity == 0)
            return;
        double paid = costs.FillPrice(price, quantity);
        p.Cash -= quantity * paid + costs.Commission(quantity, paid);
        p.Quantity += quantity;
    }

    // Options that are not named here have to be at their defaults: what they do is not done by a batch.
    private static bool IsKnown(ExecutionOptions execution)
    {
        var usual = new ExecutionOptions();
        ExecutionOptions others = execution with
        {
            Costs = usual.Costs,
            RebalanceBand = usual.RebalanceBand,
            MaximumLeverage = usual.MaximumLeverage,
            PeriodsPerYear = usual.PeriodsPerYear,
            RuinFraction = usual.RuinFraction,
        };
        CostModel otherCosts = execution.Costs with
        {
            CommissionBasisPoints = usual.Costs.CommissionBasisPoints,
            SlippageBasisPoints = usual.Costs.SlippageBasisPoints,
            BorrowBasisPointsPerYear = usual.Costs.BorrowBasisPointsPerYear,
        };
        return execution.MaximumLeverage <= 1 && others == usual && otherCosts == usual.Costs;
    }

    private static bool IsSame(TradingOptions a, TradingOptions b) =>
        a with { Positions = null } == b with { Positions = null }
        && (a.Positions is null || b.Positions is null
            ? a.Positions is null && b.Positions is null
            : a.Positions.SequenceEqual(b.Positions));

    /// <summary>What a step reads and writes of an episode.</summary>
    internal struct Progress
    {
        internal double Cash, Quantity, Target, IntervalStart;
        internal EquityReward Rewards;
        internal int Bar, Stop;

        /// <summary>The equity with the asset at a price.</summary>
        internal readonly double EquityAt(double price) => Quantity == 0 ? Cash : Cash + Quantity * price;
    }
}
