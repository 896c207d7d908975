using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>A participant's resting orders as far as it has heard, in an order that depends on the news alone, so that
/// one can be drawn.</summary>
internal sealed class LiveOrders
{
    private readonly List<(long Id, Side Side)> orders = [];
    private readonly Dictionary<long, int> places = [];

    internal int Count => orders.Count;

    internal (long Id, Side Side) this[int place] => orders[place];

    internal void Clear()
    {
        orders.Clear();
        places.Clear();
    }

    internal void Hear(in OrderUpdate update)
    {
        if (update.Kind == BookEventKind.Rested)
            Add(update.OrderId, update.Side);
        else if (update.Open == 0)
            Remove(update.OrderId);
    }

    internal void Add(long id, Side side)
    {
        if (places.TryAdd(id, orders.Count))
            orders.Add((id, side));
    }

    /// <summary>The last takes its place.</summary>
    internal void Remove(long id)
    {
        if (!places.Remove(id, out int place))
            return;
        (long Id, Side Side) last = orders[^1];
        orders.RemoveAt(orders.Count - 1);
        if (place == orders.Count)
            return;
        orders[place] = last;
        places[last.Id] = place;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(orders.Count);
        foreach ((long id, Side side) in orders)
        {
            writer.Write(id);
            writer.Write((int)side);
        }
    }

    internal void Load(BinaryReader reader)
    {
        Clear();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
            Add(reader.ReadInt64(), (Side)reader.ReadInt32());
    }
}
