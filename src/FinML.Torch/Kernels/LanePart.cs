using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>Registers at index i of a span, full or cut off at its end, so that a kernel states its formula once.
/// </summary>
internal static class LanePart
{
    /// <summary>Elements i .. i + lanes, zeros past the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<T> Load<T>(ReadOnlySpan<T> source, int i)
        where T : unmanaged =>
        i + Vector512<T>.Count <= source.Length
            ? Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)i)
            : LoadRest(source[i..]);

    /// <summary>Writes the lanes that lie inside the span.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<T>(Vector512<T> value, Span<T> target, int i)
        where T : unmanaged
    {
        if (i + Vector512<T>.Count <= target.Length)
            value.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)i);
        else
            StoreRest(value, target[i..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Vector512<T> LoadRest<T>(ReadOnlySpan<T> rest)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector512<T>.Count];
        lanes.Clear();
        rest.CopyTo(lanes);
        return Vector512.Create<T>(lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StoreRest<T>(Vector512<T> value, Span<T> rest)
        where T : unmanaged
    {
        Span<T> lanes = stackalloc T[Vector512<T>.Count];
        value.CopyTo(lanes);
        lanes[..rest.Length].CopyTo(rest);
    }
}
