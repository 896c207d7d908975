using System.Numerics;
using System.Runtime.InteropServices;

namespace FinML.Torch.Kernels;

/// <summary>Rows of bfloat16 from and to float.</summary>
internal static class BFloat16Kernel
{
    /// <summary>Exact: the bits move up by sixteen.</summary>
    internal static void Widen(ReadOnlySpan<BFloat16> source, Span<float> target)
    {
        ReadOnlySpan<ushort> from = MemoryMarshal.Cast<BFloat16, ushort>(source);
        Span<uint> to = MemoryMarshal.Cast<float, uint>(target);
        int i = 0, step = Vector<ushort>.Count;
        for (; i <= from.Length - step; i += step)
        {
            Vector.Widen(new Vector<ushort>(from[i..]), out Vector<uint> low, out Vector<uint> high);
            Vector.ShiftLeft(low, 16).CopyTo(to[i..]);
            Vector.ShiftLeft(high, 16).CopyTo(to[(i + (step / 2))..]);
        }

        for (; i < from.Length; i++)
        {
            to[i] = (uint)from[i] << 16;
        }
    }

    /// <summary>To nearest, ties to even.</summary>
    internal static void Narrow(ReadOnlySpan<float> source, Span<BFloat16> target)
    {
        ReadOnlySpan<uint> from = MemoryMarshal.Cast<float, uint>(source);
        Span<ushort> to = MemoryMarshal.Cast<BFloat16, ushort>(target);
        int i = 0, half = Vector<uint>.Count;
        for (; i <= from.Length - (2 * half); i += 2 * half)
        {
            Vector.Narrow(Rounded(new Vector<uint>(from[i..])), Rounded(new Vector<uint>(from[(i + half)..])))
                .CopyTo(to[i..]);
        }

        for (; i < from.Length; i++)
        {
            target[i] = new BFloat16(source[i]);
        }
    }

    /// <summary>The sixteen bits in the lower half of each lane, as the constructor rounds them.</summary>
    private static Vector<uint> Rounded(Vector<uint> word)
    {
        Vector<uint> upper = Vector.ShiftRightLogical(word, 16);
        Vector<uint> nearest = Vector.ShiftRightLogical(
            word + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One), 16);
        Vector<uint> magnitude = word & new Vector<uint>(0x7FFFFFFF);
        Vector<uint> isNan = Vector.GreaterThan(magnitude, new Vector<uint>(0x7F800000));
        return Vector.ConditionalSelect(isNan, new Vector<uint>(0x7FC0), nearest);
    }
}
