using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>The queries of a register: as many as it has lanes, or the last few. A type, so that the loops over full
/// registers are compiled without the other case.</summary>
internal interface IQueryLanes
{
    static abstract Vector512<T> Load<T>(ReadOnlySpan<T> source, int at, int lanes)
        where T : unmanaged;

    static abstract void Store<T>(Vector512<T> value, Span<T> target, int at, int lanes)
        where T : unmanaged;
}

/// <summary>A full register, without a check of bounds: the loops of the attention stay inside.</summary>
internal readonly struct FullRegister : IQueryLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load<T>(ReadOnlySpan<T> source, int at, int lanes)
        where T : unmanaged => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(source), (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(Vector512<T> value, Span<T> target, int at, int lanes)
        where T : unmanaged => value.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)at);
}

/// <summary>The first lanes of a register.</summary>
internal readonly struct PartOfRegister : IQueryLanes
{
    public static Vector512<T> Load<T>(ReadOnlySpan<T> source, int at, int lanes)
        where T : unmanaged => LanePart.Load(source.Slice(at, lanes), 0);

    public static void Store<T>(Vector512<T> value, Span<T> target, int at, int lanes)
        where T : unmanaged => LanePart.Store(value, target.Slice(at, lanes), 0);
}
