using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Cross-correlation of images (batch, channels, height, width), or of sequences as images of height 1: one matrix
/// product a block of output positions, on the inputs that they see written out as columns, (channels taps, positions),
/// which stay in cache; sequences of many channels go tap by tap instead.
/// y[o, p] = b[o] + sum over channels i and taps j of w[o, i, j] x[i, p stride + j dilation - padding].
/// </summary>
internal readonly partial record struct ConvolutionKernel(
    int Batch, int InChannels, int Height, int Width, int OutChannels, int KernelHeight, int KernelWidth,
    int StrideHeight, int StrideWidth, int PadTop, int PadLeft, int DilationHeight, int DilationWidth, int Groups,
    int OutHeight, int OutWidth)
{
    private const int MostChunks = 8;           // each has a weight gradient of its own
    private const long LeastProducts = 1 << 20; // below, about 20 us, a second thread costs more than it does
    private const int ColumnElements = 1 << 15; // of a block: 128 KiB of float32, inside L2

    internal int InGroup => InChannels / Groups;

    internal int OutGroup => OutChannels / Groups;

    /// <summary>Rows of the columns: what one output position sees.</summary>
    private int Seen => InGroup * KernelHeight * KernelWidth;

    private int Positions => OutHeight * OutWidth;

    /// <summary>Images of a chunk, by the sizes alone.</summary>
    internal int ChunkImages => (long)Batch * OutChannels * Positions * Seen < LeastProducts
        ? Math.Max(Batch, 1)
        : (Batch + MostChunks - 1) / MostChunks;

    internal int Chunks => (Batch + ChunkImages - 1) / ChunkImages;

    /// <summary>Elements of a weight, and so of a chunk's own gradient of it.</summary>
    internal int WeightLength => OutChannels * Seen;

    // The columns are the image itself.
    private bool Pointwise => KernelHeight * KernelWidth * StrideHeight * StrideWidth == 1 && PadTop + PadLeft == 0
        && OutHeight == Height && OutWidth == Width;

    /// <summary>The images of a chunk forward.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="x">(batch, in, height, width).</param>
    /// <param name="weight">(out, in / groups, kernel height, kernel width).</param>
    /// <param name="bias">(out), or empty.</param>
    /// <param name="y">(batch, out, out height, out width), written.</param>
    internal void Forward<T>(
        int chunk, ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged, INumberBase<T>
    {
        T[] scratch = BufferPool<T>.Rent(ColumnScratch), line = BufferPool<T>.Rent(LineLength);
        for (int b = chunk * ChunkImages; b < Math.Min(Batch, (chunk + 1) * ChunkImages); b++)
        {
            for (int g = 0; g < Groups; g++)
            {
                Span<T> output = Part(y, b, g, OutGroup, Positions);
                for (int o = 0; o < OutGroup && !bias.IsEmpty; o++)
                    output.Slice(o * Positions, Positions).Fill(bias[(g * OutGroup) + o]);
                ReadOnlySpan<T> filter = weight.Slice(g * OutGroup * Seen, OutGroup * Seen);
                ReadOnlySpan<T> image = Part(x, b, g, InGroup, Height * Width);
                if (ByTaps)
                {
                    ForwardTaps(image, filter, scratch, output, !bias.IsEmpty);
                    continue;
                }

                for (int first = 0; first < Positions;)
                {
                    int count = Block(first);
                    ReadOnlySpan<T> columns = Columns(image, first, count, scratch, line, out int row);
                    Gemm.MultiplyOf(
                        OutGroup, count, Seen, filter, Seen, 1, columns, row, 1, output[first..], Positions,
                        !bias.IsEmpty);
                    first += count;
                }
            }
        }

        BufferPool<T>.Return(scratch);
        BufferPool<T>.Return(line);
    }

    /// <summary>The gradient of the images of a chunk: dx (+)= W^T dy at the places that were seen.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="dy">(batch, out, out height, out width).</param>
    /// <param name="weight">(out, in / groups, kernel height, kernel width).</param>
    /// <param name="dx">(batch, in, height, width), written.</param>
    /// <param name="add">Whether to add to what is in dx.</param>
    internal void BackwardInput<T>(int chunk, ReadOnlySpan<T> dy, ReadOnlySpan<T> weight, Span<T> dx, bool add)
        where T : unmanaged, INumberBase<T>
    {
        int row = LargestBlock + (2 * Reach), last = 0; // between margins of zeros
        T[] scratch = BufferPool<T>.Rent(
            Lines && !ByTaps ? (Seen * row) + Vector512<T>.Count : ColumnScratch);
        for (int b = chunk * ChunkImages; b < Math.Min(Batch, (chunk + 1) * ChunkImages); b++)
        {
            for (int g = 0; g < Groups; g++)
            {
                ReadOnlySpan<T> filter = weight.Slice(g * OutGroup * Seen, OutGroup * Seen);
                ReadOnlySpan<T> above = Part(dy, b, g, OutGroup, Positions);
                Span<T> image = Part(dx, b, g, InGroup, Height * Width);
                if (ByTaps)
                {
                    BackwardInputTaps(above, filter, scratch, image, add);
                    continue;
                }

                if (!add)
                    image.Clear();
                for (int first = 0; first < Positions;)
                {
                    int count = Block(first);
                    if (Pointwise)
                    {
                        Gemm.MultiplyOf(
                            Seen, count, OutGroup, filter, 1, Seen, above[first..], Positions, 1, image[first..],
                            Positions, true);
                    }
                    else if (Lines)
                    {
                        if (count != last)
                            scratch.AsSpan().Clear();
                        last = count;
                        Gemm.MultiplyOf<T>(
                            Seen, count, OutGroup, filter, 1, Seen, above[first..], Positions, 1,
                            scratch.AsSpan(Reach), row, false);
                        AddLines(scratch, row, first, count, image);
                    }
                    else
                    {
                        Gemm.MultiplyOf<T>(
                            Seen, count, OutGroup, filter, 1, Seen, above[first..], Positions, 1, scratch, count,
                            false);
                        AddColumns(scratch, first, count, image);
                    }

                    first += count;
                }
            }
        }

        BufferPool<T>.Return(scratch);
    }

    /// <summary>The gradient of the weight from the images of a chunk.</summary>
    /// <param name="chunk">Which.</param>
    /// <param name="dy">(batch, out, out height, out width).</param>
    /// <param name="x">(batch, in, height, width).</param>
    /// <param name="partial">(groups, in taps, out / groups), or (groups, out / groups, taps in) tap by tap, written.
    /// </param>
    internal void BackwardWeight<T>(int chunk, ReadOnlySpan<T> dy, ReadOnlySpan<T> x, Span<T> partial)
        where T : unmanaged, INumberBase<T>
    {
        partial.Clear();
        T[] scratch = BufferPool<T>.Rent(ColumnScratch), line = BufferPool<T>.Rent(LineLength);
        for (int b = chunk * ChunkImages; b < Math.Min(Batch, (chunk + 1) * ChunkImages); b++)
        {
            for (int g = 0; g < Groups; g++)
            {
                ReadOnlySpan<T> above = Part(dy, b, g, OutGroup, Positions);
                ReadOnlySpan<T> image = Part(x, b, g, InGroup, Height * Width);
                Span<T> own = partial.Slice(g * OutGroup * Seen, OutGroup * Seen);
                if (ByTaps)
                {
                    BackwardWeightTaps(above, image, scratch, own);
                    continue;
                }

                for (int first = 0; first < Positions;)
                {
                    // columns dy^T: of the two, dy is the smaller to turn
                    int count = Block(first);
                    ReadOnlySpan<T> columns = Columns(image, first, count, scratch, line, out int row);
                    Gemm.MultiplyOf(
                        Seen, OutGroup, count, columns, row, 1, above[first..], 1, Positions, own, OutGroup, true);
                    first += count;
                }
            }
        }

        BufferPool<T>.Return(scratch);
        BufferPool<T>.Return(line);
    }

    /// <summary>The gradient of the bias from the images of a chunk.</summary>
    internal void BackwardBias<T>(int chunk, ReadOnlySpan<T> dy, Span<T> partial)
        where T : unmanaged, INumberBase<T>
    {
        int image = OutChannels * Positions, from = chunk * ChunkImages, end = Math.Min(Batch, from + ChunkImages);
        partial.Clear();
        AddPlanes(Positions, dy[(from * image)..(end * image)], partial);
    }

    /// <summary>bias[c] += the sums over batch and plane of channel c; dy (batch, channels, plane).</summary>
    internal static void AddPlanes<T>(int plane, ReadOnlySpan<T> dy, Span<T> bias)
        where T : unmanaged, INumberBase<T>
    {
        for (int row = 0; row * plane < dy.Length; row++)
            bias[row % bias.Length] += VectorSum.SumOf(dy.Slice(row * plane, plane));
    }

    /// <summary>weight += the sum of the chunks' gradients, in the order of the chunks; partials (chunks, weight) are
    /// overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void SumWeights<T>(Span<T> partials, Span<T> weight)
        where T : unmanaged, INumberBase<T>
    {
        if (partials.IsEmpty)
            return;
        int length = WeightLength, seen = Seen, outGroup = OutGroup, taps = KernelWidth;
        bool byTaps = ByTaps;
        Span<T> sum = partials[..length];
        VectorSum.AddRows(partials[length..], sum);
        for (int g = 0; g < Groups; g++)
        {
            ReadOnlySpan<T> own = sum.Slice(g * outGroup * seen, outGroup * seen); // (seen, out) or (out, taps, in)
            Span<T> target = weight.Slice(g * outGroup * seen, outGroup * seen);   // (out, seen)
            for (int o = 0; o < outGroup; o++)
            {
                Span<T> row = target.Slice(o * seen, seen);
                if (!byTaps)
                {
                    for (int i = 0; i < row.Length; i++)
                        row[i] += own[(i * outGroup) + o];
                    continue;
                }

                for (int j = 0, at = o * seen; j < taps; j++)
                {
                    for (int i = j; i < row.Length; i += taps)
                        row[i] += own[at++];
                }
            }
        }
    }

    /// <summary>From the first tap to the last.</summary>
    private int Reach => (KernelWidth - 1) * DilationWidth;

    private int ColumnScratch => ByTaps ? TapScratch : Seen * LargestBlock;

    private int LineLength => Math.Min(OutWidth, LargestBlock) + Reach + Vector512<byte>.Count;

    // A block is part of one row of the output, neighbours of which see neighbours.
    private bool Lines => StrideWidth == 1 && Reach <= LargestBlock && (OutHeight == 1 || OutWidth >= LargestBlock);

    private int LargestBlock => Math.Max(1, Math.Min(Positions, Math.Max(ColumnElements / Math.Max(1, Seen), 64)));

    // Output positions of the block that starts at one: whole rows where a row fits, else part of one.
    private int Block(int first) => OutWidth <= LargestBlock
        ? Math.Min(Positions - first, LargestBlock / OutWidth * OutWidth)
        : Math.Min(LargestBlock, OutWidth - (first % OutWidth));

    private Span<T> Part<T>(Span<T> tensor, int b, int g, int channels, int plane) =>
        tensor.Slice(((b * Groups) + g) * channels * plane, channels * plane);

    private ReadOnlySpan<T> Part<T>(ReadOnlySpan<T> tensor, int b, int g, int channels, int plane) =>
        tensor.Slice(((b * Groups) + g) * channels * plane, channels * plane);
}
