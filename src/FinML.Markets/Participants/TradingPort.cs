using FinML.Data;
using FinML.Markets.Matching;

namespace FinML.Markets.Participants;

/// <summary>A participant that does nothing by itself: somebody outside the simulation acts at its desk, and reads what
/// it has heard.</summary>
internal sealed class TradingPort : Participant
{
    private readonly SortedDictionary<long, (Side Side, long Lots)> open = [];

    /// <summary>Its orders that may still trade, by identifier: sent, and not heard to be gone.</summary>
    internal IReadOnlyDictionary<long, (Side Side, long Lots)> Open => open;

    internal long OpenLots(Side side)
    {
        long lots = 0;
        foreach ((Side ownSide, long ownLots) in open.Values)
            lots += ownSide == side ? ownLots : 0;
        return lots;
    }

    internal void Sent(long id, Side side, long lots) => open.Add(id, (side, lots));

    protected internal override void Start(Desk desk, RandomStream random) => open.Clear();

    protected internal override void Wake(Desk desk, RandomStream random)
    {
    }

    protected internal override void Hear(Desk desk, in OrderUpdate update)
    {
        if (!open.ContainsKey(update.OrderId))
            return;
        if (update.Open == 0)
            open.Remove(update.OrderId);
        else
            open[update.OrderId] = (update.Side, update.Open);
    }

    protected internal override void Save(BinaryWriter writer)
    {
        writer.Write(open.Count);
        foreach ((long id, (Side side, long lots)) in open)
        {
            writer.Write(id);
            writer.Write((int)side);
            writer.Write(lots);
        }
    }

    protected internal override void Load(BinaryReader reader)
    {
        open.Clear();
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
            open.Add(reader.ReadInt64(), ((Side)reader.ReadInt32(), reader.ReadInt64()));
    }
}
