using System.Runtime.CompilerServices;

namespace FinML.Markets;

/// <summary>
/// Sine and cosine of angles up to <see cref="Limit"/> by their power series, in operations that a vector register has:
/// the same bits alone and in a batch, on every machine. The series stop where the next term is below a hundredth of
/// the last bit.
/// </summary>
internal static class SmallAngle
{
    /// <summary>The largest |angle|, in radians.</summary>
    internal const double Limit = 0.25;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T Sine, T Cosine) SineCosine<T>(T angle)
        where T : struct, IReal<T>
    {
        T z = angle * angle;

        // sin x = x + x z (-1/3! + z/5! - z²/7! + z³/9! - z⁴/11!)
        T s = T.Of(1.0 / 362880) - z * T.Of(1.0 / 39916800);
        s = T.Of(-1.0 / 5040) + z * s;
        s = T.Of(1.0 / 120) + z * s;
        s = T.Of(-1.0 / 6) + z * s;

        // cos x = 1 - z (1/2! - z/4! + z²/6! - z³/8! + z⁴/10! - z⁵/12!)
        T c = T.Of(1.0 / 3628800) - z * T.Of(1.0 / 479001600);
        c = T.Of(-1.0 / 40320) + z * c;
        c = T.Of(1.0 / 720) + z * c;
        c = T.Of(-1.0 / 24) + z * c;
        c = T.Of(0.5) + z * c;
        return (angle + angle * z * s, T.Of(1) - z * c);
    }
}
