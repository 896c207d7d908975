using System.Numerics;

namespace FinML.Markets.Matching;

/// <summary>
/// A set of whole numbers 0 .. size - 1 that finds the next member above or below in a few steps: a bit each, and above
/// them tiers in which a bit says whether a word of 64 below it has any.
/// </summary>
internal sealed class OccupiedLevels
{
    private readonly ulong[][] tiers;

    internal OccupiedLevels(int size)
    {
        var built = new List<ulong[]>();
        do
        {
            size = (size + 63) >> 6;
            built.Add(new ulong[size]);
        }
        while (size > 1);
        tiers = [.. built];
    }

    internal void Add(int member)
    {
        foreach (ulong[] tier in tiers)
        {
            ref ulong word = ref tier[member >> 6];
            bool known = word != 0;
            word |= 1UL << member; // the shift reads the low 6 bits only
            if (known)
                return;
            member >>= 6;
        }
    }

    internal void Remove(int member)
    {
        foreach (ulong[] tier in tiers)
        {
            ref ulong word = ref tier[member >> 6];
            word &= ~(1UL << member);
            if (word != 0)
                return;
            member >>= 6;
        }
    }

    /// <summary>The least member that is <paramref name="from"/> or more; -1 where there is none.</summary>
    internal int AtOrAbove(int from)
    {
        for (int t = 0; t < tiers.Length; t++)
        {
            ulong[] tier = tiers[t];
            if (from >> 6 >= tier.Length)
                return -1;
            ulong word = tier[from >> 6] & (ulong.MaxValue << from);
            if (word != 0)
            {
                int member = (from & ~63) + BitOperations.TrailingZeroCount(word);
                while (--t >= 0)
                    member = (member << 6) + BitOperations.TrailingZeroCount(tiers[t][member]);
                return member;
            }

            from = (from >> 6) + 1;
        }

        return -1;
    }

    /// <summary>The greatest member that is <paramref name="from"/> or less; -1 where there is none.</summary>
    internal int AtOrBelow(int from)
    {
        for (int t = 0; t < tiers.Length && from >= 0; t++)
        {
            ulong word = tiers[t][from >> 6] & (ulong.MaxValue >> (63 - (from & 63)));
            if (word != 0)
            {
                int member = (from & ~63) + BitOperations.Log2(word);
                while (--t >= 0)
                    member = (member << 6) + BitOperations.Log2(tiers[t][member]);
                return member;
            }

            from = (from >> 6) - 1;
        }

        return -1;
    }

    internal void Clear()
    {
        foreach (ulong[] tier in tiers)
            Array.Clear(tier);
    }
}
