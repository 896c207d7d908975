using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Trading several assets on daily (or any) bars. The decision at the close of t is a vector of target weights; they
/// are traded at the opens of t + 1, at those opens plus slippage, with commission, so that after all costs the weights
/// are the targets. Until then the old positions are held, and earn the night. What is not invested is cash.
/// </summary>
/// <remarks>
/// Actions: weights between the bounds of the options; or, with <see cref="PortfolioTradingOptions.Allocations"/>, the
/// number of a whole portfolio; or, with <see cref="PortfolioTradingOptions.Levels"/>, the number of a weight for each
/// asset. Weights whose gross exposure is above the leverage limit are scaled down to it. An asset without a price at
/// an open is not traded there and its target waits; without one at a close it keeps its last mark. What had to wait or
/// was clipped is in <see cref="Events"/>. The account is that of <see cref="PortfolioBacktester"/>: the same targets
/// give the same equity. Observation: the features of rows t - window + 1 .. t, oldest first, row-major (window ×
/// features), then the weight of each asset at the close of t, then 1 for each asset that has a price there, else 0.
/// Rewards, ends and ruin are those of <see cref="TradingEnvironment"/>.
/// </remarks>
public sealed class PortfolioTradingEnvironment : EpisodicEnvironment
{
    private readonly PortfolioMarket market;
    private readonly PortfolioTradingOptions options;
    private readonly int first; // first bar with a full window: the earliest decision
    private readonly int end; // no price at or after this bar is read
    private readonly TargetPortfolio account;
    private readonly List<OrderEvent> events = [];
    private readonly List<Fill> fills = [];
    private readonly BarPrices[] bars; // (assets)
    private readonly double[] wanted; // (assets)

    private int bar; // the decision's bar
    private int stop; // the bar at which the episode is truncated
    private EquityReward rewards;
    private double intervalStart; // equity where the last rewarded interval ended

    /// <summary>An environment over bars <paramref name="start"/> .. <paramref name="end"/> - 1 (all of them by
    /// default).</summary>
    /// <param name="market">Prices and features.</param>
    /// <param name="options">Costs, actions, window, reward.</param>
    /// <param name="start">The first bar at which a decision may be taken; windows may reach back before it.</param>
    /// <param name="end">One past the last bar whose prices are used.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, a feature in use is not finite, or the
    /// range holds no decision.</exception>
    public PortfolioTradingEnvironment(
        PortfolioMarket market, PortfolioTradingOptions? options = null, int start = 0, int? end = null)
        : base(ObservationSpaceOf(market, options ?? new()), ActionSpaceOf(market, options ?? new()))
    {
        this.market = market;
        this.options = options ?? new();
        Require.InRange(start, 0, Math.Max(0, market.Bars - 1), nameof(start));
        this.end = end ?? market.Bars;
        Require.InRange(this.end, start, market.Bars, nameof(end));
        first = Math.Max(start, this.options.Window - 1);
        int needed = this.options.EpisodeLength ?? 1;
        if (Decisions < needed)
        {
            throw new ArgumentException(
                $"Bars {start} to {this.end} with a window of {this.options.Window} leave "
                + $"{Math.Max(Decisions, 0)} decisions; {needed} are needed.", nameof(end));
        }

        CheckFeatures();
        account = new TargetPortfolio(this.options.Execution.WithoutVolumes(), market.Assets.Count, log: events);
        bars = new BarPrices[market.Assets.Count];
        wanted = new double[market.Assets.Count];
    }

    /// <summary>The names of the assets, in the order of weights.</summary>
    public IReadOnlyList<string> Assets => market.Assets;

    /// <summary>Decisions from the first full window to the end of the range.</summary>
    public int Decisions => end - 1 - first;

    /// <summary>The first bar at which a decision can be taken.</summary>
    public int FirstDecision => first;

    /// <summary>The bar at whose close the next decision is taken.</summary>
    public int Bar => bar;

    /// <summary>The net equity at the close of <see cref="Bar"/>; an episode starts with 1.</summary>
    public double Equity => account.Equity;

    /// <summary>Commission, slippage, borrow and interest so far in this episode.</summary>
    public double Costs => account.Portfolio.Costs;

    /// <summary>What was clipped, refused or has to wait in this episode, since it began or was loaded.</summary>
    public IReadOnlyList<OrderEvent> Events => events;

    /// <summary>The weight of an asset at the close of <see cref="Bar"/>.</summary>
    public double Weight(int asset) => account.Weight(asset);

    /// <summary>The target weights that an action stands for, (assets).</summary>
    /// <exception cref="ArgumentException">The action is not in the action space.</exception>
    public double[] TargetsOf(ReadOnlySpan<float> action)
    {
        ActionSpace.Demand(action, nameof(action));
        double[] targets = new double[market.Assets.Count];
        WriteTargets(action, targets);
        return targets;
    }

    protected override void Start(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int length = options.EpisodeLength ?? Decisions;
        bar = first + (length < Decisions ? random.NextInt(Decisions - length + 1) : 0);
        stop = bar + length;
        account.Reset();
        rewards = default;
        intervalStart = account.Equity;
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        bar++;
        WriteTargets(action, wanted);
        ReadOnlySpan<double> opens = market.Opens(bar);
        for (int asset = 0; asset < opens.Length; asset++)
            bars[asset] = new BarPrices(opens[asset], double.NaN, double.NaN, Liquidity.Unknown);
        fills.Clear();
        account.Open(market.Times[bar], bars, wanted, fills);
        account.Close(market.Times[bar], market.Closes(bar));

        bool untilNextOpen = options.Interval == RewardInterval.OpenToOpen && bar + 1 < end && !account.Ruined;
        double intervalEnd = untilNextOpen ? EquityAt(market.Opens(bar + 1)) : account.Equity;
        double reward = rewards.Next(options.Reward, options.SharpeAdaptation, intervalStart, intervalEnd);
        intervalStart = intervalEnd;
        bool ruined = account.Ruined || account.IsRuin(intervalEnd);
        return new StepResult(reward, ruined, !ruined && bar >= stop);
    }

    protected override void Observe(Span<float> observation)
    {
        ReadOnlySpan<float> rows = market.Features(bar, options.Window);
        ReadOnlySpan<double> closes = market.Closes(bar);
        rows.CopyTo(observation);
        Span<float> weights = observation[rows.Length..], present = weights[closes.Length..];
        for (int asset = 0; asset < closes.Length; asset++)
        {
            weights[asset] = (float)account.Weight(asset);
            present[asset] = double.IsNaN(closes[asset]) ? 0 : 1;
        }
    }

    protected override void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        account.Save(writer);
        writer.Write(bar);
        writer.Write(stop);
        rewards.Save(writer);
        writer.Write(intervalStart);
    }

    protected override void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        account.Load(reader);
        bar = reader.ReadInt32();
        stop = reader.ReadInt32();
        rewards.Load(reader);
        intervalStart = reader.ReadDouble();
    }

    private static Box ObservationSpaceOf(PortfolioMarket market, PortfolioTradingOptions options)
    {
        ArgumentNullException.ThrowIfNull(market);
        options.Validate(market.Assets.Count);
        return Box.Uniform(
            float.NegativeInfinity, float.PositiveInfinity,
            options.Window * market.FeatureCount + 2 * market.Assets.Count);
    }

    private static Space ActionSpaceOf(PortfolioMarket market, PortfolioTradingOptions options)
    {
        int assets = market.Assets.Count;
        if (options.Allocations is { } allocations)
            return new Discrete(allocations.Count);
        return options.Levels is { } levels
            ? new MultiDiscrete([.. Enumerable.Repeat(levels.Count, assets)])
            : Box.Uniform((float)options.MinimumWeight, (float)options.MaximumWeight, assets);
    }

    // The equity with the assets that have a price at that, the others at their marks.
    private double EquityAt(ReadOnlySpan<double> prices)
    {
        Portfolio portfolio = account.Portfolio;
        double equity = portfolio.Cash;
        for (int asset = 0; asset < prices.Length; asset++)
        {
            double quantity = portfolio.Quantity(asset);
            if (quantity != 0)
                equity += quantity * (double.IsNaN(prices[asset]) ? portfolio.Mark(asset) : prices[asset]);
        }

        return equity;
    }

    private void WriteTargets(ReadOnlySpan<float> action, Span<double> targets)
    {
        double gross = 0, limit = options.Execution.MaximumLeverage;
        for (int asset = 0; asset < targets.Length; asset++)
        {
            targets[asset] = options.Allocations is { } allocations ? allocations[(int)action[0]][asset]
                : options.Levels is { } levels ? levels[(int)action[asset]]
                : Math.Clamp(action[asset], options.MinimumWeight, options.MaximumWeight);
            gross += Math.Abs(targets[asset]);
        }

        if (gross <= limit)
            return;
        foreach (ref double target in targets)
            target *= limit / gross;
    }

    private void CheckFeatures()
    {
        for (int t = first - options.Window + 1; t < end; t++)
        {
            ReadOnlySpan<float> row = market.Features(t, 1);
            int bad = row.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
            if (bad >= 0)
                throw new ArgumentException(
                    $"Feature {bad} of bar {t} is {row[bad]}; every feature in use has to be finite (start after the "
                    + "warm-up).", nameof(market));
        }
    }
}
