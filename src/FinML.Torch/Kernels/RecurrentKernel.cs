using System.Numerics;

namespace FinML.Torch.Kernels;

/// <summary>
/// A recurrent layer over one chunk of a batch of sequences, forward and back through time. What the backward pass
/// needs lies chunk after chunk, and inside a chunk in the order in which the steps ran, so that the gradients of the
/// weights are single products over all steps.
/// </summary>
/// <param name="Layout">The sequences.</param>
/// <param name="Reverse">The last step runs first.</param>
/// <param name="Features">Size of x.</param>
/// <param name="Hidden">Size of h.</param>
internal readonly record struct RecurrentKernel<T, TCell>(
    SequenceLayout Layout, bool Reverse, int Features, int Hidden)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCell : struct, IRecurrentCell
{
    /// <summary>Columns of the gates.</summary>
    internal int Width => TCell.Blocks * Hidden;

    /// <summary>Rows of the weights.</summary>
    internal int WeightRows => TCell.Weights * Hidden;

    private int SharedColumns => TCell.Shared * Hidden;

    /// <summary>Elements of a chunk's own gradients: of W_ih, W_hh, and a bias for each gate.</summary>
    internal int PartialLength => (WeightRows * (Features + Hidden)) + Width;

    /// <summary>One bias for each gate: the sum of both where their products are added.</summary>
    internal void Bias(ReadOnlySpan<T> input, ReadOnlySpan<T> hidden, Span<T> bias)
    {
        bias.Clear();
        if (input.IsEmpty)
            return;
        input.CopyTo(bias);
        for (int i = 0; i < SharedColumns; i++)
            bias[i] += hidden[i];
        hidden[SharedColumns..].CopyTo(bias[WeightRows..]);
    }

    /// <summary>Runs the steps of a chunk.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="x">(total, features).</param>
    /// <param name="inputPanels">W_ih^T, packed.</param>
    /// <param name="hiddenPanels">W_hh^T, packed.</param>
    /// <param name="bias">(width).</param>
    /// <param name="h">(batch, hidden): enters as the first state, leaves as the last.</param>
    /// <param name="c">As h, or empty.</param>
    /// <param name="output">(total, hidden), written.</param>
    /// <param name="gates">(total, width) in chunks, written.</param>
    /// <param name="previous">(total, hidden) in chunks, written: h before each step.</param>
    /// <param name="memory">(total, memory hidden) in chunks, written.</param>
    internal void Forward(
        int chunk, ReadOnlySpan<T> x, ReadOnlySpan<T> inputPanels, ReadOnlySpan<T> hiddenPanels, ReadOnlySpan<T> bias,
        Span<T> h, Span<T> c, Span<T> output, Span<T> gates, Span<T> previous, Span<T> memory)
    {
        int first = Layout.First(chunk), at = Layout.Before(chunk), kept = TCell.Memory * Hidden;
        int own = WeightRows - SharedColumns; // columns of h's own products
        for (int step = 0; step < Layout.Steps; step++)
        {
            int t = Reverse ? Layout.Steps - 1 - step : step;
            int rows = Layout.Active(chunk, t), row = Layout.Starts[t] + first;
            if (rows == 0)
                continue;
            Span<T> z = gates.Slice(at * Width, rows * Width);
            Span<T> before = previous.Slice(at * Hidden, rows * Hidden);
            h.Slice(first * Hidden, rows * Hidden).CopyTo(before);
            GemmPanels<T>.Multiply(
                rows, WeightRows, Features, x.Slice(row * Features, rows * Features), Features, inputPanels, z, Width,
                false);
            GemmPanels<T>.Multiply(rows, SharedColumns, Hidden, before, Hidden, hiddenPanels, z, Width, true);
            if (own > 0)
            {
                GemmPanels<T>.Multiply(
                    rows, own, Hidden, before, Hidden, hiddenPanels[(SharedColumns * Hidden)..], z[WeightRows..], Width,
                    false);
            }

            for (int b = 0; b < rows; b++)
            {
                int state = (first + b) * Hidden;
                TCell.Forward(
                    z.Slice(b * Width, Width), bias, before.Slice(b * Hidden, Hidden),
                    output.Slice((row + b) * Hidden, Hidden), kept == 0 ? c : c.Slice(state, Hidden),
                    memory.Slice((at + b) * kept, kept));
                output.Slice((row + b) * Hidden, Hidden).CopyTo(h[state..]);
            }

            at += rows;
        }
    }

    /// <summary>Runs back through the steps of a chunk.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="x">(total, features).</param>
    /// <param name="inputPanels">W_ih, packed; empty where <paramref name="dx"/> is not wanted.</param>
    /// <param name="hiddenPanels">W_hh, packed: its first shared rows, then the others.</param>
    /// <param name="gates">Of the forward pass, as are the next two.</param>
    /// <param name="previous">(total, hidden) in chunks.</param>
    /// <param name="memory">(total, memory hidden) in chunks.</param>
    /// <param name="dOutput">(total, hidden).</param>
    /// <param name="dh">(batch, hidden): enters as the gradient of the last state, leaves as that of the first.</param>
    /// <param name="dc">As dh, or empty.</param>
    /// <param name="dx">(total, features), written, or empty.</param>
    /// <param name="partial">This chunk's gradients of W_ih, W_hh and the biases, written.</param>
    internal void Backward(
        int chunk, ReadOnlySpan<T> x, ReadOnlySpan<T> inputPanels, ReadOnlySpan<T> hiddenPanels,
        ReadOnlySpan<T> gates, ReadOnlySpan<T> previous, ReadOnlySpan<T> memory, ReadOnlySpan<T> dOutput, Span<T> dh,
        Span<T> dc, Span<T> dx, Span<T> partial)
    {
        int first = Layout.First(chunk), kept = TCell.Memory * Hidden, total = Layout.Within(chunk);
        int start = Layout.Before(chunk), at = total, own = WeightRows - SharedColumns;
        T[] scratch = BufferPool<T>.Rent(total * (Width + Features));
        Span<T> dGates = scratch.AsSpan(0, total * Width);
        Span<T> inputs = scratch.AsSpan(total * Width, total * Features); // x in the order of the steps
        for (int step = Layout.Steps - 1; step >= 0; step--)
        {
            int t = Reverse ? Layout.Steps - 1 - step : step;
            int rows = Layout.Active(chunk, t), row = Layout.Starts[t] + first;
            if (rows == 0)
                continue;
            at -= rows;
            Span<T> dz = dGates.Slice(at * Width, rows * Width);
            for (int b = 0; b < rows; b++)
            {
                int state = (first + b) * Hidden, saved = start + at + b;
                TCell.Backward(
                    gates.Slice(saved * Width, Width), dz.Slice(b * Width, Width),
                    previous.Slice(saved * Hidden, Hidden), memory.Slice(saved * kept, kept),
                    dOutput.Slice((row + b) * Hidden, Hidden), dh.Slice(state, Hidden),
                    kept == 0 ? dc : dc.Slice(state, Hidden));
            }

            Span<T> below = dh.Slice(first * Hidden, rows * Hidden);
            GemmPanels<T>.Multiply(
                rows, Hidden, SharedColumns, dz, Width, hiddenPanels, below, Hidden, TCell.PassesState);
            if (own > 0)
            {
                GemmPanels<T>.Multiply(
                    rows, Hidden, own, dz[WeightRows..], Width, hiddenPanels[(SharedColumns * Hidden)..], below, Hidden,
                    true);
            }

            if (!dx.IsEmpty)
            {
                GemmPanels<T>.Multiply(
                    rows, Features, WeightRows, dz, Width, inputPanels, dx.Slice(row * Features, rows * Features),
                    Features, false);
            }

            x.Slice(row * Features, rows * Features).CopyTo(inputs[(at * Features)..]);
        }

        WeightGradients(total, dGates, inputs, previous.Slice(start * Hidden, total * Hidden), partial);
        BufferPool<T>.Return(scratch);
    }

    // dW = dGates^T inputs over all rows of the chunk
    private void WeightGradients(
        int total, ReadOnlySpan<T> dGates, ReadOnlySpan<T> inputs, ReadOnlySpan<T> previous, Span<T> partial)
    {
        Span<T> input = partial[..(WeightRows * Features)], hidden = partial[input.Length..][..(WeightRows * Hidden)];
        Gemm.MultiplyOf(WeightRows, Features, total, dGates, 1, Width, inputs, Features, 1, input, Features, false);
        Gemm.MultiplyOf(SharedColumns, Hidden, total, dGates, 1, Width, previous, Hidden, 1, hidden, Hidden, false);
        if (SharedColumns < WeightRows && total > 0)
        {
            Gemm.MultiplyOf(
                WeightRows - SharedColumns, Hidden, total, dGates[WeightRows..], 1, Width, previous, Hidden, 1,
                hidden[(SharedColumns * Hidden)..], Hidden, false);
        }

        Span<T> bias = partial[(input.Length + hidden.Length)..][..Width];
        bias.Clear();
        VectorSum.AddRows(dGates, bias);
    }
}
