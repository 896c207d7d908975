using System.Numerics;

namespace FinML.Torch.Kernels;

/// <summary>
/// Sequences of many channels, tap by tap: what one tap sees is a shifted view of the input between zeros, so that a
/// block of positions is copied once, not once for each tap, and a product adds each tap's share to the same chains.
/// </summary>
internal readonly partial record struct ConvolutionKernel
{
    private const int FewestForTaps = 16; // channels: the sums of a tap are loaded and stored once for so many products

    private bool ByTaps => Height * KernelHeight * OutHeight * StrideWidth == 1 && PadTop == 0 && KernelWidth > 1
        && Math.Min(InGroup, OutGroup) >= FewestForTaps && DilationWidth <= LargestBlock;

    /// <summary>output (out, positions) += the sum over taps j of W_j (out, in) x_j (in, positions).</summary>
    private void ForwardTaps<T>(
        ReadOnlySpan<T> image, ReadOnlySpan<T> filter, Span<T> scratch, Span<T> output, bool add)
        where T : unmanaged
    {
        for (int first = 0, count; first < OutWidth; first += count)
        {
            count = Math.Min(LargestBlock, OutWidth - first);
            int row = count + Reach;
            PadRows(image, InGroup, Width, first - PadLeft, row, scratch);
            for (int j = 0; j < KernelWidth; j++)
            {
                Gemm.MultiplyOf(
                    OutGroup, count, InGroup, filter[j..], Seen, KernelWidth, scratch[(j * DilationWidth)..], row, 1,
                    output[first..], OutWidth, add || j > 0);
            }
        }
    }

    /// <summary>image (in, width) += the sum over taps j of W_j^T (in, out) dy_j (out, width): position i is what tap j
    /// of output position i + padding - j dilation saw.</summary>
    private void BackwardInputTaps<T>(
        ReadOnlySpan<T> above, ReadOnlySpan<T> filter, Span<T> scratch, Span<T> image, bool add)
        where T : unmanaged
    {
        for (int first = 0, count; first < Width; first += count)
        {
            count = Math.Min(LargestBlock, Width - first);
            int row = count + Reach;
            PadRows(above, OutGroup, OutWidth, first + PadLeft - Reach, row, scratch);
            for (int j = 0; j < KernelWidth; j++)
            {
                Gemm.MultiplyOf(
                    InGroup, count, OutGroup, filter[j..], KernelWidth, Seen,
                    scratch[(Reach - (j * DilationWidth))..], row, 1, image[first..], Width, add || j > 0);
            }
        }
    }

    /// <summary>partial (out, taps, in) += dy (out, positions) x_j^T (positions, in) for each tap j.</summary>
    private void BackwardWeightTaps<T>(
        ReadOnlySpan<T> above, ReadOnlySpan<T> image, Span<T> scratch, Span<T> partial)
        where T : unmanaged
    {
        // Undilated taps see neighbours, which lie one behind the other: one product does all.
        int joined = DilationWidth == 1 ? KernelWidth : 1;
        for (int first = 0, count; first < OutWidth; first += count)
        {
            count = Math.Min(LargestBlock, OutWidth - first);
            TurnRows(image, first - PadLeft, count + Reach, scratch);
            for (int j = 0; j < KernelWidth; j += joined)
            {
                Gemm.MultiplyOf(
                    OutGroup, joined * InGroup, count, above[first..], OutWidth, 1,
                    scratch[(j * DilationWidth * InGroup)..], InGroup, 1, partial[(j * InGroup)..], Seen, true);
            }
        }
    }

    // target (rows, count) = elements left .. left + count of each row, zeros outside it.
    private static void PadRows<T>(
        ReadOnlySpan<T> source, int rows, int length, int left, int count, Span<T> target)
        where T : unmanaged
    {
        (int from, int end) = Overlap(length, left, count);
        for (int r = 0; r < rows; r++)
        {
            Span<T> own = target.Slice(r * count, count);
            own[..from].Clear();
            own[end..].Clear();
            if (from < end)
                source.Slice((r * length) + left + from, end - from).CopyTo(own[from..]);
        }
    }

    // target (count, in) = the same of the image, turned over.
    private unsafe void TurnRows<T>(ReadOnlySpan<T> image, int left, int count, Span<T> target)
        where T : unmanaged
    {
        (int from, int end) = Overlap(Width, left, count);
        target[..(from * InGroup)].Clear();
        target[(end * InGroup)..(count * InGroup)].Clear();
        if (from == end)
            return;
        fixed (T* source = image[(left + from)..], turned = target[(from * InGroup)..])
            GemmPacking.Panel(source, 1, Width, end - from, InGroup, InGroup, turned);
    }

    // The i in 0 .. count with left + i in 0 .. length.
    private static (int From, int End) Overlap(int length, int left, int count)
    {
        int from = Math.Clamp(-left, 0, count);
        return left >= length ? (0, 0) : (from, Math.Clamp(length - left, from, count));
    }

    private int TapScratch => Math.Max(InGroup, OutGroup) * (LargestBlock + Reach);
}
