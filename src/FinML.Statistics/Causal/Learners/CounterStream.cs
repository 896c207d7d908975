using FinML.Shared;

namespace FinML.Statistics;

/// <summary>Random numbers of one (seed, stream): the counter-based generator read from its first block on.</summary>
internal struct CounterStream(ulong seed, ulong stream)
{
    private ulong block;
    private ulong kept;
    private bool hasKept;

    /// <summary>Uniform on 0 .. below - 1, by rejection.</summary>
    internal int Below(int below)
    {
        ulong limit = ulong.MaxValue - ulong.MaxValue % (ulong)below;
        ulong value;
        do
        {
            value = Next();
        }
        while (value >= limit);
        return (int)(value % (ulong)below);
    }

    /// <summary>The numbers 0 .. count - 1 in random order (Fisher and Yates).</summary>
    internal int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private ulong Next()
    {
        if (hasKept)
        {
            hasKept = false;
            return kept;
        }

        (uint a, uint b, uint c, uint d) = Philox4x32.Block(block++, stream, seed);
        (kept, hasKept) = (c | (ulong)d << 32, true);
        return a | (ulong)b << 32;
    }
}
