using System.Runtime.CompilerServices;

namespace FinML.Markets;

/// <summary>One number.</summary>
internal readonly struct OneReal(double value) : IReal<OneReal>
{
    internal double Value { get; } = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneReal Of(double value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneReal operator +(OneReal a, OneReal b) => new(a.Value + b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneReal operator -(OneReal a, OneReal b) => new(a.Value - b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneReal operator *(OneReal a, OneReal b) => new(a.Value * b.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneReal operator /(OneReal a, OneReal b) => new(a.Value / b.Value);
}
