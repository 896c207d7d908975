using FinML.Data;
using FinML.Markets.Matching;
using FinML.Markets.Participants;

namespace FinML.Markets.Replay;

/// <summary>The orders of a feed of order messages: which of ours stands for which of theirs, and how much of it
/// history has left.</summary>
internal sealed class HistoricalOrders
{
    private readonly SortedDictionary<long, (long Ours, long Left)> orders = [];
    private long executed; // history's order that an execution just took from; 0: none

    internal void Clear()
    {
        orders.Clear();
        executed = 0;
    }

    internal void Submit(Desk desk, long id, Side side, int price, long lots) =>
        orders[id] = (desk.Limit(side, price, lots, selfTrade: SelfTradePolicy.Allow), lots);

    /// <summary>Takes off lots or everything; false where the order is not known or not in the book any more.</summary>
    internal bool Cancel(Desk desk, long id, bool whole, long lots)
    {
        if (!orders.TryGetValue(id, out (long Ours, long Left) order))
            return false;
        long left = whole ? 0 : Math.Max(0, order.Left - lots);
        Keep(id, order.Ours, left);
        if (!desk.Engine.TryGetOrder(order.Ours, out RestingOrder resting))
            return false;
        Lower(desk, resting, left);
        return true;
    }

    /// <summary>History executed lots of an order; true where <see cref="Settle"/> has to follow.</summary>
    internal bool Executed(long id, long lots)
    {
        if (!orders.TryGetValue(id, out (long Ours, long Left) order))
            return false;
        orders[id] = (order.Ours, Math.Max(0, order.Left - lots));
        executed = id;
        return true;
    }

    /// <summary>Where somebody else got the execution, history's order loses it all the same.</summary>
    internal void Settle(Desk desk)
    {
        (long ours, long left) = orders[executed];
        Keep(executed, ours, left);
        if (desk.Engine.TryGetOrder(ours, out RestingOrder resting))
            Lower(desk, resting, left);
        executed = 0;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(executed);
        writer.Write(orders.Count);
        foreach ((long id, (long ours, long left)) in orders)
        {
            writer.Write(id);
            writer.Write(ours);
            writer.Write(left);
        }
    }

    internal void Load(BinaryReader reader)
    {
        Clear();
        executed = reader.ReadInt64();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
            orders[reader.ReadInt64()] = (reader.ReadInt64(), reader.ReadInt64());
    }

    private void Keep(long id, long ours, long left)
    {
        if (left > 0)
            orders[id] = (ours, left);
        else
            orders.Remove(id);
    }

    private static void Lower(Desk desk, in RestingOrder resting, long left)
    {
        if (left == 0)
            desk.Cancel(resting.OrderId);
        else if (left < resting.Quantity)
            desk.Replace(resting.OrderId, resting.Price, left, selfTrade: SelfTradePolicy.Allow);
    }
}
