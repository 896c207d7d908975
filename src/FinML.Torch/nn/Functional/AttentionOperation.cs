using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Which input holds the queries, the keys or the values, and from which column on.</summary>
internal readonly record struct AttentionSource(int Input, int Column);

/// <summary>
/// Attention of many heads in one node. The heads lie side by side in the columns of (length, batch, columns), as a
/// packed projection leaves them, or each in a matrix of its own, (batch, length, width).
/// </summary>
internal sealed class AttentionOperation(
    AttentionShape shape, bool sideBySide, AttentionSource[] sources, bool withWeights)
    : FusedOperation("attention")
{
    private const int MaskSlot = 3, KeepSlot = 4;

    /// <summary>The logarithm of each softmax's sum.</summary>
    protected override int ExtraCount => 1;

    /// <summary>Heads side by side.</summary>
    /// <param name="inputs">One to three tensors (length, batch, columns); <paramref name="sources"/> say where in them
    /// queries, keys and values begin.</param>
    /// <param name="sources">Of queries, keys, values.</param>
    /// <param name="heads">How many.</param>
    /// <param name="width">Columns of a head.</param>
    /// <param name="mask">Added to the scores: (batch or 1, heads or 1, keys, queries or 1), or null.</param>
    /// <param name="keep">Dropout's factors (batch, heads, keys, queries), or null.</param>
    /// <param name="withWeights">The weights (batch, heads, keys, queries) are a second result.</param>
    /// <returns>(queries, batch, heads width), and the weights or null.</returns>
    internal static (torch.Tensor Output, torch.Tensor? Weights) Heads(
        torch.Tensor[] inputs, AttentionSource[] sources, int heads, int width, torch.Tensor? mask,
        torch.Tensor? keep, bool withWeights)
    {
        torch.Tensor q = inputs[sources[0].Input], k = inputs[sources[1].Input];
        int queries = (int)q.Sizes[0], keys = (int)k.Sizes[0], batch = (int)q.Sizes[1], columns = heads * width;
        AttentionRows Rows(AttentionSource source)
        {
            int all = (int)inputs[source.Input].Sizes[2];
            return new AttentionRows(source.Column, all, width, batch * all);
        }

        var shape = new AttentionShape(
            batch, heads, queries, keys, width, width, Rows(sources[0]), Rows(sources[1]), Rows(sources[2]),
            new AttentionRows(0, columns, width, batch * columns), MaskRows(mask), MaskQueries(mask), false);
        return new AttentionOperation(shape, true, sources, withWeights).Apply(
            inputs, mask, keep, [queries, batch, columns]);
    }

    /// <summary>Matrices: queries (batch, queries, width), keys (batch, keys, width), values (batch, keys, any).
    /// </summary>
    internal static torch.Tensor Matrices(
        torch.Tensor q, torch.Tensor k, torch.Tensor v, torch.Tensor? mask, torch.Tensor? keep, bool causal)
    {
        int batch = (int)q.Sizes[0], queries = (int)q.Sizes[1], keys = (int)k.Sizes[1];
        int width = (int)q.Sizes[2], wide = (int)v.Sizes[2];
        AttentionRows Rows(int length, int columns) => new(0, length * columns, 0, columns);
        var shape = new AttentionShape(
            batch, 1, queries, keys, width, wide, Rows(queries, width), Rows(keys, width), Rows(keys, wide),
            Rows(queries, wide), MaskRows(mask), MaskQueries(mask), causal);
        AttentionSource[] sources = [new(0, 0), new(1, 0), new(2, 0)];
        return new AttentionOperation(shape, false, sources, false).Apply(
            [q, k, v], mask, keep, [batch, queries, wide]).Output;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor q = Split(inputs, 0, shape.Queries, shape.Width), k = Split(inputs, 1, shape.Keys, shape.Width);
        torch.Tensor v = Split(inputs, 2, shape.Keys, shape.ValueWidth); // (batch, heads, keys, width)
        torch.Tensor scores = torch.matmul(q * (1 / Math.Sqrt(shape.Width)), k.transpose(-2, -1));
        if (inputs[MaskSlot] is { } mask)
            scores = scores + mask.transpose(-2, -1);
        if (shape.Causal)
        {
            torch.Tensor seen = torch.tril(torch.ones([shape.Queries, shape.Keys], torch.ScalarType.Bool));
            scores = scores.masked_fill(seen.logical_not(), double.NegativeInfinity);
        }

        torch.Tensor weights = scores.softmax(-1);
        if (inputs[KeepSlot] is { } keep)
            weights = weights * keep.transpose(-2, -1);
        torch.Tensor output = torch.matmul(weights, v); // (batch, heads, queries, width)
        output = sideBySide
            ? output.permute(2, 0, 1, 3).reshape(shape.Queries, shape.Batch, shape.Heads * shape.ValueWidth)
            : output.squeeze(1);
        return withWeights ? [output, weights.transpose(-2, -1)] : [output];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        var gradients = new torch.Tensor[3];
        for (int i = 0; i < 3 && inputs[i] is not null; i++)
            gradients[i] = Like(inputs[i]!);
        Threads.For(shape.Chunks, new BackwardChunks<T>(
            shape, sources, inputs, extras[0], g[0], withWeights ? g[1] : null, gradients));
        for (int i = 0; i < 3 && inputs[i] is not null; i++)
            d[i] = node.Needs(i) ? gradients[i] : null;
    }

    private (torch.Tensor Output, torch.Tensor? Weights) Apply(
        torch.Tensor[] given, torch.Tensor? mask, torch.Tensor? keep, long[] sizes)
    {
        torch.Tensor?[] inputs = new torch.Tensor?[5];
        for (int i = 0; i < given.Length; i++)
            inputs[i] = given[i].contiguous();
        inputs[MaskSlot] = mask?.contiguous();
        inputs[KeepSlot] = keep?.contiguous();
        torch.Tensor[] results = AutocastMode.Lowers(inputs[0]!)
            ? NarrowOperation.Lowered(Name, t => Run(t, sizes), inputs)
            : Run(inputs, sizes);
        return (results[0], withWeights ? results[1] : null);
    }

    private torch.Tensor[] Run(torch.Tensor?[] inputs, long[] sizes)
    {
        FloatingTypes.Check(Name, inputs);
        if (inputs[MaskSlot] is { } mask && Node.Needed(mask))
            return Compose(inputs); // the kernel has no gradient for a mask

        torch.Tensor x = inputs[0]!, y = torch.Tensor.Uninitialized(sizes, x.dtype);
        torch.Tensor logSum = torch.Tensor.Uninitialized([shape.Items, shape.Queries], x.dtype);
        torch.Tensor? weights = withWeights
            ? torch.Tensor.Uninitialized([shape.Batch, shape.Heads, shape.Keys, shape.Queries], x.dtype)
            : null;
        if (x.dtype == torch.ScalarType.Float32)
            Threads.For(shape.Chunks, new ForwardChunks<float>(shape, sources, inputs, y, logSum, weights));
        else
            Threads.For(shape.Chunks, new ForwardChunks<double>(shape, sources, inputs, y, logSum, weights));
        if (Node.Needed(inputs))
            Record(inputs, [logSum], weights is null ? [y] : [y, weights]);
        else
            Release([logSum]);
        return weights is null ? [y] : [y, weights];
    }

    // (batch, heads, length, width)
    private torch.Tensor Split(torch.Tensor?[] inputs, int which, int length, int width)
    {
        torch.Tensor x = inputs[sources[which].Input]!;
        return sideBySide
            ? x.narrow(2, sources[which].Column, shape.Heads * width)
                .reshape(length, shape.Batch, shape.Heads, width).permute(1, 2, 0, 3)
            : x.unsqueeze(1);
    }

    private static int MaskQueries(torch.Tensor? mask) => mask is null ? 0 : (int)mask.Sizes[3];

    private static AttentionRows MaskRows(torch.Tensor? mask)
    {
        if (mask is null)
            return default;
        long[] sizes = mask.Sizes; // (batch, heads, keys, queries)
        int Stride(int axis) =>
            sizes[axis] == 1 ? 0 : (int)Shapes.Count(sizes.AsSpan()[(axis + 1)..]);
        return new AttentionRows(0, Stride(0), Stride(1), Stride(2));
    }

    private readonly record struct ForwardChunks<T>(
        AttentionShape Shape, AttentionSource[] Sources, torch.Tensor?[] Inputs, torch.Tensor Output,
        torch.Tensor LogSum, torch.Tensor? Weights) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            var kernel = new AttentionKernel<T>(Shape);
            int item = chunk * Shape.ItemsOfAChunk, end = Math.Min(Shape.Items, item + Shape.ItemsOfAChunk);
            for (int heads; item < end; item += heads)
            {
                heads = Math.Min(end - item, Shape.Heads - (item % Shape.Heads)); // of one sequence
                kernel.Forward(
                    item, heads, Inputs[Sources[0].Input]!.Span<T>(), Inputs[Sources[1].Input]!.Span<T>(),
                    Inputs[Sources[2].Input]!.Span<T>(), SpanOf<T>(Inputs[MaskSlot]), SpanOf<T>(Inputs[KeepSlot]),
                    Output.Span<T>(), LogSum.Span<T>(), SpanOf<T>(Weights));
            }
        }
    }

    private readonly record struct BackwardChunks<T>(
        AttentionShape Shape, AttentionSource[] Sources, torch.Tensor?[] Inputs, torch.Tensor LogSum,
        torch.Tensor? DOutput, torch.Tensor? DWeights, torch.Tensor[] Gradients) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk)
        {
            var kernel = new AttentionKernel<T>(Shape);
            int item = chunk * Shape.ItemsOfAChunk, end = Math.Min(Shape.Items, item + Shape.ItemsOfAChunk);
            for (int heads; item < end; item += heads)
            {
                heads = Math.Min(end - item, Shape.Heads - (item % Shape.Heads)); // of one sequence
                kernel.Backward(
                    item, heads, Inputs[Sources[0].Input]!.Span<T>(), Inputs[Sources[1].Input]!.Span<T>(),
                    Inputs[Sources[2].Input]!.Span<T>(), SpanOf<T>(Inputs[MaskSlot]), SpanOf<T>(Inputs[KeepSlot]),
                    LogSum.Span<T>(), SpanOf<T>(DOutput), SpanOf<T>(DWeights),
                    Gradients[Sources[0].Input].Span<T>(), Gradients[Sources[1].Input].Span<T>(),
                    Gradients[Sources[2].Input].Span<T>());
            }
        }
    }
}
