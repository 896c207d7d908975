using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// y = max(x W1^T + b1, 0) keep W2^T + b2 in blocks of rows, whose hidden units stay in cache between the products and
/// the function. A chunk is a run of blocks with weight gradients of its own.
/// </summary>
internal readonly record struct FeedForwardKernel<T>(int Rows, int Inputs, int Hidden, int Outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockRows = 96;  // eight tiles of the product
    private const int MostChunks = 8;

    /// <summary>Rows of a chunk: whole blocks, by the sizes alone.</summary>
    internal int ChunkRows => BlockRows * Math.Max(1, (Rows + (BlockRows * MostChunks) - 1) / (BlockRows * MostChunks));

    internal int Chunks => (Rows + ChunkRows - 1) / ChunkRows;

    /// <summary>Elements of a chunk's own gradients: of W1, b1, W2, b2.</summary>
    internal int PartialLength => (Hidden * (Inputs + 1)) + (Outputs * (Hidden + 1));

    /// <summary>One chunk forward.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="x">(rows, inputs).</param>
    /// <param name="firstPanels">W1^T, packed.</param>
    /// <param name="firstBias">(hidden), or empty.</param>
    /// <param name="secondPanels">W2^T, packed.</param>
    /// <param name="secondBias">(outputs), or empty.</param>
    /// <param name="keep">(rows, hidden): factors of the hidden units, or empty.</param>
    /// <param name="hidden">(rows, hidden), written: the units as they met W2.</param>
    /// <param name="y">(rows, outputs), written.</param>
    internal void Forward(
        int chunk, ReadOnlySpan<T> x, ReadOnlySpan<T> firstPanels, ReadOnlySpan<T> firstBias,
        ReadOnlySpan<T> secondPanels, ReadOnlySpan<T> secondBias, ReadOnlySpan<T> keep, Span<T> hidden, Span<T> y)
    {
        int end = Math.Min(Rows, (chunk + 1) * ChunkRows);
        for (int first = chunk * ChunkRows; first < end; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, end - first);
            Span<T> units = hidden.Slice(first * Hidden, rows * Hidden);
            Span<T> target = y.Slice(first * Outputs, rows * Outputs);
            GemmPanels<T>.Multiply(
                rows, Hidden, Inputs, x.Slice(first * Inputs, rows * Inputs), Inputs, firstPanels, units, Hidden,
                false);
            for (int i = 0; i < rows; i++)
            {
                int at = (first + i) * Hidden;
                Rectify(firstBias, keep.IsEmpty ? keep : keep.Slice(at, Hidden), hidden.Slice(at, Hidden));
            }

            for (int i = 0; i < rows && !secondBias.IsEmpty; i++)
                secondBias.CopyTo(target[(i * Outputs)..]);
            GemmPanels<T>.Multiply(
                rows, Outputs, Hidden, units, Hidden, secondPanels, target, Outputs, !secondBias.IsEmpty);
        }
    }

    /// <summary>One chunk backward.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="x">(rows, inputs).</param>
    /// <param name="firstPanels">W1, packed; empty where <paramref name="dx"/> is not wanted.</param>
    /// <param name="secondPanels">W2, packed.</param>
    /// <param name="hidden">Of the forward pass.</param>
    /// <param name="keepFactor">What kept units were multiplied with.</param>
    /// <param name="dy">(rows, outputs).</param>
    /// <param name="dx">(rows, inputs), written, or empty.</param>
    /// <param name="partial">This chunk's gradients of W1, b1, W2, b2, written.</param>
    internal void Backward(
        int chunk, ReadOnlySpan<T> x, ReadOnlySpan<T> firstPanels, ReadOnlySpan<T> secondPanels,
        ReadOnlySpan<T> hidden, T keepFactor, ReadOnlySpan<T> dy, Span<T> dx, Span<T> partial)
    {
        Span<T> firstWeight = partial[..(Hidden * Inputs)], firstBias = partial.Slice(firstWeight.Length, Hidden);
        Span<T> secondWeight = partial.Slice(firstWeight.Length + Hidden, Outputs * Hidden);
        Span<T> secondBias = partial.Slice(firstWeight.Length + Hidden + secondWeight.Length, Outputs);
        partial[..PartialLength].Clear();
        T[] scratch = BufferPool<T>.Rent(BlockRows * Hidden);
        int end = Math.Min(Rows, (chunk + 1) * ChunkRows);
        for (int first = chunk * ChunkRows; first < end; first += BlockRows)
        {
            int rows = Math.Min(BlockRows, end - first);
            ReadOnlySpan<T> inputs = x.Slice(first * Inputs, rows * Inputs);
            ReadOnlySpan<T> units = hidden.Slice(first * Hidden, rows * Hidden);
            ReadOnlySpan<T> above = dy.Slice(first * Outputs, rows * Outputs);
            Span<T> d = scratch.AsSpan(0, rows * Hidden);
            GemmPanels<T>.Multiply(rows, Hidden, Outputs, above, Outputs, secondPanels, d, Hidden, false);
            Masked(units, keepFactor, d);
            if (!dx.IsEmpty)
            {
                GemmPanels<T>.Multiply(
                    rows, Inputs, Hidden, d, Hidden, firstPanels, dx.Slice(first * Inputs, rows * Inputs), Inputs,
                    false);
            }

            Gemm.MultiplyOf<T>(Hidden, Inputs, rows, d, 1, Hidden, inputs, Inputs, 1, firstWeight, Inputs, true);
            Gemm.MultiplyOf(Outputs, Hidden, rows, above, 1, Outputs, units, Hidden, 1, secondWeight, Hidden, true);
            VectorSum.AddRows<T>(d, firstBias);
            VectorSum.AddRows(above, secondBias);
        }

        BufferPool<T>.Return(scratch);
    }

    // units = max(units + bias, 0) keep
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify(ReadOnlySpan<T> bias, ReadOnlySpan<T> keep, Span<T> units)
    {
        for (int j = 0; j < units.Length; j += Vector512<T>.Count)
        {
            Vector512<T> value = LanePart.Load<T>(units, j);
            if (!bias.IsEmpty)
                value += LanePart.Load(bias, j);
            value = Vector512.Max(value, Vector512<T>.Zero);
            LanePart.Store(keep.IsEmpty ? value : value * LanePart.Load(keep, j), units, j);
        }
    }

    // d = d factor where the unit is above 0, else 0: a dropped unit is 0
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Masked(ReadOnlySpan<T> units, T keepFactor, Span<T> d)
    {
        Vector512<T> factor = Vector512.Create(keepFactor);
        for (int j = 0; j < d.Length; j += Vector512<T>.Count)
        {
            Vector512<T> passes = Vector512.GreaterThan(LanePart.Load(units, j), Vector512<T>.Zero);
            LanePart.Store(
                Vector512.ConditionalSelect(passes, LanePart.Load<T>(d, j) * factor, Vector512<T>.Zero), d, j);
        }
    }
}
