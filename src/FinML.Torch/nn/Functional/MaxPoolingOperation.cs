using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Largest elements of windows of planes.</summary>
internal sealed class MaxPoolingOperation(PoolingKernel kernel) : FusedOperation("max_pool")
{
    /// <summary>Where in its plane each of the largest stands.</summary>
    protected override int ExtraCount => 1;

    /// <summary>x (planes, rows, columns) to the largest elements (planes, rows out, columns out), and the Int64
    /// positions where they stand.</summary>
    internal static (torch.Tensor Output, torch.Tensor Indices) Apply(PoolingKernel kernel, torch.Tensor x)
    {
        x = x.contiguous();
        long[] sizes = [x.Sizes[0], kernel.Rows.Count, kernel.Columns.Count];
        torch.Tensor y = torch.Tensor.Uninitialized(sizes, x.dtype);
        torch.Tensor indices = torch.Tensor.Uninitialized(sizes, torch.ScalarType.Int64);
        if (x.dtype == torch.ScalarType.Float32)
            kernel.Largest<float>(x.Span<float>(), y.Span<float>(), indices.Span<long>());
        else
            kernel.Largest<double>(x.Span<double>(), y.Span<double>(), indices.Span<long>());
        if (Node.Needed([x]))
            new MaxPoolingOperation(kernel).Record([x], [indices.alias()], [y]);
        return (y, indices);
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs) =>
        [Largest(Largest(inputs[0]!, kernel.Columns, 2), kernel.Rows, 1)];

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        d[0] = ZeroLike(inputs[0]!);
        kernel.LargestBackward<T>(g[0]!.Span<T>(), extras[0].Span<long>(), d[0]!.Span<T>());
    }

    // A rectangle's largest is the largest of its rows' largest.
    private static torch.Tensor Largest(torch.Tensor x, PoolingAxis axis, int dim)
    {
        var windows = new torch.Tensor[axis.Count];
        for (int i = 0; i < windows.Length; i++)
            windows[i] = x.slice(dim, axis.Starts[i], axis.Ends[i], axis.Step).max(dim, keepdim: true).values;
        return torch.cat(windows, dim);
    }
}
