using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>The gradient of a convolution's weight over one axis, which is linear in the input and in the gradient of
/// the output: dW[o, i, tap] = sum over batch and steps of dy[o, step] x[i, step stride + tap dilation - padding]. It
/// makes double backward passes as fast as single ones.</summary>
internal sealed class ConvolutionWeightOperation(ConvolutionKernel kernel) : FusedOperation("conv1d_weight")
{
    protected override int ExtraCount => 0;

    /// <summary>x (batch, channels, length) and dy (batch, out, length out), contiguous, to the weight's shape.
    /// </summary>
    internal static torch.Tensor Apply(ConvolutionKernel kernel, torch.Tensor x, torch.Tensor dy, long[] sizes)
    {
        torch.Tensor dWeight = torch.zeros(sizes, x.dtype);
        if (x.dtype == torch.ScalarType.Float32)
            ConvolutionBackward<float>.Run(kernel, dy, x, null, null, dWeight, null);
        else
            ConvolutionBackward<double>.Run(kernel, dy, x, null, null, dWeight, null);
        if (Node.Needed([x, dy]))
            new ConvolutionWeightOperation(kernel).Record([x, dy], [], [dWeight]);
        return dWeight;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        ConvolutionKernel k = kernel;
        int inGroup = k.InChannels / k.Groups, outGroup = k.OutChannels / k.Groups;
        int reach = ((k.OutWidth - 1) * k.StrideWidth) + ((k.KernelWidth - 1) * k.DilationWidth) + 1;
        torch.Tensor x = torch.nn.functional.pad(
            inputs[0]!, [k.PadLeft, Math.Max(0, reach - k.PadLeft - k.Width)]);
        var groups = new torch.Tensor[k.Groups];
        for (int g = 0; g < k.Groups; g++)
        {
            torch.Tensor input = x.narrow(1, g * inGroup, inGroup);
            torch.Tensor above = inputs[1]!.narrow(1, g * outGroup, outGroup);
            var taps = new torch.Tensor[k.KernelWidth];
            for (int tap = 0; tap < taps.Length; tap++)
            {
                int first = tap * k.DilationWidth;
                torch.Tensor seen = input.slice(
                    2, first, first + ((k.OutWidth - 1) * k.StrideWidth) + 1, k.StrideWidth);
                taps[tap] = torch.matmul(above, seen.transpose(1, 2)).sum(0); // (out, in)
            }

            groups[g] = torch.stack(taps, 2);
        }

        return [groups.Length == 1 ? groups[0] : torch.cat(groups, 0)];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, dy = inputs[1]!, weight = g[0]!;
        if (node.Needs(0))
        {
            d[0] = ZeroLike(x);
            Threads.For(kernel.Chunks, new ConvolutionBackwardInput<T>(kernel, dy, weight, d[0]!, true));
        }

        if (node.Needs(1))
        {
            d[1] = Like(dy);
            Threads.For(kernel.Chunks, new ConvolutionForward<T>(kernel, x, weight, null, d[1]!));
        }
    }
}
