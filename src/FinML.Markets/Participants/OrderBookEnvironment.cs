using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// A learning agent's port to a <see cref="MarketSimulation"/>: its actions are orders, which rest in the same book and
/// take the same time as everybody's, and its costs are the spread and the impact that it meets there.
/// </summary>
/// <remarks>
/// Actions: 0 waits, 1 cancels all, 2 buys and 3 sells at the market, then a limit buy at 0, 1, .. ticks behind the
/// best bid, then a limit sell behind the best ask. An order that could lead beyond the position limit is not sent and
/// counted in <see cref="Clipped"/>. Observation, all of what has reached the desk: spread, mid less the mid at the
/// last decision (both in units of 10 ticks), imbalance of the best sizes (-1 to 1), signed volume since the last
/// decision over all volume since then, position and open lots of each side over the limit, fraction of the decisions
/// left. Reward: the change of cash + position × mid in ticks × lots, less the inventory penalty; the mid is that of
/// the book and not of the desk, so it may train a policy and must not be shown to one. The end is a truncation, the
/// position valued at the mid.
/// </remarks>
public sealed class OrderBookEnvironment : EpisodicEnvironment
{
    private const int Fixed = 4, ObservationSize = 8;
    private const double TickUnit = 10;

    private readonly OrderBookEnvironmentOptions options;
    private readonly MarketSimulation simulation;
    private readonly TradingPort port;
    private readonly Desk desk;

    private MarketView seen; // at the last decision
    private double mark, seenMid;

    /// <param name="others">Who else trades; the objects belong to this environment alone.</param>
    /// <param name="options">Actions and reward.</param>
    /// <param name="market">The book and the fundamental value.</param>
    public OrderBookEnvironment(
        IReadOnlyList<Participant> others,
        OrderBookEnvironmentOptions? options = null,
        SimulationOptions? market = null)
        : base(
            Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, ObservationSize),
            new Discrete(Fixed + 2 * (options ?? new()).Validate().Depths))
    {
        ArgumentNullException.ThrowIfNull(others);
        this.options = options ?? new OrderBookEnvironmentOptions();
        port = new TradingPort { Latency = this.options.Latency };
        simulation = new MarketSimulation([port, .. others], market);
        desk = simulation.DeskOf(0);
    }

    /// <summary>The market that it trades in; to look at, not to act on.</summary>
    public MarketSimulation Simulation => simulation;

    /// <summary>The agent's cash and position in the book.</summary>
    public Account Account => simulation.Account(0);

    /// <summary>Cash + position × mid, in ticks × lots; an episode starts with 0.</summary>
    public double Wealth => Account.Wealth(mark);

    /// <summary>Orders of this episode that the position limit kept back, or for which there was no price.</summary>
    public int Clipped { get; private set; }

    protected override void Start(RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        simulation.Reset(random.NextUInt64());
        simulation.RunFor(options.WarmUp);
        Clipped = 0;
        mark = 0;
        MarkToMid();
        seen = desk.View;
        seenMid = double.IsNaN(seen.Mid) ? mark : seen.Mid;
    }

    protected override StepResult Advance(ReadOnlySpan<float> action, RandomStream random)
    {
        double before = Wealth;
        seen = desk.View;
        seenMid = double.IsNaN(seen.Mid) ? seenMid : seen.Mid;
        Act((int)action[0]);
        simulation.RunFor(options.DecisionInterval);
        MarkToMid();
        double held = Account.Position;
        double penalty = options.InventoryPenalty * held * held * options.DecisionInterval.TotalSeconds;
        return new StepResult(Wealth - before - penalty, false, Steps >= options.Decisions);
    }

    protected override void Observe(Span<float> observation)
    {
        MarketView view = desk.View;
        double mid = double.IsNaN(view.Mid) ? seenMid : view.Mid, limit = options.PositionLimit;
        double sizes = view.BidSize + view.AskSize, volume = view.Volume - seen.Volume;
        observation[0] = view is { Bid: { } bid, Ask: { } ask } ? (float)((ask - bid) / TickUnit) : 0;
        observation[1] = (float)((mid - seenMid) / TickUnit);
        observation[2] = sizes > 0 ? (float)((view.BidSize - view.AskSize) / sizes) : 0;
        observation[3] = volume > 0 ? (float)((view.SignedVolume - seen.SignedVolume) / volume) : 0;
        observation[4] = (float)(desk.Account.Position / limit);
        observation[5] = (float)(port.OpenLots(Side.Buy) / limit);
        observation[6] = (float)(port.OpenLots(Side.Sell) / limit);
        observation[7] = (float)(options.Decisions - Steps) / options.Decisions;
    }

    protected override void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        simulation.Save(writer);
        writer.Write(mark);
        writer.Write(seenMid);
        writer.Write(seen.Volume);
        writer.Write(seen.SignedVolume);
        writer.Write(Clipped);
    }

    protected override void Load(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        simulation.Load(reader);
        mark = reader.ReadDouble();
        seenMid = reader.ReadDouble();
        seen = new MarketView { Volume = reader.ReadInt64(), SignedVolume = reader.ReadInt64() };
        Clipped = reader.ReadInt32();
    }

    private void Act(int action)
    {
        if (action == 1)
        {
            foreach (long id in port.Open.Keys)
                desk.Cancel(id);
        }
        else if (action is 2 or 3)
        {
            Order(action == 2 ? Side.Buy : Side.Sell, -1);
        }
        else if (action >= Fixed)
        {
            int depth = action - Fixed;
            Order(depth < options.Depths ? Side.Buy : Side.Sell, depth % options.Depths);
        }
    }

    /// <summary>A limit order that many ticks behind the best price; a market order at -1.</summary>
    private void Order(Side side, int behind)
    {
        long position = side == Side.Buy ? desk.Account.Position : -desk.Account.Position;
        int? best = seen.Best(side);
        (int lowest, int highest) = desk.PriceRange;
        int price = best is { } known ? known + (side == Side.Buy ? -behind : behind) : lowest - 1;
        bool priced = behind < 0 || (price >= lowest && price <= highest);
        if (!priced || position + port.OpenLots(side) + options.OrderSize > options.PositionLimit)
        {
            Clipped++;
            return;
        }

        long id = behind < 0
            ? desk.Market(side, options.OrderSize)
            : desk.Limit(side, price, options.OrderSize);
        port.Sent(id, side, options.OrderSize);
    }

    private void MarkToMid()
    {
        double mid = simulation.View.Mid;
        mark = double.IsNaN(mid) ? mark : mid;
    }
}
