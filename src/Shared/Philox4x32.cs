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

    /// <summary>Uniform on [0, 1) with 53 bits, from two words.</summary>
    internal static double ToUnitDouble(uint high, uint low) =>
        ((((ulong)high << 32) | low) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on [0, 1) with 24 bits, from one word.</summary>
    internal static float ToUnitSingle(uint word) => (word >> 8) * (1.0f / (1u << 24));
}
