using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Torch.Kernels;

/// <summary>Writing out what output positions see, and adding gradients back.</summary>
internal readonly partial record struct ConvolutionKernel
{
    /// <summary>(seen, count) with <paramref name="row"/> elements from row to row.</summary>
    private ReadOnlySpan<T> Columns<T>(
        ReadOnlySpan<T> image, int first, int count, T[] scratch, Span<T> line, out int row)
        where T : unmanaged, INumberBase<T>
    {
        row = count;
        if (Pointwise)
        {
            row = Positions;
            return image[first..];
        }

        Span<T> columns = scratch.AsSpan(0, Seen * count);
        int width = Math.Min(OutWidth, count), rows = count / width, top = first / OutWidth;
        int left = (first % OutWidth * StrideWidth) - PadLeft;
        for (int c = 0; c < InGroup; c++)
        {
            ReadOnlySpan<T> plane = image.Slice(c * Height * Width, Height * Width);
            for (int i = 0; i < KernelHeight; i++)
            {
                Span<T> taps = columns.Slice(((c * KernelHeight) + i) * KernelWidth * count, KernelWidth * count);
                for (int h = 0; h < rows; h++)
                {
                    int y = ((top + h) * StrideHeight) + (i * DilationHeight) - PadTop;
                    if (y < 0 || y >= Height)
                    {
                        for (int j = 0; j < KernelWidth; j++)
                            taps.Slice((j * count) + (h * width), width).Clear();
                    }
                    else if (StrideWidth == 1)
                    {
                        CopyTaps(plane.Slice(y * Width, Width), left, width, count, line, taps[(h * width)..]);
                    }
                    else
                    {
                        for (int j = 0; j < KernelWidth; j++)
                        {
                            CopyRow(
                                plane.Slice(y * Width, Width), left + (j * DilationWidth),
                                taps.Slice((j * count) + (h * width), width));
                        }
                    }
                }
            }
        }

        return columns;
    }

    // At stride 1 a row of the input is written once between zeros, and from there once for each of its taps.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyTaps<T>(
        ReadOnlySpan<T> source, int left, int width, int row, Span<T> line, Span<T> taps)
        where T : unmanaged, INumberBase<T>
    {
        int length = width + Reach, from = Math.Clamp(-left, 0, length);
        int end = Math.Clamp(source.Length - left, from, length);
        line[..from].Clear();
        line[end..length].Clear();
        if (from < end)
            source.Slice(left + from, end - from).CopyTo(line[from..]);
        int full = width - (width % Vector512<T>.Count);
        ref T start = ref MemoryMarshal.GetReference(line);
        for (int j = 0; j < KernelWidth; j++)
        {
            Span<T> target = taps.Slice(j * row, width);
            ref T to = ref MemoryMarshal.GetReference(target);
            int shift = j * DilationWidth;
            for (int i = 0; i < full; i += Vector512<T>.Count)
                Vector512.LoadUnsafe(ref start, (nuint)(shift + i)).StoreUnsafe(ref to, (nuint)i);
            if (full < width)
                LanePart.Store(LanePart.Load<T>(line.Slice(shift, width), full), target, full);
        }
    }

    // The reverse of Columns where a block is part of one row: each element gathers what its taps send. Columns stand
    // between margins of zeros as wide as the taps reach.
    private void AddLines<T>(ReadOnlySpan<T> columns, int row, int first, int count, Span<T> image)
        where T : unmanaged, INumberBase<T>
    {
        int h = first / OutWidth, left = (first % OutWidth) - PadLeft;
        int from = Math.Max(0, left), end = Math.Min(Width, left + count + Reach);
        for (int c = 0; c < InGroup; c++)
        {
            for (int i = 0; i < KernelHeight; i++)
            {
                int y = (h * StrideHeight) + (i * DilationHeight) - PadTop;
                if (y >= 0 && y < Height && from < end)
                {
                    AddTaps(
                        columns[(((c * KernelHeight) + i) * KernelWidth * row)..], row, from - left,
                        image.Slice((((c * Height) + y) * Width) + from, end - from));
                }
            }
        }
    }

    // target[x] += sum over taps j of columns[j, reach + shift + x - j dilation]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTaps<T>(ReadOnlySpan<T> columns, int row, int shift, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        ref T start = ref MemoryMarshal.GetReference(columns);
        int taps = KernelWidth, step = row - DilationWidth, first = Reach + shift;
        for (int x = 0; x < target.Length; x += Vector512<T>.Count)
        {
            // Past the end the sums read the next margin; they are not stored.
            Vector512<T> sum = LanePart.Load<T>(target, x);
            for (int j = 0; j < taps; j++)
                sum += Vector512.LoadUnsafe(ref start, (nuint)(first + x + (j * step)));
            LanePart.Store(sum, target, x);
        }
    }

    // The reverse of Columns: adds each column's elements where they were read.
    private void AddColumns<T>(ReadOnlySpan<T> columns, int first, int count, Span<T> image)
        where T : unmanaged, INumberBase<T>
    {
        int width = Math.Min(OutWidth, count), rows = count / width, top = first / OutWidth;
        int left = (first % OutWidth * StrideWidth) - PadLeft, at = 0;
        for (int c = 0; c < InGroup; c++)
        {
            Span<T> plane = image.Slice(c * Height * Width, Height * Width);
            for (int i = 0; i < KernelHeight; i++)
            {
                for (int j = 0; j < KernelWidth; j++)
                {
                    for (int h = top; h < top + rows; h++, at += width)
                    {
                        int y = (h * StrideHeight) + (i * DilationHeight) - PadTop;
                        if (y >= 0 && y < Height)
                        {
                            AddRow(
                                columns.Slice(at, width), left + (j * DilationWidth), plane.Slice(y * Width, Width));
                        }
                    }
                }
            }
        }
    }

    // target[j] = source[left + j stride], zero outside
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CopyRow<T>(ReadOnlySpan<T> source, int left, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        (int from, int end) = Inside(left, target.Length);
        if (from > 0)
            target[..from].Clear();
        if (end < target.Length)
            target[end..].Clear();
        if (StrideWidth > 1)
        {
            for (int j = from; j < end; j++)
                target[j] = source[left + (j * StrideWidth)];
            return;
        }

        if (from == end)
            return;
        ReadOnlySpan<T> seen = source.Slice(left + from, end - from);
        Span<T> inside = target[from..end];
        for (int j = 0; j < inside.Length; j += Vector512<T>.Count)
            LanePart.Store(LanePart.Load(seen, j), inside, j);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow<T>(ReadOnlySpan<T> source, int left, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        (int from, int end) = Inside(left, source.Length);
        if (StrideWidth > 1)
        {
            for (int j = from; j < end; j++)
                target[left + (j * StrideWidth)] += source[j];
            return;
        }

        if (from == end)
            return;
        ReadOnlySpan<T> own = source[from..end];
        Span<T> inside = target.Slice(left + from, end - from);
        for (int j = 0; j < inside.Length; j += Vector512<T>.Count)
            LanePart.Store(LanePart.Load(own, j) + LanePart.Load<T>(inside, j), inside, j);
    }

    /// <summary>The j in 0 .. count with left + j stride inside the row.</summary>
    private (int From, int End) Inside(int left, int count)
    {
        int stride = StrideWidth;
        if (stride == 1)
        {
            int start = Math.Clamp(-left, 0, count);
            return (start, Math.Clamp(Width - left, start, count));
        }

        int from = left >= 0 ? 0 : Math.Min(count, (-left + stride - 1) / stride);
        int end = left >= Width ? 0 : Math.Min(count, ((Width - 1 - left) / stride) + 1);
        return (from, Math.Max(from, end));
    }
}
