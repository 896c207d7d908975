using FinML.Data;

namespace FinML.Markets.Matching;

/// <summary>
/// The orders that rest, by price and then by arrival: an array of levels, one a tick, each with a doubly linked queue
/// of slots. A book is never crossed, so one array serves both sides: levels up to the best bid hold bids, levels from
/// the best ask hold asks. Here a price is a level, counted from the lowest price.
/// </summary>
internal sealed class RestingBook
{
    private const int None = -1;

    private readonly Level[] levels;
    private readonly Slot[] slots;
    private readonly OccupiedLevels occupied;
    private readonly OrderIndex index;
    private int free; // first slot of the free list
    private int used; // slots that were ever used; those above are free too

    internal RestingBook(int levelCount, int capacity)
    {
        levels = new Level[levelCount];
        slots = new Slot[capacity];
        occupied = new OccupiedLevels(levelCount);
        index = new OrderIndex(capacity);
        Clear();
    }

    internal int Count { get; private set; }

    internal bool Full => Count == slots.Length;

    /// <summary>-1 where nobody bids.</summary>
    internal int BestBid { get; private set; }

    /// <summary>The number of levels where nobody offers.</summary>
    internal int BestAsk { get; private set; }

    internal ref Slot this[int slot] => ref slots[slot];

    internal ref readonly Level LevelAt(int level) => ref levels[level];

    internal int Find(long id) => index.Find(id);

    internal Side SideOf(int slot) => slots[slot].Level <= BestBid ? Side.Buy : Side.Sell;

    /// <summary>Whether an order at that level would trade.</summary>
    internal bool Crosses(Side side, int level) => side == Side.Buy ? level >= BestAsk : level <= BestBid;

    /// <summary>Puts an order at the back of its level.</summary>
    internal void Add(long id, int participant, Side side, int level, long quantity)
    {
        int slot;
        if (free != None)
        {
            slot = free;
            free = slots[slot].Next;
        }
        else
        {
            slot = used++;
        }

        slots[slot] = new Slot { Id = id, Participant = participant };
        index.Add(id, slot);
        Count++;
        Append(slot, side, level, quantity);
    }

    /// <summary>Takes an order out for good.</summary>
    internal void Remove(int slot)
    {
        Unlink(slot);
        Forget(slot);
    }

    /// <summary>Takes an order out of its queue; <see cref="Append"/> or <see cref="Forget"/> has to follow.</summary>
    internal void Unlink(int slot)
    {
        ref Slot order = ref slots[slot];
        ref Level level = ref levels[order.Level];
        if (order.Previous == None)
            level.First = order.Next;
        else
            slots[order.Previous].Next = order.Next;
        if (order.Next == None)
            level.Last = order.Previous;
        else
            slots[order.Next].Previous = order.Previous;
        level.Quantity -= order.Quantity;
        if (--level.Orders > 0)
            return;
        occupied.Remove(order.Level);
        if (order.Level == BestBid)
        {
            BestBid = occupied.AtOrBelow(order.Level);
        }
        else if (order.Level == BestAsk)
        {
            int above = occupied.AtOrAbove(order.Level);
            BestAsk = above < 0 ? levels.Length : above;
        }
    }

    /// <summary>Gives back the slot of an order that was unlinked.</summary>
    internal void Forget(int slot)
    {
        index.Remove(slots[slot].Id);
        slots[slot].Next = free;
        free = slot;
        Count--;
    }

    /// <summary>Puts an unlinked order at the back of a level.</summary>
    internal void Append(int slot, Side side, int level, long quantity)
    {
        ref Slot order = ref slots[slot];
        ref Level queue = ref levels[level];
        order.Level = level;
        order.Quantity = quantity;
        order.Next = None;
        if (queue.Orders == 0)
        {
            queue.First = slot;
            order.Previous = None;
            occupied.Add(level);
            if (side == Side.Buy && level > BestBid)
                BestBid = level;
            else if (side == Side.Sell && level < BestAsk)
                BestAsk = level;
        }
        else
        {
            order.Previous = queue.Last;
            slots[queue.Last].Next = slot;
        }

        queue.Last = slot;
        queue.Quantity += quantity;
        queue.Orders++;
    }

    /// <summary>Takes lots off an order, which keeps its place; it must keep some.</summary>
    internal void Reduce(int slot, long quantity)
    {
        slots[slot].Quantity -= quantity;
        levels[slots[slot].Level].Quantity -= quantity;
    }

    /// <summary>The next worse level of the side that <paramref name="level"/> belongs to; -1 at the end.</summary>
    internal int Worse(Side side, int level) =>
        side == Side.Buy ? occupied.AtOrBelow(level - 1) : occupied.AtOrAbove(level + 1);

    /// <summary>The best level of a side; -1 where it is empty.</summary>
    internal int Best(Side side) => side == Side.Buy ? BestBid : BestAsk == levels.Length ? -1 : BestAsk;

    internal void Clear()
    {
        Array.Clear(levels);
        occupied.Clear();
        index.Clear();
        free = None;
        used = Count = 0;
        BestBid = -1;
        BestAsk = levels.Length;
    }

    internal struct Level
    {
        internal long Quantity;
        internal int First, Last, Orders; // First and Last say nothing where there are no orders
    }

    internal struct Slot
    {
        internal long Id, Quantity;
        internal int Participant, Level, Next, Previous;
    }
}
