using FinML.Data;
using FinML.Markets.Matching;
using FinML.Markets.Participants;

namespace FinML.Markets.Replay;

/// <summary>History's lots at each price where the records do not tell single orders apart.</summary>
internal sealed class HistoricalLevels
{
    // By price, our orders there, the first in the queue first.
    private readonly SortedDictionary<int, List<long>> bids = [], asks = [];

    internal void Clear()
    {
        bids.Clear();
        asks.Clear();
    }

    /// <summary>Brings a side to these levels; null leaves it as it is. What has to go goes first, so that history
    /// never trades with itself.</summary>
    internal void Set(Desk desk, (int Price, long Lots)[]? newBids, (int Price, long Lots)[]? newAsks)
    {
        DropStale(desk, bids, newBids, newAsks, Side.Buy);
        DropStale(desk, asks, newAsks, newBids, Side.Sell);
        foreach ((int price, long lots) in newBids ?? [])
            Set(desk, Side.Buy, price, lots);
        foreach ((int price, long lots) in newAsks ?? [])
            Set(desk, Side.Sell, price, lots);
    }

    /// <summary>Takes lots off a level, from the back; false where history has none there.</summary>
    internal bool TakeOff(Desk desk, Side side, int price, long lots)
    {
        if (!Of(side).TryGetValue(price, out List<long>? orders) || Standing(desk, orders) is not (> 0 and var total))
            return false;
        Lower(desk, orders, Math.Min(lots, total));
        return true;
    }

    internal void Save(BinaryWriter writer)
    {
        foreach (SortedDictionary<int, List<long>> side in (SortedDictionary<int, List<long>>[])[bids, asks])
        {
            writer.Write(side.Count);
            foreach ((int price, List<long> orders) in side)
            {
                writer.Write(price);
                StateBytes.WriteArray<long>(writer, orders.ToArray());
            }
        }
    }

    internal void Load(BinaryReader reader)
    {
        Clear();
        foreach (SortedDictionary<int, List<long>> side in (SortedDictionary<int, List<long>>[])[bids, asks])
        {
            int count = reader.ReadInt32();
            for (int i = 0; i < count; i++)
            {
                int price = reader.ReadInt32(), length = reader.ReadInt32();
                var orders = new List<long>();
                for (int j = 0; j < length; j++)
                    orders.Add(reader.ReadInt64());
                side.Add(price, orders);
            }
        }
    }

    private SortedDictionary<int, List<long>> Of(Side side) => side == Side.Buy ? bids : asks;

    /// <summary>Cancels what is not among the new levels, or stands where the other side now is.</summary>
    private static void DropStale(
        Desk desk, SortedDictionary<int, List<long>> levels, (int Price, long Lots)[]? wanted,
        (int Price, long Lots)[]? others, Side side)
    {
        var stale = new List<int>();
        foreach (int price in levels.Keys)
        {
            bool isWanted = wanted is null || Array.Exists(wanted, level => level.Price == price && level.Lots > 0);
            bool crossed = wanted is null && others is not null
                && Array.Exists(others, o => side == Side.Buy ? o.Price <= price : o.Price >= price);
            if (!isWanted || crossed)
                stale.Add(price);
        }

        foreach (int price in stale)
        {
            foreach (long order in levels[price])
            {
                if (desk.Engine.TryGetOrder(order, out _))
                    desk.Cancel(order);
            }

            levels.Remove(price);
        }
    }

    private void Set(Desk desk, Side side, int price, long lots)
    {
        if (lots == 0)
            return;
        if (!Of(side).TryGetValue(price, out List<long>? orders))
            Of(side).Add(price, orders = []);
        long missing = lots - Standing(desk, orders);
        if (missing > 0)
            orders.Add(desk.Limit(side, price, missing, selfTrade: SelfTradePolicy.Allow));
        else if (missing < 0)
            Lower(desk, orders, -missing);
    }

    /// <summary>Lots in the book; forgets orders that are gone.</summary>
    private static long Standing(Desk desk, List<long> orders)
    {
        long total = 0;
        for (int i = orders.Count - 1; i >= 0; i--)
        {
            if (desk.Engine.TryGetOrder(orders[i], out RestingOrder resting))
                total += resting.Quantity;
            else
                orders.RemoveAt(i);
        }

        return total;
    }

    private static void Lower(Desk desk, List<long> orders, long lots)
    {
        for (int i = orders.Count - 1; i >= 0 && lots > 0; i--)
        {
            if (!desk.Engine.TryGetOrder(orders[i], out RestingOrder resting))
                continue;
            long left = Math.Max(0, resting.Quantity - lots);
            lots -= resting.Quantity - left;
            if (left == 0)
                desk.Cancel(orders[i]);
            else
                desk.Replace(orders[i], resting.Price, left, selfTrade: SelfTradePolicy.Allow);
        }
    }
}
