using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Gated recurrent unit (Cho et al., 2014, in the form of cuDNN and PyTorch), gates r, z, n:
/// n = tanh(x W_in^T + b_in + r (h W_hn^T + b_hn)); h' = (1 - z) n + z h. The fourth block of the gates is the product
/// of h that r scales.
/// </summary>
internal readonly struct GruKernel : IRecurrentCell
{
    public static int Blocks => 4;

    public static int Weights => 3;

    public static int Shared => 2;

    public static int Memory => 0;

    public static bool PassesState => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(
        Span<T> gates, ReadOnlySpan<T> bias, ReadOnlySpan<T> previous, Span<T> h, Span<T> c, Span<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int hidden = h.Length;
        Span<T> zr = gates[..hidden], zz = gates.Slice(hidden, hidden);
        Span<T> zn = gates.Slice(2 * hidden, hidden), zh = gates.Slice(3 * hidden, hidden);
        ReadOnlySpan<T> br = bias[..hidden], bz = bias.Slice(hidden, hidden);
        ReadOnlySpan<T> bn = bias.Slice(2 * hidden, hidden), bh = bias.Slice(3 * hidden, hidden);
        for (int j = 0; j < hidden; j += Vector512<T>.Count)
        {
            Vector512<T> r = VectorMath.SigmoidOf(LanePart.Load<T>(zr, j) + LanePart.Load(br, j));
            Vector512<T> z = VectorMath.SigmoidOf(LanePart.Load<T>(zz, j) + LanePart.Load(bz, j));
            Vector512<T> inner = LanePart.Load<T>(zh, j) + LanePart.Load(bh, j);
            Vector512<T> n = VectorMath.TanhOf(
                VectorMath.MultiplyAdd(r, inner, LanePart.Load<T>(zn, j) + LanePart.Load(bn, j)));
            LanePart.Store(r, zr, j);
            LanePart.Store(z, zz, j);
            LanePart.Store(n, zn, j);
            LanePart.Store(inner, zh, j);
            LanePart.Store(VectorMath.MultiplyAdd(z, LanePart.Load(previous, j) - n, n), h, j);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<T>(
        ReadOnlySpan<T> gates, Span<T> dGates, ReadOnlySpan<T> previous, ReadOnlySpan<T> memory,
        ReadOnlySpan<T> dOutput, Span<T> dh, Span<T> dc)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int hidden = dh.Length;
        ReadOnlySpan<T> zr = gates[..hidden], zz = gates.Slice(hidden, hidden);
        ReadOnlySpan<T> zn = gates.Slice(2 * hidden, hidden), zh = gates.Slice(3 * hidden, hidden);
        Span<T> dr = dGates[..hidden], dz = dGates.Slice(hidden, hidden);
        Span<T> dn = dGates.Slice(2 * hidden, hidden), dInner = dGates.Slice(3 * hidden, hidden);
        Vector512<T> one = Vector512<T>.One;
        for (int j = 0; j < hidden; j += Vector512<T>.Count)
        {
            Vector512<T> r = LanePart.Load(zr, j), z = LanePart.Load(zz, j), n = LanePart.Load(zn, j);
            Vector512<T> up = LanePart.Load<T>(dh, j) + LanePart.Load(dOutput, j);
            Vector512<T> candidate = up * (one - z) * (one - (n * n));
            LanePart.Store(candidate * LanePart.Load(zh, j) * r * (one - r), dr, j);
            LanePart.Store(up * (LanePart.Load(previous, j) - n) * z * (one - z), dz, j);
            LanePart.Store(candidate, dn, j);
            LanePart.Store(candidate * r, dInner, j);
            LanePart.Store(up * z, dh, j);
        }
    }
}
