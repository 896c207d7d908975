using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>The poolings over one axis or two, on inputs with or without batch.</summary>
internal static class Pooling
{
    /// <summary>Largest elements and where they stand, as (output, Int64 position in the plane).</summary>
    internal static (torch.Tensor Output, torch.Tensor Indices) Max(
        torch.Tensor input, PoolingAxis[] axes, string name)
    {
        FloatingTypes.Check(name, input);
        PoolingKernel kernel = Kernel(axes);
        long[] sizes = Sizes(input, axes);
        long planes = Shapes.Count(input.Sizes.AsSpan()[..^axes.Length]);
        (torch.Tensor largest, torch.Tensor indices) = MaxPoolingOperation.Apply(
            kernel, input.reshape(planes, kernel.Rows.Length, kernel.Columns.Length));
        return (largest.reshape(sizes), indices.view(sizes));
    }

    /// <param name="input">(..., axes).</param>
    /// <param name="axes">The windows.</param>
    /// <param name="countPadding">A window's padding counts as zeros; else it is left out.</param>
    /// <param name="divisor">Divides every sum, or null.</param>
    /// <param name="name">Of the function.</param>
    internal static torch.Tensor Average(
        torch.Tensor input, PoolingAxis[] axes, bool countPadding, long? divisor, string name)
    {
        FloatingTypes.Check(name, input);
        if (divisor == 0)
            throw new ArgumentException($"{name}: the divisor must not be 0.", nameof(divisor));
        PoolingKernel kernel = Kernel(axes);
        double[] factors = new double[kernel.Windows];
        for (int i = 0; i < factors.Length; i++)
        {
            int row = i / kernel.Columns.Count, column = i % kernel.Columns.Count;
            long count = countPadding
                ? (long)kernel.Rows.Sizes[row] * kernel.Columns.Sizes[column]
                : (long)Seen(kernel.Rows, row) * Seen(kernel.Columns, column);
            factors[i] = 1.0 / (divisor ?? count);
        }

        torch.Tensor factor = torch.tensor(factors).reshape(kernel.Rows.Count, kernel.Columns.Count).to(input.dtype);
        long planes = Shapes.Count(input.Sizes.AsSpan()[..^axes.Length]);
        return AveragePoolingOperation
            .Apply(kernel, input.reshape(planes, kernel.Rows.Length, kernel.Columns.Length), factor)
            .reshape(Sizes(input, axes));
    }

    /// <summary>Windows of one size along the last axes; each array has one number an axis, or one for all.</summary>
    /// <exception cref="ArgumentException">Sizes that give no window, or padding beyond half of one.</exception>
    internal static PoolingAxis[] Regular(
        string name, torch.Tensor input, int axes, long[] size, long[]? stride, long[]? padding, long[]? dilation,
        bool ceiling)
    {
        CheckAxes(name, input, axes);
        size = ConvolutionShape.Each(name, "kernel_size", size, axes, 1);
        stride = stride is null || stride.Length == 0 ? size : ConvolutionShape.Each(name, "stride", stride, axes, 1);
        padding = ConvolutionShape.Each(name, "padding", padding, axes, 0);
        dilation = ConvolutionShape.Each(name, "dilation", dilation, axes, 1);
        var result = new PoolingAxis[axes];
        for (int i = 0; i < axes; i++)
        {
            if (size[i] < 1 || stride[i] < 1 || dilation[i] < 1 || padding[i] < 0 || 2 * padding[i] > size[i])
            {
                throw new ArgumentException(
                    $"{name}: kernel size, stride and dilation must be at least 1 and padding between 0 and half the "
                    + $"kernel, got {size[i]}, {stride[i]}, {dilation[i]} and {padding[i]}.");
            }

            long length = input.Sizes[input.Sizes.Length - axes + i];
            result[i] = PoolingAxis.Regular(
                (int)length, (int)size[i], (int)stride[i], (int)padding[i], (int)dilation[i], ceiling);
            if (result[i].Count == 0)
            {
                throw new ArgumentException(
                    $"{name}: windows of {size[i]} do not fit into {length} of shape {Shapes.Text(input.Sizes)}.");
            }
        }

        return result;
    }

    /// <summary>So many windows along the last axes.</summary>
    internal static PoolingAxis[] Adaptive(string name, torch.Tensor input, params long[] counts)
    {
        CheckAxes(name, input, counts.Length);
        var result = new PoolingAxis[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            long length = input.Sizes[input.Sizes.Length - counts.Length + i];
            if (counts[i] < 1 || length < 1)
            {
                throw new ArgumentException(
                    $"{name}: sizes of at least 1 are expected, got {counts[i]} windows of "
                    + $"{Shapes.Text(input.Sizes)}.");
            }

            result[i] = PoolingAxis.Adaptive((int)length, (int)counts[i]);
        }

        return result;
    }

    private static void CheckAxes(string name, torch.Tensor input, int axes)
    {
        if (input.Sizes.Length != axes + 1 && input.Sizes.Length != axes + 2)
        {
            throw new ArgumentException(
                $"{name}: (batch, channels, {(axes == 1 ? "length" : "height, width")}) with or without batch is "
                + $"expected, got {Shapes.Text(input.Sizes)}.");
        }
    }

    private static int Seen(PoolingAxis axis, int i) => axis.Ends[i] - axis.Starts[i];

    private static long[] Sizes(torch.Tensor input, PoolingAxis[] axes) =>
        [.. input.Sizes.AsSpan()[..^axes.Length], .. axes.Select(a => (long)a.Count)];

    private static PoolingKernel Kernel(PoolingAxis[] axes) => axes.Length == 2
        ? new PoolingKernel(axes[0], axes[1])
        : new PoolingKernel(PoolingAxis.Adaptive(1, 1), axes[0]);
}
