using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>y = x W^T + b with the bias as the start of each sum.</summary>
internal sealed class LinearOperation() : FusedOperation("linear")
{
    private static readonly LinearOperation Instance = new();

    protected override int ExtraCount => 0;

    internal override object TraceAttributes => this;

    /// <summary>x (..., in), weight (out, in), bias (out) or null; gives (..., out).</summary>
    internal static torch.Tensor Apply(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias)
    {
        Check(x, weight, bias);
        if (AutocastMode.Lowers(x))
            return NarrowLinear.Apply(x, weight, bias);
        FloatingTypes.Check("linear", x, weight, bias);
        x = x.contiguous();
        weight = weight.contiguous();
        bias = bias?.contiguous();
        long[] sizes = (long[])x.Sizes.Clone();
        sizes[^1] = weight.Sizes[0];
        torch.Tensor y = torch.Tensor.Uninitialized(sizes, x.dtype);
        if (x.dtype == torch.ScalarType.Float32)
            Forward<float>(x, weight, bias, y);
        else
            Forward<double>(x, weight, bias, y);
        if (Node.Needed([x, weight, bias]))
            Instance.Record([x, weight, bias], [], [y]);
        return y;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor y = torch.matmul(inputs[0]!, inputs[1]!.t());
        return [inputs[2] is null ? y : y.add(inputs[2]!)];
    }

    /// <summary>dy = dx W^T + x dW^T + db, without what is null.</summary>
    internal static torch.Tensor? Along(
        torch.Tensor x, torch.Tensor weight, torch.Tensor? dx, torch.Tensor? dWeight, torch.Tensor? dBias)
    {
        torch.Tensor? moved = dx is null ? null : Apply(dx, weight, dBias);
        torch.Tensor? turned = dWeight is null ? null : Apply(x, dWeight, moved is null ? dBias : null);
        return Tangents.Sum(moved, turned) ?? dBias;
    }

    protected override torch.Tensor?[] Forward(
        torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] tangents) =>
        [Along(inputs[0]!, inputs[1]!, tangents[0], tangents[1], tangents[2])];

    protected override void BackwardRecorded(
        Node node, torch.Tensor?[] inputs, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, weight = inputs[1]!;
        torch.Tensor dy = Matrix(g[0]!);
        if (node.Needs(0))
        {
            torch.Tensor dx = dy.mm(weight);
            d[0] = x.Sizes.Length == 2 ? dx : dx.reshape(x.Sizes);
        }

        d[1] = node.Needs(1) ? dy.t().mm(Matrix(x)) : null;
        if (node.Needs(2))
            d[2] = dy.sum(0);
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!, weight = inputs[1]!;
        ReadOnlySpan<T> dy = g[0]!.Span<T>();
        int outputs = (int)weight.Sizes[0], width = (int)weight.Sizes[1];
        int rows = outputs == 0 ? 0 : dy.Length / outputs;
        if (node.Needs(0))
        {
            d[0] = Like(x);
            Gemm.MultiplyOf<T>(
                rows, width, outputs, dy, outputs, 1, weight.Span<T>(), width, 1, d[0]!.Span<T>(), width, false);
        }

        if (node.Needs(1))
        {
            d[1] = Like(weight);
            Gemm.MultiplyOf<T>(
                outputs, width, rows, dy, 1, outputs, x.Span<T>(), width, 1, d[1]!.Span<T>(), width, false);
        }

        if (node.Needs(2))
        {
            d[2] = ZeroLike(inputs[2]!);
            VectorSum.AddRows(dy, d[2]!.Span<T>());
        }
    }

    private static void Forward<T>(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias, torch.Tensor y)
        where T : unmanaged, INumberBase<T>
    {
        int outputs = (int)weight.Sizes[0], width = (int)weight.Sizes[1];
        Span<T> target = y.Span<T>();
        int rows = outputs == 0 ? 0 : target.Length / outputs;
        if (typeof(T) == typeof(float) && PackedWeight.Of(weight, rows) is { } packed)
        {
            ReadOnlySpan<float> input = x.Span<float>(), start = SpanOf<float>(bias);
            for (int i = 0; i < rows; i++)
                GemvKernel.Multiply(packed, input.Slice(i * width, width), start, y.Span<float>()[(i * outputs)..]);
        }
        else if (bias is null)
        {
            Gemm.MultiplyOf<T>(
                rows, outputs, width, x.Span<T>(), width, 1, weight.Span<T>(), 1, width, target, outputs, false);
        }
        else
        {
            Gemm.MultiplyAddRow<T>(
                rows, outputs, width, x.Span<T>(), width, 1, weight.Span<T>(), 1, width, bias.Span<T>(), target,
                outputs);
        }
    }

    // (..., size) as (rows, size).
    private static torch.Tensor Matrix(torch.Tensor x) =>
        x.Sizes.Length == 2 ? x : x.reshape(Shapes.Count(x.Sizes.AsSpan(..^1)), x.Sizes[^1]);

    private static void Check(torch.Tensor x, torch.Tensor weight, torch.Tensor? bias)
    {
        if (weight.Sizes.Length != 2 || x.Sizes.Length == 0 || x.Sizes[^1] != weight.Sizes[1])
        {
            throw new ArgumentException(
                $"linear: an input of shape {Shapes.Text(x.Sizes)} does not fit a weight of shape "
                + $"{Shapes.Text(weight.Sizes)}: the last size must be the weight's second.");
        }

        if (bias is not null && (bias.Sizes.Length != 1 || bias.Sizes[0] != weight.Sizes[0]))
        {
            throw new ArgumentException(
                $"linear: the bias must have shape [{weight.Sizes[0]}], got {Shapes.Text(bias.Sizes)}.");
        }
    }
}
