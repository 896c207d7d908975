using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FinML.Shared;

/// <summary>
/// Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as
/// 1, 2, 3" (SC 2011): a keyed bijection from a 128-bit counter to 128 random bits. Any block of the stream can be had
/// without those before it, so that results depend on (key, counter) and never on the order of calls or on threads.
/// One source, compiled into each project that draws random numbers.
/// </summary>
internal static class Philox4x32
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four words of block (<paramref name="counterLow"/>, <paramref name="counterHigh"/>).</summary>
    internal static (uint X0, uint X1, uint X2, uint X3) Block(ulong counterLow, ulong counterHigh, ulong key)
    {
        uint x0 = (uint)counterLow, x1 = (uint)(counterLow >> 32);
        uint x2 = (uint)counterHigh, x3 = (uint)(counterHigh >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)Multiplier0 * x0;
            ulong p1 = (ulong)Multiplier1 * x2;
            (x0, x1, x2, x3) = ((uint)(p1 >> 32) ^ x1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ x3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (x0, x1, x2, x3);
    }

    /// <summary>How many blocks <see cref="Blocks"/> makes.</summary>
    internal const int Lanes = 8;

    /// <summary>The blocks (counterLow, counterHigh) .. (counterLow + 7, counterHigh), the same bits as from
    /// <see cref="Block"/>, side by side in a vector.</summary>
    /// <param name="counterLow">Of the first block.</param>
    /// <param name="counterHigh">Of all of them.</param>
    /// <param name="key">The key.</param>
    /// <param name="words">(2 <see cref="Lanes"/>): x0 + 2^32 x1, then x2 + 2^32 x3 of one block after the
    /// other.</param>
    internal static void Blocks(ulong counterLow, ulong counterHigh, ulong key, Span<ulong> words)
    {
        var low = Vector512.Create((ulong)uint.MaxValue);
        Vector512<ulong> counters = Vector512.Create(counterLow) + Vector512.CreateSequence(0UL, 1UL);
        Vector512<ulong> x0 = counters & low, x1 = counters >>> 32;
        Vector512<ulong> x2 = Vector512.Create(counterHigh & uint.MaxValue), x3 = Vector512.Create(counterHigh >> 32);
        Vector512<ulong> m0 = Vector512.Create((ulong)Multiplier0), m1 = Vector512.Create((ulong)Multiplier1);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector512<ulong> p0 = Product(m0, x0), p1 = Product(m1, x2);
            x0 = (p1 >>> 32) ^ x1 ^ Vector512.Create((ulong)k0);
            x1 = p1 & low;
            x2 = (p0 >>> 32) ^ x3 ^ Vector512.Create((ulong)k1);
            x3 = p0 & low;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        Span<ulong> first = stackalloc ulong[Lanes], second = stackalloc ulong[Lanes];
        (x0 | x1 << 32).CopyTo(first);
        (x2 | x3 << 32).CopyTo(second);
        for (int i = 0; i < Lanes; i++)
        {
            words[2 * i] = first[i];
            words[2 * i + 1] = second[i];
        }
    }

    /// <summary>Products of the low halves, 32 bits by 32.</summary>
    private static Vector512<ulong> Product(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()),
                Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
        }

        return a * b; // the high halves are 0
    }

    /// <summary>Uniform on [0, 1) with 53 bits, from two words.</summary>
    internal static double ToUnitDouble(uint high, uint low) =>
        ((((ulong)high << 32) | low) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on [0, 1) with 24 bits, from one word.</summary>
    internal static float ToUnitSingle(uint word) => (word >> 8) * (1.0f / (1u << 24));
}
