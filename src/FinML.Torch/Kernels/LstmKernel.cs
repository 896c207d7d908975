using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate: Gers, Schmidhuber and Cummins, 2000), in
/// PyTorch's order of gates i, f, g, o: c' = f c + i g; h' = o tanh(c'). Remembers c and tanh(c').
/// </summary>
internal readonly struct LstmKernel : IRecurrentCell
{
    public static int Blocks => 4;

    public static int Weights => 4;

    public static int Shared => 4;

    public static int Memory => 2;

    public static bool PassesState => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(
        Span<T> gates, ReadOnlySpan<T> bias, ReadOnlySpan<T> previous, Span<T> h, Span<T> c, Span<T> memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int hidden = h.Length;
        Span<T> zi = gates[..hidden], zf = gates.Slice(hidden, hidden);
        Span<T> zg = gates.Slice(2 * hidden, hidden), zo = gates.Slice(3 * hidden, hidden);
        ReadOnlySpan<T> bi = bias[..hidden], bf = bias.Slice(hidden, hidden);
        ReadOnlySpan<T> bg = bias.Slice(2 * hidden, hidden), bo = bias.Slice(3 * hidden, hidden);
        Span<T> before = memory[..hidden], tanhC = memory.Slice(hidden, hidden);
        for (int j = 0; j < hidden; j += Vector512<T>.Count)
        {
            Vector512<T> i = VectorMath.SigmoidOf(LanePart.Load<T>(zi, j) + LanePart.Load(bi, j));
            Vector512<T> f = VectorMath.SigmoidOf(LanePart.Load<T>(zf, j) + LanePart.Load(bf, j));
            Vector512<T> g = VectorMath.TanhOf(LanePart.Load<T>(zg, j) + LanePart.Load(bg, j));
            Vector512<T> o = VectorMath.SigmoidOf(LanePart.Load<T>(zo, j) + LanePart.Load(bo, j));
            Vector512<T> old = LanePart.Load<T>(c, j);
            Vector512<T> next = VectorMath.MultiplyAdd(f, old, i * g);
            Vector512<T> squashed = VectorMath.TanhOf(next);
            LanePart.Store(i, zi, j);
            LanePart.Store(f, zf, j);
            LanePart.Store(g, zg, j);
            LanePart.Store(o, zo, j);
            LanePart.Store(old, before, j);
            LanePart.Store(squashed, tanhC, j);
            LanePart.Store(next, c, j);
            LanePart.Store(o * squashed, h, j);
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
        ReadOnlySpan<T> zi = gates[..hidden], zf = gates.Slice(hidden, hidden);
        ReadOnlySpan<T> zg = gates.Slice(2 * hidden, hidden), zo = gates.Slice(3 * hidden, hidden);
        ReadOnlySpan<T> before = memory[..hidden], tanhC = memory.Slice(hidden, hidden);
        Span<T> di = dGates[..hidden], df = dGates.Slice(hidden, hidden);
        Span<T> dg = dGates.Slice(2 * hidden, hidden), dO = dGates.Slice(3 * hidden, hidden);
        Vector512<T> one = Vector512<T>.One;
        for (int j = 0; j < hidden; j += Vector512<T>.Count)
        {
            Vector512<T> i = LanePart.Load(zi, j), f = LanePart.Load(zf, j);
            Vector512<T> g = LanePart.Load(zg, j), o = LanePart.Load(zo, j);
            Vector512<T> squashed = LanePart.Load(tanhC, j);
            Vector512<T> up = LanePart.Load<T>(dh, j) + LanePart.Load(dOutput, j);

            // dc' = dc + dh o (1 - tanh(c')^2)
            Vector512<T> down = VectorMath.MultiplyAdd(
                up * o, one - (squashed * squashed), LanePart.Load<T>(dc, j));
            LanePart.Store(down * g * i * (one - i), di, j);
            LanePart.Store(down * LanePart.Load(before, j) * f * (one - f), df, j);
            LanePart.Store(down * i * (one - (g * g)), dg, j);
            LanePart.Store(up * squashed * o * (one - o), dO, j);
            LanePart.Store(down * f, dc, j);
        }
    }
}
