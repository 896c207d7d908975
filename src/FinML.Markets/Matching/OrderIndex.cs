namespace FinML.Markets.Matching;

/// <summary>
/// From an order's identifier to its slot: open addressing with linear probing in a table twice the capacity, and
/// deletion by shifting back, so that nothing is allocated and nothing decays.
/// </summary>
internal sealed class OrderIndex
{
    private readonly Entry[] entries;
    private readonly int mask;
    private readonly int shift;

    internal OrderIndex(int capacity)
    {
        int bits = 2;
        while (1L << bits < 2L * capacity)
            bits++;
        entries = new Entry[1 << bits];
        mask = entries.Length - 1;
        shift = 64 - bits;
    }

    /// <summary>The slot of the order; -1 where there is none.</summary>
    internal int Find(long id)
    {
        for (int i = Home(id); ; i = (i + 1) & mask)
        {
            ref Entry entry = ref entries[i];
            if (entry.SlotPlusOne == 0)
                return -1;
            if (entry.Id == id)
                return entry.SlotPlusOne - 1;
        }
    }

    /// <summary>Adds an identifier that is not there.</summary>
    internal void Add(long id, int slot)
    {
        int i = Home(id);
        while (entries[i].SlotPlusOne != 0)
            i = (i + 1) & mask;
        entries[i] = new Entry { Id = id, SlotPlusOne = slot + 1 };
    }

    /// <summary>Removes an identifier that is there.</summary>
    internal void Remove(long id)
    {
        int hole = Home(id);
        while (entries[hole].SlotPlusOne == 0 || entries[hole].Id != id)
            hole = (hole + 1) & mask;
        for (int i = (hole + 1) & mask; entries[i].SlotPlusOne != 0; i = (i + 1) & mask)
        {
            // An entry may move into the hole unless its home lies cyclically in (hole, i].
            int home = Home(entries[i].Id);
            if (((i - home) & mask) >= ((i - hole) & mask))
            {
                entries[hole] = entries[i];
                hole = i;
            }
        }

        entries[hole] = default;
    }

    internal void Clear() => Array.Clear(entries);

    // Fibonacci hashing: consecutive identifiers spread over the table.
    private int Home(long id) => (int)((ulong)id * 0x9E37_79B9_7F4A_7C15UL >> shift);

    private struct Entry
    {
        internal long Id;
        internal int SlotPlusOne; // 0: empty
    }
}
