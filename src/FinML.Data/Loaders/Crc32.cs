using System.Buffers.Binary;

namespace FinML.Data;

/// <summary>The checksum of zip and gzip (polynomial 0xEDB88320, reflected), eight bytes a step: the "slicing by 8" of
/// Kounavis and Berry, "Novel table lookup-based algorithms for high-performance CRC generation" (2008).</summary>
internal static class Crc32
{
    private static readonly uint[] s_tables = Tables(); // 8 tables of 256

    /// <summary>Goes on with the register, which begins as all ones and is inverted at the end.</summary>
    public static uint Update(uint register, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<uint> table = s_tables;
        while (bytes.Length >= 8)
        {
            ulong x = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ register;
            register = table[(int)(0x700 | (x & 0xFF))] ^ table[(int)(0x600 | ((x >> 8) & 0xFF))]
                ^ table[(int)(0x500 | ((x >> 16) & 0xFF))] ^ table[(int)(0x400 | ((x >> 24) & 0xFF))]
                ^ table[(int)(0x300 | ((x >> 32) & 0xFF))] ^ table[(int)(0x200 | ((x >> 40) & 0xFF))]
                ^ table[(int)(0x100 | ((x >> 48) & 0xFF))] ^ table[(int)(x >> 56)];
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            register = (register >> 8) ^ table[(int)((register ^ b) & 0xFF)];
        }

        return register;
    }

    private static uint[] Tables()
    {
        uint[] tables = new uint[8 * 256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) == 1 ? (c >> 1) ^ 0xEDB88320u : c >> 1;
            }

            tables[n] = c;
        }

        for (int t = 1; t < 8; t++)
        {
            for (int n = 0; n < 256; n++)
            {
                uint before = tables[(t - 1) * 256 + n];
                tables[t * 256 + n] = (before >> 8) ^ tables[before & 0xFF];
            }
        }

        return tables;
    }
}
