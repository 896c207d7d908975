using FinML.Data;

namespace FinML.Markets;

/// <summary>
/// Trading one asset on daily (or any) bars. The decision at the close of t is a target weight; it is traded at the
/// open of t + 1, at that open plus slippage, with commission. Until then the old position is held, and earns the
/// night.
/// </summary>
/// <remarks>
/// Observation: the features of rows t - window + 1 .. t, oldest first, row-major (window × features), then the
/// position's weight at the close of t. Features never reach past t; what a row of features knows is the caller's
/// promise, which CausalityAudit checks. The reward is of the net equity over <see cref="TradingOptions.Interval"/>;
/// the last one of an episode that ends with the data ends at the last close. So the log rewards of an episode over the
/// whole range sum to the log of the final equity of <see cref="Backtester"/> with the same targets. Nothing is sold at
/// the end. The end of the data or of the episode is a truncation; only ruin
/// (<see cref="ExecutionOptions.RuinFraction"/>) terminates. An equity of zero or less counts as one ten-thousandth in
/// the log.
/// </remarks>
public sealed class TradingEnvironment : EpisodicEnvironment, IBatchable
{
    private readonly ReadOnlyMemory<double> opens; // (bars)
    private readonly ReadOnlyMemory<double> closes; // (bars)
    private readonly ReadOnlyMemory<float> features; // (bars, featureCount)
    private readonly int featureCount;
    private readonly int first; // first bar with a full window: the earliest decision
    private readonly int end; // no price at or after this bar is read
    private readonly TradingOptions options;
    private readonly TargetAccount account;
    private readonly double[]? positions;

    private int bar; // the decision's bar
    private int stop; // the bar at which the episode is truncated
    private EquityReward rewards;
    private double intervalStart; // equity where the last rewarded interval ended

    /// <summary>An environment over bars <paramref name="start"/> .. <paramref name="end"/> - 1 (all of them by
    /// default).</summary>
    /// <param name="opens">Opens, (bars).</param>
    /// <param name="closes">Closes, (bars).</param>
    /// <param name="features">What is known at each close, row-major (bars, featureCount).</param>
    /// <param name="featureCount">Features in a row.</param>
    /// <param name="options">Costs, positions, window, reward.</param>
    /// <param name="start">The first bar at which a decision may be taken; windows may reach back before it.</param>
    /// <param name="end">One past the last bar whose prices are used.</param>
    /// <exception cref="ArgumentException">Lengths differ, a price is not positive, a feature in use is not finite, or
    /// the range holds no decision.</exception>
    public TradingEnvironment(
        ReadOnlyMemory<double> opens,
        ReadOnlyMemory<double> closes,
        ReadOnlyMemory<float> features,
        int featureCount,
        TradingOptions? options = null,
        int start = 0,
        int? end = null)
        : base(ObservationSpaceOf(featureCount, options ?? new()), ActionSpaceOf(options ?? new()))
    {
        this.options = options ?? new TradingOptions();
        this.opens = opens;
        this.closes = closes;
        this.features = features;
        this.featureCount = featureCount;
        positions = this.options.Positions?.ToArray();
        Require.SameLength(closes.Length, opens.Length, nameof(closes), nameof(opens));
        Require.SameLength(features.Length, opens.Length * featureCount, nameof(features), "bars x featureCount");
        Require.InRange(start, 0, Math.Max(0, opens.Length - 1), nameof(start));
        this.end = end ?? opens.Length;
        Require.InRange(this.end, start, opens.Length, nameof(end));
        first = Math.Max(start, this.options.Window - 1);
        int decisions = this.end - 1 - first;
        int wanted = this.options.EpisodeLength ?? 1;
        if (decisions < wanted)
        {
            throw new ArgumentException(
                $"Bars {start} to {this.end} with a window of {this.options.Window} leave "
                + $"{Math.Max(decisions, 0)} decisions; {wanted} are needed.", nameof(end));
        }

        Require.Prices(opens.Span, first, this.end, nameof(opens));
        Require.Prices(closes.Span, first, this.end, nameof(closes));
        CheckFeatures();
        account = new TargetAccount(this.options.Execution);
    }

    /// <summary>
    /// An environment on a panel's opens and closes and a matrix of features with the same rows. Prices are taken as
    /// they are: give adjusted opens and closes where the asset pays dividends or splits.
    /// </summary>
    /// <exception cref="ArgumentException">As the constructor's, or the rows of the two differ.</exception>
    public static TradingEnvironment Create(
        Panel panel,
        string asset,
        FeatureMatrix features,
        TradingOptions? options = null,
        int start = 0,
        int? end = null,
        string openField = "open",
        string closeField = "close")
    {
        float[] values = BarFeatures.Of(panel, features);
        return new TradingEnvironment(
            panel.Column(asset, openField).ToArray(),
            panel.Column(asset, closeField).ToArray(),
            values,
            features.Columns,
            options,
            start,
            end);
    }

    /// <summary>Decisions from the first full window to the end of the range.</summary>
    public int Decisions => end - 1 - first;

    /// <summary>The first bar at which a decision can be taken.</summary>
    public int FirstDecision => first;

    /// <summary>The bar at whose close the next decision is taken.</summary>
    public int Bar => bar;

    /// <summary>The net equity at the close of <see cref="Bar"/>; an episode starts with 1.</summary>
    public double Equity => account.Equity;

    /// <summary>The position's weight at the close of <see cref="Bar"/>.</summary>
    public double Position => account.Weight;

    /// <summary>The target weight that an action stands for.</summary>
    /// <exception cref="ArgumentException">The action is not in the action space.</exception>
    public double TargetOf(ReadOnlySpan<float> action)
    {
        ActionSpace.Demand(action, nameof(action));
        return Target(action[0]);
    }

    /// <inheritdoc/>
    public IEnvironmentBatch? Batch(IReadOnlyList<IEnvironment> copies) => TradingBatch.TryCreate(copies);

    internal TradingOptions Options => options;

    internal ReadOnlyMemory<double> Opens => opens;

    internal ReadOnlyMemory<double> Closes => closes;

    /// <summary>No price at or after this bar is read.</summary>
    internal int End => end;

    /// <summary>What a batch goes on from.</summary>
    internal TradingBatch.Progress Progress => new()
    {
        Cash = account.Portfolio.Cash,
        Quantity = account.Portfolio.Quantity(0),
        Target = account.Target,
        IntervalStart = intervalStart,
        Rewards = rewards,
        Bar = bar,
        Stop = stop,
    };

    /// <summary>The target weight that an action of the action space stands for.</summary>
    internal double Target(float action) => positions is null
        ? Math.Clamp(action, options.MinimumPosition, options.MaximumPosition)
        : positions[(int)action];

    /// <summary>Writes what the agent sees at the close of a bar.</summary>
    internal void Observe(int bar, double weight, Span<float> observation)
    {
        int rows = options.Window;
        features.Span.Slice((bar - rows + 1) * featureCount, rows * featureCount).CopyTo(observation);
        observation[^1] = (float)weight;
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
        ReadOnlySpan<double> open = opens.Span;
        int next = bar + 1;
        account.Open(open[next], Target(action[0]), out _);
        account.Close(closes.Span[next]);
        bar = next;

        bool untilNextOpen = options.Interval == RewardInterval.OpenToOpen && next + 1 < end && !account.Ruined;
        double intervalEnd = untilNextOpen ? account.Portfolio.EquityAt(0, open[next + 1]) : account.Equity;
        double reward = rewards.Next(options.Reward, options.SharpeAdaptation, intervalStart, intervalEnd);
        intervalStart = intervalEnd;
        bool ruined = account.Ruined || account.IsRuin(intervalEnd);
        return new StepResult(reward, ruined, !ruined && bar >= stop);
    }

    protected override void Observe(Span<float> observation) => Observe(bar, account.Weight, observation);

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

    private static Box ObservationSpaceOf(int featureCount, TradingOptions options)
    {
        options.Validate();
        Require.InRange(featureCount, 1, 1_000_000, nameof(featureCount));
        return Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, options.Window * featureCount + 1);
    }

    private static Space ActionSpaceOf(TradingOptions options) => options.Positions is { } choices
        ? new Discrete(choices.Count)
        : new Box([(float)options.MinimumPosition], [(float)options.MaximumPosition]);

    private void CheckFeatures()
    {
        ReadOnlySpan<float> values = features.Span;
        int from = (first - options.Window + 1) * featureCount, to = end * featureCount;
        for (int i = from; i < to; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    $"Feature {i % featureCount} of bar {i / featureCount} is {values[i]}; every feature in use has to "
                    + "be finite (start after the warm-up).", nameof(features));
            }
        }
    }
}
