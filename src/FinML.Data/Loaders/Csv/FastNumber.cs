using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FinML.Data;

/// <summary>
/// Reads a plain decimal number, eight digits a step, where its value is sure to be the nearest double: up to 2^53
/// without the decimal mark, over a power of ten up to 10^22, so that one division rounds once (W. D. Clinger, "How to
/// read floating point numbers accurately", PLDI 1990). All else is left to the caller's slower way.
/// </summary>
internal static class FastNumber
{
    private const ulong Exact = 1UL << 53;

    private static readonly double[] s_powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Reads the field at <paramref name="position"/> and moves behind its separator; the position stays where the
    /// field is not a plain number.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="position">From 0 to the length of the line.</param>
    /// <param name="separator">What ends the field, beside the end of the line.</param>
    /// <param name="mark">The decimal mark.</param>
    /// <param name="value">The number.</param>
    /// <param name="whole">The digits before the mark.</param>
    /// <param name="fraction">The digits behind it; -1 where there is no mark.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> line, scoped ref int position, byte separator, byte mark,
        out double value, out int whole, out int fraction)
    {
        int at = position;
        bool negative = at < line.Length && line[at] == '-';
        at += negative ? 1 : 0;
        ulong digits = 0;
        int start = at;
        ReadDigits(line, ref at, ref digits);
        whole = at - start;
        fraction = -1;
        if (at < line.Length && line[at] == mark)
        {
            start = ++at;
            ReadDigits(line, ref at, ref digits);
            fraction = at - start;
        }

        value = digits;
        int scale = Math.Max(fraction, 0);
        if ((at < line.Length && line[at] != separator) || digits > Exact || whole + scale is 0 or > 19)
        {
            return false; // 20 digits and more may have wrapped around
        }

        value = scale > 0 ? value / s_powers[scale] : value;
        value = negative ? -value : value;
        position = at + 1;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadDigits(ReadOnlySpan<byte> line, ref int at, ref ulong digits)
    {
        // A byte is a digit where its high half is 3 and adding 6 to its low half does not carry; the first that is
        // not ends the run.
        while (line.Length - at >= 8)
        {
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(line[at..]);
            ulong other = ((bytes & 0xF0F0F0F0F0F0F0F0) ^ 0x3030303030303030)
                | (((bytes & 0x0F0F0F0F0F0F0F0F) + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0);
            int count = BitOperations.TrailingZeroCount(other) >> 3; // 8 where all are digits
            if (count == 0)
            {
                return;
            }

            bytes <<= 64 - 8 * count; // the digits as the last of eight, zeros before them
            bytes &= 0x0F0F0F0F0F0F0F0F;
            bytes = bytes * 10 + (bytes >> 8); // pairs
            bytes = ((bytes & 0x000000FF000000FF) * (100 + (1000000UL << 32))
                + ((bytes >> 16) & 0x000000FF000000FF) * (1 + (10000UL << 32))) >> 32;
            digits = digits * s_whole[count] + bytes;
            at += count;
            if (count < 8)
            {
                return;
            }
        }

        while (at < line.Length && (uint)(line[at] - '0') <= 9)
        {
            digits = digits * 10 + (uint)(line[at] - '0');
            at++;
        }
    }

    private static readonly ulong[] s_whole = [1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000];
}
