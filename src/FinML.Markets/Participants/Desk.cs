using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>
/// What a participant can see and do. Everything it shows has had the time to arrive: the tape and its own trades as of
/// now less the data latency.
/// </summary>
public sealed class Desk
{
    private readonly MarketSimulation simulation;
    private readonly long ordersLatency, dataLatency;
    private long cursor; // in the simulation's views
    private long nextOrder;

    internal Desk(MarketSimulation simulation, int participant, Latency latency)
    {
        this.simulation = simulation;
        Participant = participant;
        ordersLatency = latency.Orders.Ticks;
        dataLatency = latency.Data.Ticks;
    }

    /// <summary>Its number in the simulation.</summary>
    public int Participant { get; }

    /// <summary>100 ns, as <see cref="DateTime.Ticks"/>.</summary>
    public long Now => simulation.Now;

    /// <summary>The tape as it has arrived.</summary>
    public MarketView View => simulation.Views.At(ref cursor, Now - dataLatency);

    /// <summary>Cash and position as far as it has heard.</summary>
    public Account Account { get; private set; }

    /// <summary>The fundamental value now, in ticks: for those who are told.</summary>
    public double Fundamental => simulation.FundamentalNow;

    /// <summary>The book as it is: for who replays what happened.</summary>
    internal MatchingEngine Engine => simulation.Engine;

    /// <summary>The lowest and the highest price that the book takes.</summary>
    public (int Lowest, int Highest) PriceRange => simulation.PriceRange;

    /// <summary>Sends a limit order; returns its identifier.</summary>
    public long Limit(
        Side side, int price, long quantity, OrderLifetime lifetime = OrderLifetime.GoodTillCanceled,
        SelfTradePolicy selfTrade = SelfTradePolicy.CancelOldest)
    {
        long id = NewId();
        Send(BookMessage.Limit(Now + ordersLatency, Participant, id, side, price, quantity, lifetime, selfTrade));
        return id;
    }

    /// <summary>Sends a market order; returns its identifier.</summary>
    public long Market(Side side, long quantity, SelfTradePolicy selfTrade = SelfTradePolicy.CancelOldest)
    {
        long id = NewId();
        Send(BookMessage.Market(
            Now + ordersLatency, Participant, id, side, quantity, OrderLifetime.ImmediateOrCancel, selfTrade));
        return id;
    }

    public void Cancel(long orderId) => Send(BookMessage.Cancel(Now + ordersLatency, Participant, orderId));

    /// <summary>Sends a new price and open quantity for a resting order.</summary>
    public void Replace(
        long orderId, int price, long quantity, OrderLifetime lifetime = OrderLifetime.GoodTillCanceled,
        SelfTradePolicy selfTrade = SelfTradePolicy.CancelOldest) =>
        Send(BookMessage.Replace(
            Now + ordersLatency, Participant, orderId, price, quantity, lifetime, selfTrade));

    /// <summary>Asks to be woken after a time, which may be 0.</summary>
    public void WakeIn(TimeSpan delay)
    {
        Require.InRange(delay.Ticks, 0, long.MaxValue / 4, "delay, in units of 100 ns,");
        simulation.Schedule(SimulationItem.Wake(Participant), Now + delay.Ticks);
    }

    internal void Hear(in OrderUpdate update)
    {
        if (update.Kind == BookEventKind.Traded)
            Account = Account.After(update.Side, update.Price, update.Quantity);
    }

    internal void Reset()
    {
        cursor = nextOrder = 0;
        Account = default;
    }

    /// <summary>The oldest view that it may still ask for.</summary>
    internal long OldestView()
    {
        simulation.Views.At(ref cursor, Now - dataLatency);
        return cursor;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(cursor);
        writer.Write(nextOrder);
        StateBytes.WriteArray<Account>(writer, [Account]);
    }

    internal void Load(BinaryReader reader)
    {
        cursor = reader.ReadInt64();
        nextOrder = reader.ReadInt64();
        Span<Account> account = [default];
        StateBytes.ReadArray(reader, account);
        Account = account[0];
    }

    private long NewId() => ((long)(Participant + 1) << 40) + ++nextOrder;

    private void Send(in BookMessage message) => simulation.Schedule(SimulationItem.Send(message), message.Time);
}
