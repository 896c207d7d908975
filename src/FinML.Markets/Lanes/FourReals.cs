using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Markets;

/// <summary>Four numbers in a vector register (two where registers hold 128 bits).</summary>
internal readonly struct FourReals(Vector256<double> value) : IReal<FourReals>
{
    /// <summary>How many there are.</summary>
    internal const int Count = 4;

    internal Vector256<double> Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourReals Of(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourReals operator +(FourReals a, FourReals b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourReals operator -(FourReals a, FourReals b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourReals operator *(FourReals a, FourReals b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourReals operator /(FourReals a, FourReals b) => new(a.Value / b.Value);
}
