using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>
/// One layer of a recurrent network over whole sequences, in one node: padded to one length or packed, from the first
/// step or from the last.
/// </summary>
internal abstract class RecurrentOperation<TCell>(string name, SequenceLayout layout, bool reverse)
    : FusedOperation(name)
    where TCell : struct, IRecurrentCell
{
    /// <summary>Gates, h before each step, and what else the cell remembers.</summary>
    protected override int ExtraCount => 3;

    internal override object? TraceAttributes => layout.Rows.All(rows => rows == layout.Batch)
        ? new RecurrentShape(layout.Steps, layout.Batch, reverse)
        : null;

    /// <summary>h and c after a step, made of ops.</summary>
    /// <param name="zx">x W_ih^T + b_ih (rows, weights hidden).</param>
    /// <param name="zh">h W_hh^T + b_hh (rows, weights hidden).</param>
    /// <param name="h">(rows, hidden).</param>
    /// <param name="c">(rows, hidden), or null.</param>
    protected abstract (torch.Tensor H, torch.Tensor? C) Step(
        torch.Tensor zx, torch.Tensor zh, torch.Tensor h, torch.Tensor? c);

    /// <summary>Inputs: x (total, in), h (batch, hidden), c alike or null, W_ih (weights hidden, in),
    /// W_hh (weights hidden, hidden), b_ih and b_hh (weights hidden) or both null. Gives the outputs (total, hidden),
    /// the last h and, of a cell that has it, the last c.</summary>
    protected torch.Tensor[] Run(params torch.Tensor?[] inputs)
    {
        if (AutocastMode.Lowers(inputs[0]!))
            return NarrowOperation.Lowered(Name, Run, inputs);
        FloatingTypes.Check(Name, inputs);
        inputs = Array.ConvertAll(inputs, t => t?.contiguous());
        torch.Tensor x = inputs[0]!, h = inputs[1]!;
        int hidden = (int)h.Sizes[1], total = layout.Total;
        torch.Tensor gates = torch.Tensor.Uninitialized([total, TCell.Blocks * hidden], x.dtype);
        torch.Tensor previous = torch.Tensor.Uninitialized([total, hidden], x.dtype), output = Like(previous);
        torch.Tensor memory = torch.Tensor.Uninitialized([total, TCell.Memory * hidden], x.dtype);
        torch.Tensor lastH = h.detach().clone(), lastC = inputs[2]?.detach().clone() ?? lastH;
        if (x.dtype == torch.ScalarType.Float32)
            Forward<float>(inputs, lastH, lastC, output, gates, previous, memory);
        else
            Forward<double>(inputs, lastH, lastC, output, gates, previous, memory);
        torch.Tensor[] outputs = inputs[2] is null ? [output, lastH] : [output, lastH, lastC];
        if (Node.Needed(inputs))
            Record(inputs, [gates, previous, memory], outputs);
        else
            Release([gates, previous, memory]);
        return outputs;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor h = inputs[1]!;
        torch.Tensor? c = inputs[2];
        torch.Tensor zx = torch.nn.functional.linear(inputs[0]!, inputs[3]!, inputs[5]);
        var outputs = new torch.Tensor[layout.Steps];
        for (int step = 0; step < layout.Steps; step++)
        {
            int t = reverse ? layout.Steps - 1 - step : step, rows = layout.Rows[t];
            torch.Tensor before = h.narrow(0, 0, rows);
            (outputs[t], torch.Tensor? next) = Step(
                zx.narrow(0, layout.Starts[t], rows), torch.nn.functional.linear(before, inputs[4]!, inputs[6]),
                before, c?.narrow(0, 0, rows));
            h = Replaced(h, outputs[t]);
            c = c is null ? null : Replaced(c, next!);
        }

        torch.Tensor output = torch.cat(outputs, 0);
        return c is null ? [output, h] : [output, h, c];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, h = inputs[1]!;
        int features = (int)x.Sizes[1], hidden = (int)h.Sizes[1];
        var kernel = new RecurrentKernel<T, TCell>(layout, reverse, features, hidden);
        torch.Tensor dOutput = g[0] ?? ZeroLike(extras[1]), dh = g[1]?.clone() ?? ZeroLike(h);
        torch.Tensor dc = inputs[2] is null ? dh : g[2]?.clone() ?? ZeroLike(h);
        torch.Tensor? dx = node.Needs(0) ? Like(x) : null;
        int shared = TCell.Shared * hidden, rows = kernel.WeightRows, own = rows - shared;
        T[] inputPanels = BufferPool<T>.Rent(dx is null ? 0 : GemmPanels<T>.Length(rows, features));
        T[] hiddenPanels = BufferPool<T>.Rent(GemmPanels<T>.Length(rows, hidden));
        if (dx is not null)
            GemmPanels<T>.Pack(rows, features, inputs[3]!.Span<T>(), features, 1, inputPanels);
        ReadOnlySpan<T> hiddenWeight = inputs[4]!.Span<T>();
        GemmPanels<T>.Pack(shared, hidden, hiddenWeight, hidden, 1, hiddenPanels);
        GemmPanels<T>.Pack(
            own, hidden, hiddenWeight[(shared * hidden)..], hidden, 1, hiddenPanels.AsSpan(shared * hidden));
        T[] partial = BufferPool<T>.Rent(layout.Chunks * kernel.PartialLength);
        Threads.For(layout.Chunks, new BackwardChunks<T>(
            kernel, x, extras, inputPanels, hiddenPanels, dOutput, dh, dc, dx, partial));
        SumPartials(node, kernel, inputs, partial, d);
        BufferPool<T>.Return(inputPanels);
        BufferPool<T>.Return(hiddenPanels);
        BufferPool<T>.Return(partial);
        d[0] = dx;
        d[1] = node.Needs(1) ? dh : null;
        d[2] = node.Needs(2) ? dc : null;
    }

    private void Forward<T>(
        torch.Tensor?[] inputs, torch.Tensor h, torch.Tensor c, torch.Tensor output, torch.Tensor gates,
        torch.Tensor previous, torch.Tensor memory)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = (int)inputs[0]!.Sizes[1], hidden = (int)h.Sizes[1];
        var kernel = new RecurrentKernel<T, TCell>(layout, reverse, features, hidden);
        int shared = TCell.Shared * hidden, rows = kernel.WeightRows;
        T[] inputPanels = BufferPool<T>.Rent(GemmPanels<T>.Length(features, rows));
        T[] hiddenPanels = BufferPool<T>.Rent(GemmPanels<T>.Length(hidden, rows));
        T[] bias = BufferPool<T>.Rent(kernel.Width);
        ReadOnlySpan<T> hiddenWeight = inputs[4]!.Span<T>();
        GemmPanels<T>.Pack(features, rows, inputs[3]!.Span<T>(), 1, features, inputPanels);
        GemmPanels<T>.Pack(hidden, shared, hiddenWeight, 1, hidden, hiddenPanels);
        GemmPanels<T>.Pack(
            hidden, rows - shared, hiddenWeight[(shared * hidden)..], 1, hidden, hiddenPanels.AsSpan(shared * hidden));
        kernel.Bias(SpanOf<T>(inputs[5]), SpanOf<T>(inputs[6]), bias.AsSpan(0, kernel.Width));
        Threads.For(layout.Chunks, new ForwardChunks<T>(
            kernel, inputs[0]!, inputPanels, hiddenPanels, bias, h, c, output, gates, previous, memory));
        BufferPool<T>.Return(inputPanels);
        BufferPool<T>.Return(hiddenPanels);
        BufferPool<T>.Return(bias);
    }

    /// <summary>Adds the chunks' gradients of weights and biases, in the order of the chunks.</summary>
    private void SumPartials<T>(
        Node node, RecurrentKernel<T, TCell> kernel, torch.Tensor?[] inputs, ReadOnlySpan<T> partial,
        torch.Tensor?[] d)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = kernel.WeightRows, shared = TCell.Shared * kernel.Hidden, size = kernel.PartialLength;
        int[] starts = [0, rows * kernel.Features, rows * (kernel.Features + kernel.Hidden)];
        for (int i = 3; i <= 6; i++)
        {
            if (!node.Needs(i))
                continue;
            d[i] = ZeroLike(inputs[i]!);
            Span<T> sum = d[i]!.Span<T>();
            for (int chunk = 0; chunk < layout.Chunks; chunk++)
            {
                ReadOnlySpan<T> own = partial.Slice(chunk * size, size)[starts[Math.Min(i - 3, 2)]..];
                if (i < 6)
                {
                    VectorSum.AddRows(own[..sum.Length], sum);
                    continue;
                }

                VectorSum.AddRows(own[..shared], sum[..shared]);
                VectorSum.AddRows(own[^(rows - shared)..], sum[shared..]);
            }
        }
    }

    private static torch.Tensor Replaced(torch.Tensor state, torch.Tensor rows) =>
        state.Sizes[0] == rows.Sizes[0]
            ? rows
            : torch.cat([rows, state.narrow(0, rows.Sizes[0], state.Sizes[0] - rows.Sizes[0])], 0);

    private readonly record struct ForwardChunks<T>(
        RecurrentKernel<T, TCell> Kernel, torch.Tensor X, T[] InputPanels, T[] HiddenPanels, T[] Bias, torch.Tensor H,
        torch.Tensor C, torch.Tensor Output, torch.Tensor Gates, torch.Tensor Previous, torch.Tensor Memory) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk) => Kernel.Forward(
            chunk, X.Span<T>(), InputPanels, HiddenPanels, Bias.AsSpan(0, Kernel.Width), H.Span<T>(), C.Span<T>(),
            Output.Span<T>(), Gates.Span<T>(), Previous.Span<T>(), Memory.Span<T>());
    }

    private readonly record struct BackwardChunks<T>(
        RecurrentKernel<T, TCell> Kernel, torch.Tensor X, torch.Tensor[] Extras, T[] InputPanels, T[] HiddenPanels,
        torch.Tensor DOutput, torch.Tensor Dh, torch.Tensor Dc, torch.Tensor? Dx, T[] Partial) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk) => Kernel.Backward(
            chunk, X.Span<T>(), InputPanels, HiddenPanels, Extras[0].Span<T>(), Extras[1].Span<T>(),
            Extras[2].Span<T>(), DOutput.Span<T>(), Dh.Span<T>(), Dc.Span<T>(), SpanOf<T>(Dx),
            Partial.AsSpan(chunk * Kernel.PartialLength, Kernel.PartialLength));
    }
}
