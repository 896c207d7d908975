using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>The transpose of a one-dimensional convolution: the map that carries the convolution's gradients from its
/// output to its input, with a bias. The kernel is that convolution's.</summary>
internal sealed class ConvolutionTransposeOperation(ConvolutionShape shape, ConvolutionKernel kernel)
    : FusedOperation(shape.Name)
{
    protected override int ExtraCount => 0;

    /// <summary>x (batch, channels, length) or (channels, length), weight (channels, out / groups, taps), bias (out) or
    /// null; gives (batch, out, (length - 1) stride - 2 padding + dilation (taps - 1) + outputPadding + 1).</summary>
    internal static torch.Tensor Apply(
        ConvolutionShape shape, torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long outputPadding)
    {
        if (x.Sizes.Length == 2)
            return Apply(shape, x.unsqueeze(0), weight, bias, outputPadding).squeeze(0);
        shape.CheckOptions();
        if (x.Sizes.Length != 3 || weight.Sizes.Length != 3 || x.Sizes[1] != weight.Sizes[0]
            || x.Sizes[1] % shape.Groups != 0)
        {
            throw new ArgumentException(
                $"{shape.Name}: an input of shape {Shapes.Text(x.Sizes)} does not fit a weight of shape "
                + $"{Shapes.Text(weight.Sizes)} in {shape.Groups} groups: (batch, channels, length) and (channels, "
                + "out / groups, taps) are expected.");
        }

        long stride = shape.Stride[0], dilation = shape.Dilation[0];
        if (outputPadding < 0 || outputPadding >= Math.Max(stride, dilation))
        {
            throw new ArgumentException(
                $"{shape.Name}: output_padding must be at least 0 and less than stride {stride} or dilation "
                + $"{dilation}, got {outputPadding}.");
        }

        long channels = weight.Sizes[1] * shape.Groups;
        long length = ((x.Sizes[2] - 1) * stride) - (2 * shape.Before[0]) + (dilation * (weight.Sizes[2] - 1))
            + outputPadding + 1;
        if (x.Sizes[2] < 1 || length < 1)
        {
            throw new ArgumentException(
                $"{shape.Name}: an input of shape {Shapes.Text(x.Sizes)} would give a length of {length}.");
        }

        shape.CheckBias(bias, channels);
        if (AutocastMode.Lowers(x))
        {
            return NarrowOperation.Lowered(
                shape.Name, t => [Apply(shape, t[0]!, t[1]!, t[2], outputPadding)], [x, weight, bias])[0];
        }

        FloatingTypes.Check(shape.Name, x, weight, bias);
        ConvolutionKernel kernel = shape.Kernel([x.Sizes[0], channels, length], weight, [x.Sizes[2]]);
        x = x.contiguous();
        weight = weight.contiguous();
        bias = bias?.contiguous();
        torch.Tensor y = torch.zeros([x.Sizes[0], channels, length], x.dtype);
        if (bias is not null)
        {
            using IDisposable off = torch.no_grad();
            y.add_(bias.view(-1, 1));
        }

        if (x.dtype == torch.ScalarType.Float32)
            Threads.For(kernel.Chunks, new ConvolutionBackwardInput<float>(kernel, x, weight, y, true));
        else
            Threads.For(kernel.Chunks, new ConvolutionBackwardInput<double>(kernel, x, weight, y, true));
        if (Node.Needed([x, weight, bias]))
            new ConvolutionTransposeOperation(shape, kernel).Record([x, weight, bias], [], [y]);
        return y;
    }

    /// <summary>The gradient of a convolution's input, (batch, channels, length) of <paramref name="kernel"/>, from
    /// that of its output.</summary>
    internal static torch.Tensor OfOutput(
        ConvolutionShape shape, ConvolutionKernel kernel, torch.Tensor dy, torch.Tensor weight)
    {
        torch.Tensor dx = torch.zeros([kernel.Batch, kernel.InChannels, kernel.Width], dy.dtype);
        if (dy.dtype == torch.ScalarType.Float32)
            Threads.For(kernel.Chunks, new ConvolutionBackwardInput<float>(kernel, dy, weight, dx, true));
        else
            Threads.For(kernel.Chunks, new ConvolutionBackwardInput<double>(kernel, dy, weight, dx, true));
        if (Node.Needed([dy, weight, null]))
            new ConvolutionTransposeOperation(shape, kernel).Record([dy, weight, null], [], [dx]);
        return dx;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        // The sum over taps of W_tap^T x, each stretched by the stride and moved to where its tap stands.
        ConvolutionKernel k = kernel;
        int inGroup = k.OutChannels / k.Groups, outGroup = k.InChannels / k.Groups;
        int stretched = ((k.OutWidth - 1) * k.StrideWidth) + 1;
        int whole = Math.Max(k.Width + k.PadLeft, stretched + ((k.KernelWidth - 1) * k.DilationWidth));
        var parts = new torch.Tensor[k.Groups];
        for (int g = 0; g < k.Groups; g++)
        {
            torch.Tensor input = inputs[0]!.narrow(1, g * inGroup, inGroup);
            torch.Tensor filter = inputs[1]!.narrow(0, g * inGroup, inGroup); // (in, out, taps)
            torch.Tensor? sum = null;
            for (int tap = 0; tap < k.KernelWidth; tap++)
            {
                torch.Tensor product = torch.matmul(filter.select(2, tap).t(), input); // (batch, out, length)
                product = torch.nn.functional.pad(product.unsqueeze(3), [0, k.StrideWidth - 1])
                    .reshape(k.Batch, outGroup, k.OutWidth * k.StrideWidth).narrow(2, 0, stretched);
                int before = tap * k.DilationWidth;
                product = torch.nn.functional.pad(product, [before, whole - stretched - before]);
                sum = sum is null ? product : sum + product;
            }

            parts[g] = sum!.narrow(2, k.PadLeft, k.Width);
        }

        torch.Tensor y = parts.Length == 1 ? parts[0] : torch.cat(parts, 1);
        return [inputs[2] is null ? y : y + inputs[2]!.view(-1, 1)];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, weight = inputs[1]!, dy = g[0]!;
        if (node.Needs(0))
        {
            d[0] = Like(x);
            Threads.For(kernel.Chunks, new ConvolutionForward<T>(kernel, dy, weight, null, d[0]!));
        }

        if (node.Needs(1))
        {
            d[1] = ZeroLike(weight);
            ConvolutionBackward<T>.Run(kernel, x, dy, null, null, d[1], null);
        }

        if (node.Needs(2))
        {
            d[2] = ZeroLike(inputs[2]!);
            ConvolutionKernel.AddPlanes(kernel.Width, dy.Span<T>(), d[2]!.Span<T>());
        }
    }
}
