using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// A crowd whose orders come in bursts: market orders, limit orders and cancellations of both sides are the events of a
/// <see cref="HawkesProcess"/>. The clustering of order flow that zero intelligence lacks.
/// </summary>
/// <remarks>After J. Large, "Measuring the resiliency of an electronic limit order book", Journal of Financial Markets
/// 10 (2007), with exponential kernels of one decay.</remarks>
public sealed class HawkesCrowd : Participant
{
    private const int MarketBuy = 0, MarketSell = 1, LimitBuy = 2, LimitSell = 3, Types = 6;

    private readonly HawkesCrowdOptions options;
    private readonly HawkesProcess process;
    private readonly LiveOrders bids = new(), asks = new();
    private int next; // type of the event that it is going to wake for

    public HawkesCrowd(HawkesCrowdOptions? options = null)
    {
        this.options = (options ?? new HawkesCrowdOptions()).Validate();
        double[,] excitation = new double[Types, Types];
        for (int type = 0; type < Types; type++)
            excitation[type, type] = this.options.SelfExcitation * this.options.Decay;
        excitation[LimitSell, MarketBuy] = excitation[LimitBuy, MarketSell] = this.options.Refill * this.options.Decay;
        process = new HawkesProcess(this.options.BaseRates, excitation, this.options.Decay);
    }

    protected internal override void Start(Desk desk, RandomStream random)
    {
        bids.Clear();
        asks.Clear();
        process.Reset();
        Plan(desk, random);
    }

    protected internal override void Wake(Desk desk, RandomStream random)
    {
        Side side = next % 2 == 0 ? Side.Buy : Side.Sell;
        if (next is MarketBuy or MarketSell)
            desk.Market(side, options.OrderSize, SelfTradePolicy.Allow);
        else if (next is LimitBuy or LimitSell)
            Quote(desk, side, random);
        else
            Cancel(desk, side == Side.Buy ? bids : asks, random);
        Plan(desk, random);
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update) =>
        (update.Side == Side.Buy ? bids : asks).Hear(update);

    protected internal override void Save(BinaryWriter writer)
    {
        process.Save(writer);
        bids.Save(writer);
        asks.Save(writer);
        writer.Write(next);
    }

    protected internal override void Load(BinaryReader reader)
    {
        process.Load(reader);
        bids.Load(reader);
        asks.Load(reader);
        next = reader.ReadInt32();
    }

    private void Plan(Desk desk, RandomStream random)
    {
        (double wait, next) = process.Next(random);
        desk.WakeIn(TimeSpan.FromTicks((long)(wait * TimeSpan.TicksPerSecond)));
    }

    private void Quote(Desk desk, Side side, RandomStream random)
    {
        MarketView view = desk.View;
        Side otherSide = side == Side.Buy ? Side.Sell : Side.Buy;
        int sign = side == Side.Buy ? 1 : -1, anchor = view.LastPrice ?? options.InitialPrice;
        int best = view.Best(side) ?? (view.Best(otherSide) ?? anchor) - 2 * sign;
        double keep = options.MeanDepth / (1 + options.MeanDepth); // P(at least one more tick behind)
        int behind = keep == 0 ? 0 : (int)Math.Min(1e6, Math.Log(1 - random.NextDouble()) / Math.Log(keep));
        int price = best + sign * (1 - behind);

        // One better than the best only where that does not cross.
        if (view.Best(otherSide) is { } other && sign * (other - price) <= 0)
            price = other - sign;
        (int lowest, int highest) = desk.PriceRange;
        if (price >= lowest && price <= highest)
            desk.Limit(side, price, options.OrderSize, selfTrade: SelfTradePolicy.Allow);
    }

    private static void Cancel(Desk desk, LiveOrders orders, RandomStream random)
    {
        if (orders.Count == 0)
            return;
        long id = orders[random.NextInt(orders.Count)].Id;
        orders.Remove(id); // asked for once
        desk.Cancel(id);
    }
}
