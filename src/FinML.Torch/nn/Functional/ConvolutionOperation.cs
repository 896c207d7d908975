using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Cross-correlation over one axis or two, with zeros around the input.</summary>
internal sealed class ConvolutionOperation(ConvolutionShape shape, ConvolutionKernel kernel)
    : FusedOperation(shape.Name)
{
    protected override int ExtraCount => 0;

    internal override object TraceAttributes => new TracedConvolution(shape, kernel);

    /// <summary>x (batch, channels, ...) or (channels, ...), weight (out, channels / groups, taps), bias (out) or null.
    /// </summary>
    internal static torch.Tensor Apply(
        ConvolutionShape shape, torch.Tensor x, torch.Tensor weight, torch.Tensor? bias)
    {
        if (x.Sizes.Length == shape.Axes + 1)
            return Apply(shape, x.unsqueeze(0), weight, bias).squeeze(0);
        ConvolutionKernel kernel = shape.Kernel(x.Sizes, weight);
        shape.CheckBias(bias, weight.Sizes[0]);
        if (AutocastMode.Lowers(x))
            return NarrowOperation.Lowered(shape.Name, t => [Apply(shape, t[0]!, t[1]!, t[2])], [x, weight, bias])[0];
        FloatingTypes.Check(shape.Name, x, weight, bias);
        x = x.contiguous();
        weight = weight.contiguous();
        bias = bias?.contiguous();
        long[] sizes = shape.Axes == 1
            ? [kernel.Batch, kernel.OutChannels, kernel.OutWidth]
            : [kernel.Batch, kernel.OutChannels, kernel.OutHeight, kernel.OutWidth];
        torch.Tensor y = torch.Tensor.Uninitialized(sizes, x.dtype);
        if (x.dtype == torch.ScalarType.Float32)
            Threads.For(kernel.Chunks, new ConvolutionForward<float>(kernel, x, weight, bias, y));
        else
            Threads.For(kernel.Chunks, new ConvolutionForward<double>(kernel, x, weight, bias, y));
        if (Node.Needed([x, weight, bias]))
            new ConvolutionOperation(shape, kernel).Record([x, weight, bias], [], [y]);
        return y;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        // The sum over taps of W_tap (out, in) times the positions of x that the tap sees, group by group.
        torch.Tensor x = inputs[0]!, weight = inputs[1]!;
        if (shape.Axes == 1)
            (x, weight) = (x.unsqueeze(2), weight.unsqueeze(2));
        ConvolutionKernel k = kernel;
        long bottom = shape.Axes == 1 ? 0 : shape.After[0];
        x = torch.nn.functional.pad(x, [k.PadLeft, shape.After[^1], k.PadTop, bottom]);
        int inGroup = k.InChannels / k.Groups, outGroup = k.OutChannels / k.Groups;
        var parts = new torch.Tensor[k.Groups];
        for (int g = 0; g < k.Groups; g++)
        {
            torch.Tensor input = x.narrow(1, g * inGroup, inGroup);
            torch.Tensor filter = weight.narrow(0, g * outGroup, outGroup);
            torch.Tensor? sum = null;
            for (int tap = 0; tap < k.KernelHeight * k.KernelWidth; tap++)
            {
                int row = tap / k.KernelWidth, column = tap % k.KernelWidth;
                torch.Tensor seen = Steps(
                    Steps(input, 2, row * k.DilationHeight, k.OutHeight, k.StrideHeight), 3,
                    column * k.DilationWidth, k.OutWidth, k.StrideWidth);
                torch.Tensor product = torch.matmul(
                    filter.select(3, column).select(2, row),
                    seen.reshape(k.Batch, inGroup, k.OutHeight * k.OutWidth));
                sum = sum is null ? product : sum + product;
            }

            parts[g] = sum!;
        }

        torch.Tensor y = parts.Length == 1 ? parts[0] : torch.cat(parts, 1);
        y = inputs[2] is null ? y : y + inputs[2]!.view(-1, 1);
        return [shape.Axes == 1 ? y : y.view(k.Batch, k.OutChannels, k.OutHeight, k.OutWidth)];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, weight = inputs[1]!, dy = g[0]!;
        d[0] = node.Needs(0) ? Like(x) : null;
        d[1] = node.Needs(1) ? ZeroLike(weight) : null;
        d[2] = node.Needs(2) ? ZeroLike(inputs[2]!) : null;
        ConvolutionBackward<T>.Run(kernel, dy, x, weight, d[0], d[1], d[2]);
    }

    // Linear in x, in the weight and in the bias.
    protected override torch.Tensor?[] Forward(
        torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] tangents)
    {
        torch.Tensor? t = tangents[0] is null ? null : Apply(shape, tangents[0]!, inputs[1]!, null);
        torch.Tensor? turned = tangents[1] is null ? null : Apply(shape, inputs[0]!, tangents[1]!, null);
        torch.Tensor? lifted = tangents[2]?.view([-1, .. Enumerable.Repeat(1L, shape.Axes)]);
        return [Tangents.Sum(Tangents.Sum(t, turned), lifted)];
    }

    protected override void BackwardRecorded(
        Node node, torch.Tensor?[] inputs, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        if (shape.Axes == 2)
        {
            base.BackwardRecorded(node, inputs, g, d);
            return;
        }

        torch.Tensor x = inputs[0]!, weight = inputs[1]!, dy = g[0]!.contiguous();
        d[0] = node.Needs(0) ? ConvolutionTransposeOperation.OfOutput(shape, kernel, dy, weight) : null;
        d[1] = node.Needs(1) ? ConvolutionWeightOperation.Apply(kernel, x, dy, weight.Sizes) : null;
        d[2] = node.Needs(2) ? dy.sum([0L, 2L]) : null;
    }

    private static torch.Tensor Steps(torch.Tensor x, int axis, long first, long count, long stride) =>
        x.slice(axis, first, first + ((count - 1) * stride) + 1, stride);
}
