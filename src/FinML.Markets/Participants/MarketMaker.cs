using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// Quotes both sides around a reservation price that goes down as it holds more: mid - skew × position. Its quotes only
/// add to the book.
/// </summary>
/// <remarks>In a thin book the mid is that of its own quotes: with a strong skew it then runs after itself.</remarks>
public sealed class MarketMaker : Participant
{
    private readonly MarketMakerOptions options;
    private long bid, ask; // identifiers of its quotes; 0 where it has none

    public MarketMaker(MarketMakerOptions? options = null) =>
        this.options = (options ?? new MarketMakerOptions()).Validate();

    protected internal override void Start(Desk desk, RandomStream random)
    {
        bid = ask = 0;
        desk.WakeIn(TimeSpan.FromTicks((long)(random.NextDouble() * options.Interval.Ticks)));
    }

    protected internal override void Wake(Desk desk, RandomStream random)
    {
        double mid = desk.View.Mid, fair = double.IsNaN(mid) ? options.InitialPrice : mid;
        double reservation = fair - options.Skew * desk.Account.Position;
        bid = Quote(desk, Side.Buy, bid, (int)Math.Floor(reservation - options.HalfSpread));
        ask = Quote(desk, Side.Sell, ask, (int)Math.Ceiling(reservation + options.HalfSpread));
        desk.WakeIn(options.Interval);
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update)
    {
        if (update.Open == 0 && update.OrderId == bid)
            bid = 0;
        else if (update.Open == 0 && update.OrderId == ask)
            ask = 0;
    }

    protected internal override void Save(BinaryWriter writer)
    {
        writer.Write(bid);
        writer.Write(ask);
    }

    protected internal override void Load(BinaryReader reader)
    {
        bid = reader.ReadInt64();
        ask = reader.ReadInt64();
    }

    private long Quote(Desk desk, Side side, long order, int price)
    {
        (int lowest, int highest) = desk.PriceRange;
        long position = side == Side.Buy ? desk.Account.Position : -desk.Account.Position;
        long quantity = Math.Min(options.QuoteSize, options.PositionLimit - position);
        if (order != 0)
            desk.Cancel(order); // a fresh quote: its old one may have traded in part meanwhile
        if (quantity < 1 || price < lowest || price > highest)
            return 0;
        return desk.Limit(side, price, quantity, OrderLifetime.PostOnly);
    }
}
