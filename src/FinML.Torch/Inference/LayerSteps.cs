using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>y = x W^T + b: with float32 constants from packed weights, else as in eager execution.</summary>
internal sealed class LinearStep(
    PackedMatrix packed, float[] transposed, float[] bias, Tensor x, Tensor y) : PlanStep
{
    /// <summary>Up to here rows go one by one through the packed matrix.</summary>
    private const int FewRows = 3;

    private readonly int rows = packed.Rows == 0 ? 0 : y.Count / packed.Rows;

    internal static PlanLowering Lower(TraceOperation o)
    {
        TraceValue weight = o.Inputs[1]!;
        if (weight.Constant is null || weight.Type != ScalarType.Float32 || o.Inputs[2] is { Constant: null })
            return new(m => new ProductStep(m[o.Input], m[weight], o.Inputs[2] is { } b ? m[b] : null, m[o.Output]));
        int outputs = (int)weight.Sizes[0], width = (int)weight.Sizes[1];
        float[] elements = Elements(weight), transposed = new float[elements.Length];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < width; j++)
                transposed[(j * outputs) + i] = elements[(i * width) + j];
        }

        PackedMatrix packed = new(outputs, width, elements);
        float[] bias = Elements(o.Inputs[2]);
        return new(m => new LinearStep(packed, transposed, bias, m[o.Input], m[o.Output]));
    }

    internal override void Execute()
    {
        ReadOnlySpan<float> from = x.Span<float>();
        Span<float> to = y.Span<float>();
        int width = packed.Columns, outputs = packed.Rows;
        if (rows <= FewRows)
        {
            for (int i = 0; i < rows; i++)
                GemvKernel.Multiply(packed, from.Slice(i * width, width), bias, to.Slice(i * outputs, outputs));
            return;
        }

        for (int i = 0; i < rows && bias.Length > 0; i++)
            bias.CopyTo(to[(i * outputs)..]);
        Gemm.MultiplyOf<float>(
            rows, outputs, width, from, width, 1, transposed, outputs, 1, to, outputs, bias.Length > 0);
    }

    /// <summary>A copy of a constant, row by row; nothing for null.</summary>
    internal static float[] Elements(TraceValue? constant) =>
        constant is null ? [] : constant.Constant!.contiguous().Span<float>().ToArray();
}

/// <summary>y = x W^T + b with any operands.</summary>
internal sealed class ProductStep(Tensor x, Tensor weight, Tensor? bias, Tensor y) : PlanStep
{
    internal override void Execute()
    {
        if (y.dtype == ScalarType.Float32)
            Multiply<float>();
        else
            Multiply<double>();
    }

    private void Multiply<T>()
        where T : unmanaged
    {
        int outputs = (int)weight.Sizes[0], width = (int)weight.Sizes[1];
        Span<T> to = y.Span<T>();
        int rows = outputs == 0 ? 0 : to.Length / outputs;
        for (int i = 0; i < rows && bias is not null; i++)
            bias.Span<T>().CopyTo(to[(i * outputs)..]);
        Gemm.MultiplyOf<T>(
            rows, outputs, width, x.Span<T>(), width, 1, weight.Span<T>(), 1, width, to, outputs, bias is not null);
    }
}

/// <summary>Matrix products of any strides; leading axes are batches that broadcast.</summary>
internal sealed class MatmulStep : PlanStep
{
    private readonly Tensor a, b, y;
    private readonly int rows;
    private readonly int[] left, right; // where each product's matrices start

    internal MatmulStep(Tensor a, Tensor b, Tensor y)
    {
        (this.a, this.b, this.y) = (a, b, y);
        long[] batch = y.Sizes[..^2];
        rows = (int)y.Sizes[^2];
        if (b.Sizes.Length == 2 && a.IsContiguous)
        {
            (rows, batch) = (checked(rows * (int)Shapes.Count(batch)), []); // all batches are rows of one matrix
        }

        (left, right) = (Starts(a, batch), Starts(b, batch));
    }

    internal override void Execute()
    {
        if (y.dtype == ScalarType.Float32)
            Multiply<float>();
        else
            Multiply<double>();
    }

    private void Multiply<T>()
        where T : unmanaged
    {
        int depth = (int)a.Sizes[^1], columns = (int)b.Sizes[^1];
        for (int i = 0; i < left.Length && rows > 0 && columns > 0; i++)
        {
            Gemm.MultiplyOf<T>(
                rows, columns, depth, a.From<T>()[left[i]..], (int)a.Strides[^2], (int)a.Strides[^1],
                b.From<T>()[right[i]..], (int)b.Strides[^2], (int)b.Strides[^1],
                y.Span<T>().Slice(i * rows * columns, rows * columns), columns, false);
        }
    }

    private static int[] Starts(Tensor x, long[] batch)
    {
        int[] starts = new int[Shapes.Count(batch)];
        for (int i = 0; i < starts.Length; i++)
        {
            long rest = i;
            for (int axis = batch.Length - 1, own = x.Sizes.Length - 3; axis >= 0 && own >= 0; axis--, own--)
            {
                starts[i] += x.Sizes[own] == 1 ? 0 : (int)(rest % batch[axis] * x.Strides[own]);
                rest /= batch[axis];
            }
        }

        return starts;
    }
}

/// <summary>Layer normalisation of rows.</summary>
internal sealed class LayerNormStep : PlanStep
{
    private readonly Tensor x, y, mean, inverse;
    private readonly Tensor? weight, bias;
    private readonly double epsilon;

    internal LayerNormStep(TraceOperation o, PlanMemory memory)
    {
        LayerNormShape shape = (LayerNormShape)o.Attributes!;
        (x, y, epsilon) = (memory[o.Input], memory[o.Output], shape.Epsilon);
        weight = o.Inputs[1] is { } w ? memory[w] : null;
        bias = o.Inputs[2] is { } b ? memory[b] : null;
        long size = Shapes.Count(x.Sizes.AsSpan()[^shape.Axes..]);
        mean = PlanMemory.Own([size == 0 ? 0 : x.Count / size], x.dtype);
        inverse = PlanMemory.Own(mean.Sizes, x.dtype);
    }

    internal override void Execute()
    {
        if (x.dtype == ScalarType.Float32)
            Run<float>();
        else
            Run<double>();
    }

    private void Run<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LayerNormKernel.Forward<T>(
            x.Span<T>(), [], weight is null ? [] : weight.Span<T>(), bias is null ? [] : bias.Span<T>(), epsilon,
            y.Span<T>(), mean.Span<T>(), inverse.Span<T>());
}
