using System.Numerics;
using System.Runtime.Intrinsics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>The mean or the sum of squared differences of two tensors of one shape.</summary>
internal sealed class MseOperation(bool mean) : FusedOperation("mse_loss")
{
    private static readonly MseOperation Mean = new(true), Sum = new(false);

    protected override int ExtraCount => 0;

    internal static torch.Tensor Apply(torch.Tensor input, torch.Tensor target, bool mean)
    {
        if (input.dtype == torch.ScalarType.BFloat16)
            return NarrowOperation.Raised("mse_loss", t => [Apply(t[0]!, t[1]!, mean)], [input, target])[0];

        FloatingTypes.Check("mse_loss", input, target);
        input = input.contiguous();
        target = target.contiguous();
        torch.Tensor loss = torch.Tensor.Uninitialized([], input.dtype);
        if (input.dtype == torch.ScalarType.Float32)
            Forward<float>(input, target, loss, mean);
        else
            Forward<double>(input, target, loss, mean);
        if (Node.Needed(input, target))
            (mean ? Mean : Sum).Record([input, target], [], [loss]);
        return loss;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor difference = inputs[0]! - inputs[1]!;
        torch.Tensor square = difference * difference;
        return [mean ? square.mean() : square.sum()];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        ReadOnlySpan<T> x = inputs[0]!.Span<T>(), y = inputs[1]!.Span<T>();
        T factor = g[0]!.Span<T>()[0] * T.CreateTruncating(2) / T.CreateTruncating(mean ? x.Length : 1);
        for (int side = 0; side < 2; side++)
        {
            if (!node.Needs(side))
                continue;
            d[side] = Like(inputs[0]!);
            Vector512<T> scale = Vector512.Create(side == 0 ? factor : -factor);
            Span<T> target = d[side]!.Span<T>();
            for (int i = 0; i < x.Length; i += Vector512<T>.Count)
                LanePart.Store((LanePart.Load(x, i) - LanePart.Load(y, i)) * scale, target, i);
        }
    }

    private static void Forward<T>(torch.Tensor input, torch.Tensor target, torch.Tensor loss, bool mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Blocks in lanes, blocks added in double: the order depends on the length alone.
        const int block = 4096;
        ReadOnlySpan<T> x = input.Span<T>(), y = target.Span<T>();
        double total = 0;
        for (int start = 0; start < x.Length; start += block)
        {
            int end = Math.Min(start + block, x.Length);
            Vector512<T> sum = Vector512<T>.Zero;
            for (int i = start; i < end; i += Vector512<T>.Count)
            {
                Vector512<T> difference = LanePart.Load(x[..end], i) - LanePart.Load(y[..end], i);
                sum = VectorMath.MultiplyAdd(difference, difference, sum);
            }

            total += double.CreateTruncating(VectorSum.LanesOf(sum));
        }

        loss.Span<T>()[0] = T.CreateTruncating(mean ? total / x.Length : total);
    }
}
