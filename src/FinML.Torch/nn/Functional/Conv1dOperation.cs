using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>One-dimensional cross-correlation, one matrix product per tap.</summary>
internal sealed class Conv1dOperation(Conv1dKernel kernel) : FusedOperation("conv1d")
{
    protected override int ExtraCount => 0;

    internal override object TraceAttributes => kernel;

    internal static torch.Tensor Apply(
        torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long stride, long padding, long dilation, long groups)
    {
        Conv1dKernel kernel = Shape(x, weight, bias, stride, padding, dilation, groups);
        if (AutocastMode.Lowers(x))
        {
            return NarrowOperation.Lowered(
                "conv1d", t => [Apply(t[0]!, t[1]!, t[2], stride, padding, dilation, groups)], [x, weight, bias])[0];
        }

        FloatingTypes.Check("conv1d", x, weight, bias);
        x = x.contiguous();
        weight = weight.contiguous();
        bias = bias?.contiguous();
        torch.Tensor y = torch.Tensor.Uninitialized([kernel.Batch, kernel.OutChannels, kernel.OutLength], x.dtype);
        if (x.dtype == torch.ScalarType.Float32)
            kernel.Forward(x.Span<float>(), weight.Span<float>(), SpanOf<float>(bias), y.Span<float>());
        else
            kernel.Forward(x.Span<double>(), weight.Span<double>(), SpanOf<double>(bias), y.Span<double>());
        if (Node.Needed([x, weight, bias]))
            new Conv1dOperation(kernel).Record([x, weight, bias], [], [y]);
        return y;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        // The sum over taps of W_tap (out, in) times the steps of x that the tap sees, group by group.
        torch.Tensor x = torch.nn.functional.pad(inputs[0]!, [kernel.Padding, kernel.Padding]);
        torch.Tensor weight = inputs[1]!;
        int inGroup = kernel.InChannels / kernel.Groups, outGroup = kernel.OutChannels / kernel.Groups;
        var parts = new torch.Tensor[kernel.Groups];
        for (int g = 0; g < kernel.Groups; g++)
        {
            torch.Tensor input = x.narrow(1, g * inGroup, inGroup);
            torch.Tensor filter = weight.narrow(0, g * outGroup, outGroup);
            torch.Tensor? sum = null;
            for (int tap = 0; tap < kernel.Taps; tap++)
            {
                long first = tap * kernel.Dilation;
                torch.Tensor seen = input.slice(
                    2, first, first + ((kernel.OutLength - 1) * kernel.Stride) + 1, kernel.Stride);
                torch.Tensor product = torch.matmul(filter.select(2, tap), seen);
                sum = sum is null ? product : sum + product;
            }

            parts[g] = sum!;
        }

        torch.Tensor y = parts.Length == 1 ? parts[0] : torch.cat(parts, 1);
        return [inputs[2] is null ? y : y + inputs[2]!.view(-1, 1)];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, weight = inputs[1]!;
        ReadOnlySpan<T> dy = g[0]!.Span<T>();
        if (node.Needs(0))
        {
            d[0] = ZeroLike(x);
            kernel.BackwardInput(dy, weight.Span<T>(), d[0]!.Span<T>());
        }

        if (node.Needs(1))
        {
            d[1] = ZeroLike(weight);
            kernel.BackwardWeight(dy, x.Span<T>(), d[1]!.Span<T>());
        }

        if (node.Needs(2))
        {
            d[2] = ZeroLike(inputs[2]!);
            Span<T> bias = d[2]!.Span<T>();
            for (int row = 0; row < kernel.Batch * kernel.OutChannels; row++)
                bias[row % kernel.OutChannels] += VectorSum.SumOf(dy.Slice(row * kernel.OutLength, kernel.OutLength));
        }
    }

    private static Conv1dKernel Shape(
        torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, long stride, long padding, long dilation, long groups)
    {
        if (stride < 1 || padding < 0 || dilation < 1 || groups < 1)
        {
            throw new ArgumentException(
                $"conv1d: stride, dilation and groups must be at least 1 and padding at least 0, got {stride}, "
                + $"{dilation}, {groups} and {padding}.");
        }

        if (x.Sizes.Length != 3 || weight.Sizes.Length != 3 || x.Sizes[1] != weight.Sizes[1] * groups
            || weight.Sizes[0] % groups != 0)
        {
            throw new ArgumentException(
                $"conv1d: an input of shape {Shapes.Text(x.Sizes)} does not fit a weight of shape "
                + $"{Shapes.Text(weight.Sizes)} in {groups} groups: (batch, channels, length) and (out, "
                + "channels / groups, taps) are expected.");
        }

        if (bias is not null && (bias.Sizes.Length != 1 || bias.Sizes[0] != weight.Sizes[0]))
        {
            throw new ArgumentException(
                $"conv1d: the bias must have shape [{weight.Sizes[0]}], got {Shapes.Text(bias.Sizes)}.");
        }

        var kernel = new Conv1dKernel(
            (int)x.Sizes[0], (int)x.Sizes[1], (int)x.Sizes[2], (int)weight.Sizes[0], (int)weight.Sizes[2], (int)stride,
            (int)padding, (int)dilation, (int)groups);
        if (kernel.Taps < 1 || kernel.Length + (2 * kernel.Padding) < (kernel.Dilation * (kernel.Taps - 1)) + 1)
        {
            throw new ArgumentException(
                $"conv1d: {kernel.Taps} taps at dilation {dilation} need {(dilation * (kernel.Taps - 1)) + 1} steps, "
                + $"the padded input has {kernel.Length + (2 * kernel.Padding)}.");
        }

        return kernel;
    }
}
