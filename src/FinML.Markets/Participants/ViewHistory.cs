namespace FinML.Markets.Participants;

/// <summary>The tape, from the oldest view that somebody may still look at; views are numbered from 0.</summary>
internal sealed class ViewHistory
{
    private const int FirstCapacity = 1_024;

    private MarketView[] ring = new MarketView[FirstCapacity]; // view n at n modulo the length
    private long first, end;

    internal MarketView Latest => ring[(end - 1) & (ring.Length - 1)];

    internal bool Full => end - first == ring.Length;

    internal void Reset(in MarketView view)
    {
        first = 0;
        end = 1;
        ring[0] = view;
    }

    /// <summary>The last view of a time or before, or the first where none is; a cursor only moves forward.</summary>
    internal MarketView At(ref long cursor, long time)
    {
        int mask = ring.Length - 1;
        while (cursor + 1 < end && ring[(cursor + 1) & mask].Time <= time)
            cursor++;
        return ring[cursor & mask];
    }

    /// <summary>Adds a view; where there is no room, forgets those before <paramref name="oldest"/> or grows.</summary>
    internal void Add(in MarketView view, long oldest)
    {
        if (Full)
        {
            first = oldest;
            if (end - first > ring.Length / 2)
                Grow();
        }

        ring[end++ & (ring.Length - 1)] = view;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(ring.Length);
        writer.Write(first);
        writer.Write(end);
        for (long n = first; n < end; n++)
        {
            MarketView view = ring[n & (ring.Length - 1)];
            writer.Write(view.Time);
            writer.Write(view.Bid ?? int.MinValue);
            writer.Write(view.Ask ?? int.MinValue);
            writer.Write(view.LastPrice ?? int.MinValue);
            writer.Write(view.BidSize);
            writer.Write(view.AskSize);
            writer.Write(view.Volume);
            writer.Write(view.SignedVolume);
        }
    }

    internal void Load(BinaryReader reader)
    {
        const int Size = 52;
        int length = reader.ReadInt32();
        first = reader.ReadInt64();
        end = reader.ReadInt64();
        bool fits = length >= FirstCapacity && (length & (length - 1)) == 0 && end - first <= length;
        long room = (reader.BaseStream.Length - reader.BaseStream.Position) / Size;
        if (!fits || first < 0 || end <= first || end - first > room)
            throw new InvalidDataException($"the tape cannot go from {first} to {end}.");
        ring = new MarketView[length];
        for (long n = first; n < end; n++)
        {
            ring[n & (length - 1)] = new MarketView
            {
                Time = reader.ReadInt64(),
                Bid = Price(reader.ReadInt32()),
                Ask = Price(reader.ReadInt32()),
                LastPrice = Price(reader.ReadInt32()),
                BidSize = reader.ReadInt64(),
                AskSize = reader.ReadInt64(),
                Volume = reader.ReadInt64(),
                SignedVolume = reader.ReadInt64(),
            };
        }
    }

    private static int? Price(int value) => value == int.MinValue ? null : value;

    private void Grow()
    {
        var larger = new MarketView[2 * ring.Length];
        for (long n = first; n < end; n++)
            larger[n & (larger.Length - 1)] = ring[n & (ring.Length - 1)];
        ring = larger;
    }
}
