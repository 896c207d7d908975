using System.Numerics;

namespace FinML.Torch.Kernels;

/// <summary>
/// One-dimensional cross-correlation as one matrix product per tap, on the input with its zeros around it (no unfolded
/// copy): y[o, t] = b[o] + sum over taps j and channels i of w[o, i, j] x[i, t stride + j dilation - padding].
/// </summary>
internal readonly record struct Conv1dKernel(
    int Batch, int InChannels, int Length, int OutChannels, int Taps, int Stride, int Padding, int Dilation, int Groups)
{
    /// <summary>Length of the output; below 1 where the input is shorter than the kernel.</summary>
    internal int OutLength => ((PaddedLength - (Dilation * (Taps - 1)) - 1) / Stride) + 1;

    private int PaddedLength => Length + (2 * Padding);

    private int InGroup => InChannels / Groups;

    private int OutGroup => OutChannels / Groups;

    /// <summary>x (batch, in, length), weight (out, in / groups, taps), bias (out) or empty, y (batch, out, outLength).
    /// </summary>
    internal void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> weight, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged, INumberBase<T>
    {
        int outLength = OutLength;
        T[] byTap = ByTap(weight), room = Room<T>();
        for (int row = 0; row < Batch * OutChannels; row++)
            y.Slice(row * outLength, outLength).Fill(bias.IsEmpty ? T.Zero : bias[row % OutChannels]);
        for (int b = 0; b < Batch; b++)
        {
            for (int g = 0; g < Groups; g++)
            {
                ReadOnlySpan<T> input = Padded(x, b, g, room); // (in / groups, padded length)
                Span<T> output = y.Slice(((b * OutChannels) + (g * OutGroup)) * outLength, OutGroup * outLength);
                for (int tap = 0; tap < Taps; tap++)
                {
                    Gemm.MultiplyOf(
                        OutGroup, outLength, InGroup, Tap<T>(byTap, g, tap), InGroup, 1, input[(tap * Dilation)..],
                        PaddedLength, Stride, output, outLength, true);
                }
            }
        }

        BufferPool<T>.Return(byTap);
        BufferPool<T>.Return(room);
    }

    /// <summary>dx += the gradient of the input; dx (batch, in, length).</summary>
    internal void BackwardInput<T>(ReadOnlySpan<T> dy, ReadOnlySpan<T> weight, Span<T> dx)
        where T : unmanaged, INumberBase<T>
    {
        int outLength = OutLength;
        T[] byTap = ByTap(weight), room = Room<T>();
        T[] spread = BufferPool<T>.Rent(Stride == 1 ? 0 : InGroup * outLength);
        for (int b = 0; b < Batch; b++)
        {
            for (int g = 0; g < Groups; g++)
            {
                ReadOnlySpan<T> above = Output(dy, b, g);
                Span<T> padded = room.AsSpan(0, InGroup * PaddedLength); // the gradient of the padded input
                padded.Clear();
                for (int tap = 0; tap < Taps; tap++)
                {
                    Span<T> target = padded[(tap * Dilation)..];
                    ReadOnlySpan<T> w = Tap<T>(byTap, g, tap); // (out, in), read transposed
                    if (Stride == 1)
                    {
                        Gemm.MultiplyOf(
                            InGroup, outLength, OutGroup, w, 1, InGroup, above, outLength, 1, target, PaddedLength,
                            true);
                        continue;
                    }

                    Gemm.MultiplyOf<T>(
                        InGroup, outLength, OutGroup, w, 1, InGroup, above, outLength, 1, spread, outLength, false);
                    for (int i = 0; i < InGroup; i++)
                    {
                        for (int t = 0; t < outLength; t++)
                            target[(i * PaddedLength) + (t * Stride)] += spread[(i * outLength) + t];
                    }
                }

                Span<T> inside = dx.Slice(((b * InChannels) + (g * InGroup)) * Length, InGroup * Length);
                for (int i = 0; i < InGroup; i++)
                {
                    VectorSum.AddRows<T>(
                        padded.Slice((i * PaddedLength) + Padding, Length), inside.Slice(i * Length, Length));
                }
            }
        }

        BufferPool<T>.Return(byTap);
        BufferPool<T>.Return(room);
        BufferPool<T>.Return(spread);
    }

    /// <summary>dWeight += the gradient of the weight; dWeight (out, in / groups, taps).</summary>
    internal void BackwardWeight<T>(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, Span<T> dWeight)
        where T : unmanaged, INumberBase<T>
    {
        int outLength = OutLength;
        T[] byTap = BufferPool<T>.Rent(dWeight.Length); // (groups, taps, in / groups, out / groups)
        byTap.AsSpan().Clear();
        T[] room = Room<T>(), turned = BufferPool<T>.Rent(OutGroup * outLength);
        for (int b = 0; b < Batch; b++)
        {
            for (int g = 0; g < Groups; g++)
            {
                // (outLength, out / groups): turned once, every tap reads it in place
                Transpose(Output(dy, b, g), OutGroup, outLength, turned);
                ReadOnlySpan<T> input = Padded(x, b, g, room);
                for (int tap = 0; tap < Taps; tap++)
                {
                    Gemm.MultiplyOf<T>(
                        InGroup, OutGroup, outLength, input[(tap * Dilation)..], PaddedLength, Stride, turned,
                        OutGroup, 1, byTap.AsSpan(TapStart(g, tap), OutGroup * InGroup), OutGroup, true);
                }
            }
        }

        for (int o = 0; o < OutChannels; o++)
        {
            for (int i = 0; i < InGroup; i++)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    dWeight[(((o * InGroup) + i) * Taps) + tap] +=
                        byTap[TapStart(o / OutGroup, tap) + (i * OutGroup) + (o % OutGroup)];
                }
            }
        }

        BufferPool<T>.Return(byTap);
        BufferPool<T>.Return(room);
        BufferPool<T>.Return(turned);
    }

    /// <summary>Zeros for one group of one padded input.</summary>
    private T[] Room<T>()
        where T : unmanaged
    {
        T[] room = BufferPool<T>.Rent(InGroup * PaddedLength);
        room.AsSpan().Clear();
        return room;
    }

    /// <summary>(in / groups, padded length): the input itself where there is no padding, else a copy in
    /// <paramref name="room"/>, whose margins are and stay zero.</summary>
    private ReadOnlySpan<T> Padded<T>(ReadOnlySpan<T> x, int b, int g, T[] room)
    {
        ReadOnlySpan<T> input = x.Slice(((b * InChannels) + (g * InGroup)) * Length, InGroup * Length);
        if (Padding == 0)
            return input;
        for (int i = 0; i < InGroup; i++)
            input.Slice(i * Length, Length).CopyTo(room.AsSpan((i * PaddedLength) + Padding));
        return room.AsSpan(0, InGroup * PaddedLength);
    }

    private static void Transpose<T>(ReadOnlySpan<T> source, int rows, int columns, Span<T> target)
    {
        for (int j = 0; j < columns; j++)
        {
            Span<T> row = target.Slice(j * rows, rows);
            for (int i = 0; i < row.Length; i++)
                row[i] = source[(i * columns) + j];
        }
    }

    private ReadOnlySpan<T> Output<T>(ReadOnlySpan<T> y, int b, int g) =>
        y.Slice(((b * OutChannels) + (g * OutGroup)) * OutLength, OutGroup * OutLength);

    private int TapStart(int g, int tap) => ((g * Taps) + tap) * OutGroup * InGroup;

    private ReadOnlySpan<T> Tap<T>(T[] byTap, int g, int tap) =>
        byTap.AsSpan(TapStart(g, tap), OutGroup * InGroup);

    // (out, in / groups, taps) to (groups, taps, out / groups, in / groups): one dense matrix per tap, in rented memory
    private T[] ByTap<T>(ReadOnlySpan<T> weight)
        where T : unmanaged
    {
        T[] result = BufferPool<T>.Rent(weight.Length);
        for (int o = 0; o < OutChannels; o++)
        {
            for (int i = 0; i < InGroup; i++)
            {
                for (int tap = 0; tap < Taps; tap++)
                {
                    result[TapStart(o / OutGroup, tap) + (o % OutGroup * InGroup) + i] =
                        weight[(((o * InGroup) + i) * Taps) + tap];
                }
            }
        }

        return result;
    }
}
