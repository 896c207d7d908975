using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Two linear layers with relu and dropout between them, in one node:
/// y = dropout(relu(x W1^T + b1)) W2^T + b2.</summary>
/// <param name="keepFactor">What dropout multiplies kept units with; 1 without dropout.</param>
internal sealed class FeedForwardOperation(double keepFactor) : FusedOperation("feed_forward")
{
    /// <summary>The hidden units as they met W2.</summary>
    protected override int ExtraCount => 1;

    /// <summary>x (..., in), W1 (hidden, in), W2 (out, hidden), biases or null; gives (..., out).</summary>
    /// <param name="x">Input.</param>
    /// <param name="firstWeight">W1.</param>
    /// <param name="firstBias">b1.</param>
    /// <param name="secondWeight">W2.</param>
    /// <param name="secondBias">b2.</param>
    /// <param name="p">Dropout's probability in [0, 1).</param>
    /// <param name="generator">Source of dropout's draws.</param>
    internal static torch.Tensor Apply(
        torch.Tensor x, torch.Tensor firstWeight, torch.Tensor? firstBias, torch.Tensor secondWeight,
        torch.Tensor? secondBias, double p, torch.Generator? generator)
    {
        if (x.Sizes.Length == 0 || x.Sizes[^1] != firstWeight.Sizes[1])
        {
            throw new ArgumentException(
                $"feed_forward: an input of shape {Shapes.Text(x.Sizes)} does not fit a weight of shape "
                + $"{Shapes.Text(firstWeight.Sizes)}: the last size must be the weight's second.");
        }

        if (AutocastMode.Lowers(x))
        {
            // Not as one operation: its backward would draw again.
            torch.Tensor wide = torch.nn.functional.linear(x, firstWeight, firstBias).relu();
            wide = torch.nn.functional.dropout(wide, p, generator: generator);
            return torch.nn.functional.linear(wide, secondWeight, secondBias);
        }

        FloatingTypes.Check("feed_forward", x, firstWeight, firstBias, secondWeight, secondBias);
        long[] lead = x.Sizes[..^1];
        torch.Tensor? keep = p == 0
            ? null
            : torch.nn.functional.DropoutFactors([.. lead, firstWeight.Sizes[0]], p, x.dtype, generator);
        torch.Tensor?[] inputs =
        [
            x.contiguous(), firstWeight.contiguous(), firstBias?.contiguous(), secondWeight.contiguous(),
            secondBias?.contiguous(), keep,
        ];
        torch.Tensor hidden = torch.Tensor.Uninitialized([.. lead, firstWeight.Sizes[0]], x.dtype);
        torch.Tensor y = torch.Tensor.Uninitialized([.. lead, secondWeight.Sizes[0]], x.dtype);
        if (x.dtype == torch.ScalarType.Float32)
            Forward<float>(inputs, hidden, y);
        else
            Forward<double>(inputs, hidden, y);
        if (Node.Needed(inputs))
            new FeedForwardOperation(1 / (1 - p)).Record(inputs, [hidden], [y]);
        else
            Release([hidden]);
        return y;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor hidden = torch.nn.functional.linear(inputs[0]!, inputs[1]!, inputs[2]).relu();
        hidden = inputs[5] is { } keep ? hidden * keep : hidden;
        return [torch.nn.functional.linear(hidden, inputs[3]!, inputs[4])];
    }

    // Where no graph is wanted the hidden units are at hand: what moves them passes where they are above zero.
    protected override torch.Tensor?[] Forward(
        torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] tangents)
    {
        if (Node.Recorded([.. inputs, .. tangents]))
            return base.Forward(inputs, extras, tangents);
        torch.Tensor hidden = extras[0];
        torch.Tensor? inner = LinearOperation.Along(
            inputs[0]!, inputs[1]!, tangents[0], tangents[1], tangents[2]);
        inner = inner is null ? null : torch.where(hidden.gt(0), inner.mul(keepFactor), 0);
        return [LinearOperation.Along(hidden, inputs[3]!, inner, tangents[3], tangents[4])];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        FeedForwardKernel<T> kernel = Kernel<T>(inputs);
        torch.Tensor? dx = node.Needs(0) ? Like(inputs[0]!) : null;
        T[] first = BufferPool<T>.Rent(dx is null ? 0 : GemmPanels<T>.Length(kernel.Hidden, kernel.Inputs));
        T[] second = BufferPool<T>.Rent(GemmPanels<T>.Length(kernel.Outputs, kernel.Hidden));
        if (dx is not null)
            GemmPanels<T>.Pack(kernel.Hidden, kernel.Inputs, inputs[1]!.Span<T>(), kernel.Inputs, 1, first);
        GemmPanels<T>.Pack(kernel.Outputs, kernel.Hidden, inputs[3]!.Span<T>(), kernel.Hidden, 1, second);
        T[] partial = BufferPool<T>.Rent(kernel.Chunks * kernel.PartialLength);
        Threads.For(kernel.Chunks, new BackwardChunks<T>(
            kernel, inputs[0]!, first, second, extras[0], T.CreateTruncating(keepFactor), g[0]!, dx, partial));
        int start = 0;
        foreach ((int slot, int length) in new[]
        {
            (1, kernel.Hidden * kernel.Inputs), (2, kernel.Hidden), (3, kernel.Outputs * kernel.Hidden),
            (4, kernel.Outputs),
        })
        {
            if (node.Needs(slot))
            {
                d[slot] = ZeroLike(inputs[slot]!);
                for (int chunk = 0; chunk < kernel.Chunks; chunk++)
                {
                    VectorSum.AddRows<T>(
                        partial.AsSpan((chunk * kernel.PartialLength) + start, length), d[slot]!.Span<T>());
                }
            }

            start += length;
        }

        BufferPool<T>.Return(first);
        BufferPool<T>.Return(second);
        BufferPool<T>.Return(partial);
        d[0] = dx;
    }

    private static void Forward<T>(torch.Tensor?[] inputs, torch.Tensor hidden, torch.Tensor y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FeedForwardKernel<T> kernel = Kernel<T>(inputs);
        T[] first = BufferPool<T>.Rent(GemmPanels<T>.Length(kernel.Inputs, kernel.Hidden));
        T[] second = BufferPool<T>.Rent(GemmPanels<T>.Length(kernel.Hidden, kernel.Outputs));
        GemmPanels<T>.Pack(kernel.Inputs, kernel.Hidden, inputs[1]!.Span<T>(), 1, kernel.Inputs, first);
        GemmPanels<T>.Pack(kernel.Hidden, kernel.Outputs, inputs[3]!.Span<T>(), 1, kernel.Hidden, second);
        Threads.For(kernel.Chunks, new ForwardChunks<T>(kernel, inputs, first, second, hidden, y));
        BufferPool<T>.Return(first);
        BufferPool<T>.Return(second);
    }

    private static FeedForwardKernel<T> Kernel<T>(torch.Tensor?[] inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = (int)inputs[1]!.Sizes[1];
        return new(
            width == 0 ? 0 : inputs[0]!.Count / width, width, (int)inputs[1]!.Sizes[0], (int)inputs[3]!.Sizes[0]);
    }

    private readonly record struct ForwardChunks<T>(
        FeedForwardKernel<T> Kernel, torch.Tensor?[] Inputs, T[] First, T[] Second, torch.Tensor Hidden,
        torch.Tensor Y) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk) => Kernel.Forward(
            chunk, Inputs[0]!.Span<T>(), First, SpanOf<T>(Inputs[2]), Second, SpanOf<T>(Inputs[4]),
            SpanOf<T>(Inputs[5]), Hidden.Span<T>(), Y.Span<T>());
    }

    private readonly record struct BackwardChunks<T>(
        FeedForwardKernel<T> Kernel, torch.Tensor X, T[] First, T[] Second, torch.Tensor Hidden, T KeepFactor,
        torch.Tensor Dy, torch.Tensor? Dx, T[] Partial) : IChunks
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int chunk) => Kernel.Backward(
            chunk, X.Span<T>(), First, Second, Hidden.Span<T>(), KeepFactor, Dy.Span<T>(), SpanOf<T>(Dx),
            Partial.AsSpan(chunk * Kernel.PartialLength, Kernel.PartialLength));
    }
}
