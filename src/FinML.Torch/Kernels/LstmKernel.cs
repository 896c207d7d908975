using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// A long short-term memory layer over a whole sequence (Hochreiter and Schmidhuber, 1997; forget gate: Gers,
/// Schmidhuber and Cummins, 2000), in PyTorch's order of gates i, f, g, o:
/// c' = f c + i g; h' = o tanh(c'). Buffers are time-major; a layer that runs backwards is given the flipped sequence.
/// </summary>
internal static class LstmKernel
{
    /// <summary>Runs the recurrence; <paramref name="gates"/> enters with x W_ih^T + b and leaves activated.</summary>
    /// <param name="steps">Length of the sequence.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="hidden">Size of h and c.</param>
    /// <param name="weight">W_hh (4 hidden, hidden).</param>
    /// <param name="gates">(steps, batch, 4 hidden).</param>
    /// <param name="h">(steps + 1, batch, hidden): slot 0 holds the start, slot s + 1 the state after step s.
    /// </param>
    /// <param name="c">As h.</param>
    /// <param name="tanhC">(steps, batch, hidden), tanh of the new c.</param>
    internal static void Forward<T>(
        int steps, int batch, int hidden, ReadOnlySpan<T> weight, Span<T> gates, Span<T> h, Span<T> c,
        Span<T> tanhC)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int state = batch * hidden, width = 4 * hidden;
        T[] transposed = new T[width * hidden]; // (hidden, 4 hidden): every step reads it without packing
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < hidden; j++)
                transposed[(j * width) + i] = weight[(i * hidden) + j];
        }

        for (int s = 0; s < steps; s++)
        {
            Span<T> z = gates.Slice(s * batch * width, batch * width);
            Gemm.MultiplyOf<T>(
                batch, width, hidden, h.Slice(s * state, state), hidden, 1, transposed, width, 1, z, width, true);
            for (int b = 0; b < batch; b++)
            {
                int at = (s * state) + (b * hidden);
                Cell(
                    z.Slice(b * width, width), c.Slice(at, hidden), c.Slice(at + state, hidden),
                    tanhC.Slice(at, hidden), h.Slice(at + state, hidden));
            }
        }
    }

    /// <summary>Backpropagation through time.</summary>
    /// <param name="steps">Length of the sequence.</param>
    /// <param name="batch">Sequences.</param>
    /// <param name="hidden">Size of h and c.</param>
    /// <param name="weight">W_hh (4 hidden, hidden).</param>
    /// <param name="gates">(steps, batch, 4 hidden), activated.</param>
    /// <param name="c">(steps + 1, batch, hidden) of the forward pass.</param>
    /// <param name="tanhC">(steps, batch, hidden) of the forward pass.</param>
    /// <param name="dOutput">(steps, batch, hidden).</param>
    /// <param name="dGates">(steps, batch, 4 hidden), written: the gradient of the gates before activation.</param>
    /// <param name="dh">(batch, hidden): enters as the gradient of the last h, leaves as that of the first.</param>
    /// <param name="dc">As dh.</param>
    internal static void Backward<T>(
        int steps, int batch, int hidden, ReadOnlySpan<T> weight, ReadOnlySpan<T> gates, ReadOnlySpan<T> c,
        ReadOnlySpan<T> tanhC, ReadOnlySpan<T> dOutput, Span<T> dGates, Span<T> dh, Span<T> dc)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int state = batch * hidden, width = 4 * hidden;
        for (int s = steps - 1; s >= 0; s--)
        {
            ReadOnlySpan<T> z = gates.Slice(s * batch * width, batch * width);
            Span<T> dz = dGates.Slice(s * batch * width, batch * width);
            for (int b = 0; b < batch; b++)
            {
                int at = (s * state) + (b * hidden);
                CellGradient(
                    z.Slice(b * width, width), dz.Slice(b * width, width), c.Slice(at, hidden), tanhC.Slice(at, hidden),
                    dOutput.Slice((s * state) + (b * hidden), hidden), dh.Slice(b * hidden, hidden),
                    dc.Slice(b * hidden, hidden));
            }

            Gemm.MultiplyOf<T>(batch, hidden, width, dz, width, 1, weight, hidden, 1, dh, hidden, false);
        }
    }

    /// <summary>One step of one sequence: gates (4 hidden) are activated in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Cell<T>(Span<T> gates, ReadOnlySpan<T> c, Span<T> newC, Span<T> tanhC, Span<T> newH)
        where T : unmanaged
    {
        int hidden = c.Length;
        Span<T> zi = gates[..hidden], zf = gates.Slice(hidden, hidden);
        Span<T> zg = gates.Slice(2 * hidden, hidden), zo = gates.Slice(3 * hidden, hidden);
        for (int j = 0; j < hidden; j += Vector512<T>.Count)
        {
            Vector512<T> i = VectorMath.SigmoidOf(LanePart.Load<T>(zi, j));
            Vector512<T> f = VectorMath.SigmoidOf(LanePart.Load<T>(zf, j));
            Vector512<T> g = VectorMath.TanhOf(LanePart.Load<T>(zg, j));
            Vector512<T> o = VectorMath.SigmoidOf(LanePart.Load<T>(zo, j));
            Vector512<T> next = VectorMath.MultiplyAdd(f, LanePart.Load(c, j), i * g);
            Vector512<T> squashed = VectorMath.TanhOf(next);
            LanePart.Store(i, zi, j);
            LanePart.Store(f, zf, j);
            LanePart.Store(g, zg, j);
            LanePart.Store(o, zo, j);
            LanePart.Store(next, newC, j);
            LanePart.Store(squashed, tanhC, j);
            LanePart.Store(o * squashed, newH, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CellGradient<T>(
        ReadOnlySpan<T> gates, Span<T> dGates, ReadOnlySpan<T> c, ReadOnlySpan<T> tanhC, ReadOnlySpan<T> dOutput,
        ReadOnlySpan<T> dh, Span<T> dc)
        where T : unmanaged
    {
        int hidden = c.Length;
        ReadOnlySpan<T> zi = gates[..hidden], zf = gates.Slice(hidden, hidden);
        ReadOnlySpan<T> zg = gates.Slice(2 * hidden, hidden), zo = gates.Slice(3 * hidden, hidden);
        Span<T> di = dGates[..hidden], df = dGates.Slice(hidden, hidden);
        Span<T> dg = dGates.Slice(2 * hidden, hidden), dO = dGates.Slice(3 * hidden, hidden);
        Vector512<T> one = Vector512<T>.One;
        for (int j = 0; j < hidden; j += Vector512<T>.Count)
        {
            Vector512<T> i = LanePart.Load(zi, j), f = LanePart.Load(zf, j);
            Vector512<T> g = LanePart.Load(zg, j), o = LanePart.Load(zo, j);
            Vector512<T> squashed = LanePart.Load(tanhC, j);
            Vector512<T> up = LanePart.Load(dh, j) + LanePart.Load(dOutput, j);

            // dc' = dc + dh o (1 - tanh(c')^2)
            Vector512<T> down = VectorMath.MultiplyAdd(
                up * o, one - (squashed * squashed), LanePart.Load<T>(dc, j));
            LanePart.Store(down * g * i * (one - i), di, j);
            LanePart.Store(down * LanePart.Load(c, j) * f * (one - f), df, j);
            LanePart.Store(down * i * (one - (g * g)), dg, j);
            LanePart.Store(up * squashed * o * (one - o), dO, j);
            LanePart.Store(down * f, dc, j);
        }
    }
}
