using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Averages of windows of planes.</summary>
internal sealed class AveragePoolingOperation(PoolingKernel kernel) : FusedOperation("avg_pool")
{
    protected override int ExtraCount => 0;

    /// <summary>x (planes, rows, columns) and the factor of each window's sum (rows out, columns out).</summary>
    internal static torch.Tensor Apply(PoolingKernel kernel, torch.Tensor x, torch.Tensor factor)
    {
        FloatingTypes.Check("avg_pool", x, factor);
        x = x.contiguous();
        torch.Tensor y = torch.Tensor.Uninitialized([x.Sizes[0], kernel.Rows.Count, kernel.Columns.Count], x.dtype);
        if (x.dtype == torch.ScalarType.Float32)
            kernel.Sum<float>(x.Span<float>(), factor.Span<float>(), y.Span<float>());
        else
            kernel.Sum<double>(x.Span<double>(), factor.Span<double>(), y.Span<double>());
        if (Node.Needed([x]))
            new AveragePoolingOperation(kernel).Record([x, factor], [], [y]);
        return y;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        // Sums along columns and along rows are products with matrices of zeros and ones.
        torch.Tensor x = inputs[0]!;
        torch.Tensor sums = torch.matmul(
            torch.matmul(Windows(kernel.Rows, x.dtype), x), Windows(kernel.Columns, x.dtype).t());
        return [sums * inputs[1]!];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        d[0] = ZeroLike(inputs[0]!);
        kernel.SumBackward<T>(g[0]!.Span<T>(), inputs[1]!.Span<T>(), d[0]!.Span<T>());
    }

    // (windows, length): 1 where the window sees
    private static torch.Tensor Windows(PoolingAxis axis, torch.ScalarType type)
    {
        double[] seen = new double[axis.Count * axis.Length];
        for (int i = 0; i < axis.Count; i++)
            seen.AsSpan((i * axis.Length) + axis.Starts[i], axis.Ends[i] - axis.Starts[i]).Fill(1);
        return torch.tensor(seen).reshape(axis.Count, axis.Length).to(type);
    }
}
