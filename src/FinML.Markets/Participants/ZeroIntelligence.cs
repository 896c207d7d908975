using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// A crowd without a plan: limit orders arrive at a constant rate at every price up to the other side's best, market
/// orders at a constant rate, and every resting order is canceled at a constant rate. Far from the best prices
/// α σ / δ lots stand at every tick.
/// </summary>
/// <remarks>
/// E. Smith, J. D. Farmer, L. Gillemot and S. Krishnamurthy, "Statistical theory of the continuous double auction",
/// Quantitative Finance 3 (2003). One participant stands for the crowd, so that its orders trade with one another.
/// </remarks>
public sealed class ZeroIntelligence : Participant
{
    private readonly ZeroIntelligenceOptions options;
    private readonly LiveOrders live = new();

    public ZeroIntelligence(ZeroIntelligenceOptions? options = null) =>
        this.options = (options ?? new ZeroIntelligenceOptions()).Validate();

    protected internal override void Start(Desk desk, RandomStream random)
    {
        live.Clear();
        desk.WakeIn(Wait(Rate(), random));
    }

    protected internal override void Wake(Desk desk, RandomStream random)
    {
        // The rate of cancellations may have changed since the waiting time was drawn: with the memory of an
        // exponential that is an approximation of one event.
        double limits = 2 * options.LimitRate * options.Band, draw = random.NextDouble() * Rate();
        Side side = random.NextInt(2) == 0 ? Side.Buy : Side.Sell;
        if (draw < limits)
            Quote(desk, side, 1 + random.NextInt(options.Band));
        else if (draw < limits + options.MarketRate)
            desk.Market(side, options.OrderSize, SelfTradePolicy.Allow);
        else if (live.Count > 0)
            Cancel(desk, random);
        desk.WakeIn(Wait(Rate(), random));
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update) => live.Hear(update);

    protected internal override void Save(BinaryWriter writer) => live.Save(writer);

    protected internal override void Load(BinaryReader reader) => live.Load(reader);

    private double Rate() =>
        2 * options.LimitRate * options.Band + options.MarketRate + options.CancelRate * live.Count;

    private void Quote(Desk desk, Side side, int away)
    {
        MarketView view = desk.View;
        int other = (side == Side.Buy ? view.Ask : view.Bid) ?? view.LastPrice ?? options.InitialPrice;
        int price = side == Side.Buy ? other - away : other + away;
        (int lowest, int highest) = desk.PriceRange;
        if (price >= lowest && price <= highest)
            desk.Limit(side, price, options.OrderSize, selfTrade: SelfTradePolicy.Allow);
    }

    private void Cancel(Desk desk, RandomStream random)
    {
        long id = live[random.NextInt(live.Count)].Id;
        live.Remove(id); // asked for once
        desk.Cancel(id);
    }
}
