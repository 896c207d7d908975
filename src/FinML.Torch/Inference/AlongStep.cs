using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Softmax, its logarithm, running sums and products along an axis: rows where the axis is the last, else on a
/// copy that makes it so.</summary>
internal sealed class AlongStep : PlanStep
{
    private readonly string name;
    private readonly Tensor source, target, from, to;
    private readonly int size;

    internal AlongStep(string name, Tensor x, int axis, Tensor y)
    {
        this.name = name;
        int[] order = [.. Enumerable.Range(0, x.Sizes.Length)];
        if (order.Length > 0)
            (order[axis], order[^1]) = (order[^1], order[axis]);
        source = PlanMemory.Permuted(x, order);
        target = PlanMemory.Permuted(y, order);
        from = source.IsContiguous ? source : PlanMemory.Own(source.Sizes, x.dtype);
        to = target.IsContiguous ? target : PlanMemory.Own(source.Sizes, y.dtype);
        size = order.Length == 0 ? 1 : (int)x.Sizes[axis];
    }

    internal override void Execute()
    {
        if (!ReferenceEquals(from, source))
            Copying.Copy(source, from);
        switch (from.dtype)
        {
            case ScalarType.Float32: Run<float>(); break;
            case ScalarType.Float64: Run<double>(); break;
            default: Accumulate(from.Span<long>(), to.Span<long>()); break;
        }

        if (!ReferenceEquals(to, target))
            Copying.Copy(to, target);
    }

    private void Run<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = size == 0 ? 0 : from.Count / size;
        if (name is "cumsum" or "cumprod")
            Accumulate(from.Span<T>(), to.Span<T>());
        else if (name == "softmax")
            SoftmaxKernel.Forward<T>(rows, from.Span<T>(), to.Span<T>());
        else
            SoftmaxKernel.LogForward<T>(rows, from.Span<T>(), to.Span<T>());
    }

    private void Accumulate<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, INumber<T>
    {
        bool products = name == "cumprod";
        T result = T.Zero;
        for (int i = 0; i < x.Length; i++)
        {
            result = i % size == 0 ? x[i] : products ? result * x[i] : result + x[i];
            y[i] = result;
        }
    }
}

/// <summary>Positions of running extremes: rows are scanned on a copy in which the axis is the last.</summary>
internal sealed class RunningStep : PlanStep
{
    private readonly Tensor source, rows, positions, back, y;
    private readonly bool largest;

    internal RunningStep(bool largest, Tensor x, int axis, Tensor y)
    {
        int[] axes = [.. Enumerable.Range(0, x.Sizes.Length)];
        (axes[axis], axes[^1]) = (axes[^1], axes[axis]);
        (this.y, this.largest, source) = (y, largest, PlanMemory.Permuted(x, axes));
        rows = PlanMemory.Own(source.Sizes, x.dtype == ScalarType.Bool ? ScalarType.Int32 : x.dtype);
        positions = PlanMemory.Own(source.Sizes, ScalarType.Int64);
        back = PlanMemory.Permuted(positions, axes);
    }

    internal override void Execute()
    {
        Copying.Copy(source, rows);
        Tensor.RunningPositions(rows, positions, largest);
        Copying.Copy(back, y);
    }
}
