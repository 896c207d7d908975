using System.Numerics;
using FinML.Torch.Kernels;

namespace FinML.Torch;

/// <summary>Layer normalisation over the last axes, of x or of x + added, in one pass forward and one backward.
/// </summary>
internal sealed class LayerNormOperation(long[] shape, double eps, bool ofSum) : FusedOperation("layer_norm")
{
    private const int AddedSlot = 3;

    protected override int ExtraCount => 2;

    internal override object? TraceAttributes => ofSum ? null : new LayerNormShape(shape.Length, eps);

    /// <param name="x">Ends with <paramref name="shape"/>.</param>
    /// <param name="shape">Of a row.</param>
    /// <param name="weight">Of that shape, or null for one.</param>
    /// <param name="bias">Of that shape, or null for zero.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="added">Of x's shape and dtype (float32 or float64), or null for zero.</param>
    internal static torch.Tensor Apply(
        torch.Tensor x, long[] shape, torch.Tensor? weight, torch.Tensor? bias, double eps,
        torch.Tensor? added = null)
    {
        if (shape.Length == 0 || shape.Length > x.Sizes.Length
            || !x.Sizes.AsSpan()[^shape.Length..].SequenceEqual(shape))
        {
            throw new ArgumentException(
                $"layer_norm: the input's shape {Shapes.Text(x.Sizes)} does not end with {Shapes.Text(shape)}.");
        }

        foreach (torch.Tensor? factor in new[] { weight, bias })
        {
            if (factor is not null && !Shapes.Equal(factor.Sizes, shape))
            {
                throw new ArgumentException(
                    $"layer_norm: weight and bias must have shape {Shapes.Text(shape)}, got "
                    + $"{Shapes.Text(factor.Sizes)}.");
            }
        }

        if (!(eps >= 0 && double.IsFinite(eps)))
            throw new ArgumentOutOfRangeException(nameof(eps), eps, $"layer_norm: eps must be at least 0, got {eps}.");
        if (x.dtype == torch.ScalarType.BFloat16)
        {
            return NarrowOperation.Raised(
                "layer_norm", t => [Apply(t[0]!, shape, t[1], t[2], eps)], [x, weight, bias])[0];
        }

        FloatingTypes.Check("layer_norm", x, weight, bias, added);
        x = x.contiguous();
        added = added?.contiguous();
        weight = weight?.contiguous();
        bias = bias?.contiguous();
        long size = Shapes.Count(shape);
        long rows = size == 0 ? 0 : x.Count / size;
        torch.Tensor y = Like(x);
        torch.Tensor mean = torch.Tensor.Uninitialized([rows], x.dtype), inverse = Like(mean);
        if (x.dtype == torch.ScalarType.Float32)
            Forward<float>(x, added, weight, bias, eps, y, mean, inverse);
        else
            Forward<double>(x, added, weight, bias, eps, y, mean, inverse);
        torch.Tensor?[] inputs = added is null ? [x, weight, bias] : [x, weight, bias, added];
        if (Node.Needed(inputs))
            new LayerNormOperation(shape, eps, added is not null).Record(inputs, [mean, inverse], [y]);
        else
            Release([mean, inverse]);
        return y;
    }

    protected override torch.Tensor[] Compose(torch.Tensor?[] inputs)
    {
        torch.Tensor x = inputs[0]!;
        if (ofSum)
            return [Apply(x + inputs[AddedSlot]!, shape, inputs[1], inputs[2], eps)];
        long[] rows = [.. x.Sizes.AsSpan()[..^shape.Length], Shapes.Count(shape)];
        torch.Tensor flat = x.reshape(rows);
        torch.Tensor centred = flat - flat.mean([-1L], keepdim: true);
        torch.Tensor variance = (centred * centred).mean([-1L], keepdim: true);
        torch.Tensor y = (centred / (variance + eps).sqrt()).reshape(x.Sizes);
        y = inputs[1] is null ? y : y * inputs[1]!;
        return [inputs[2] is null ? y : y + inputs[2]!];
    }

    // With z = (x - mean) / s, s = sqrt(var + eps): dz = (dx - mean(dx) - z mean(z dx)) / s, dy = w dz + z dw + db.
    protected override torch.Tensor?[] Forward(
        torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] tangents)
    {
        if (Node.Recorded([.. inputs, .. tangents]))
            return base.Forward(inputs, extras, tangents); // the moments that the kernel kept have no graph
        long size = Shapes.Count(shape);
        torch.Tensor mean = extras[0].unsqueeze(1), inverse = extras[1].unsqueeze(1); // (rows, 1)
        torch.Tensor x = ofSum ? inputs[0]! + inputs[AddedSlot]! : inputs[0]!;
        torch.Tensor z = (x.reshape(mean.Sizes[0], size) - mean).mul_(inverse);
        torch.Tensor? t = Tangents.Sum(tangents[0], ofSum ? tangents[AddedSlot] : null);
        if (t is not null)
        {
            t = t.reshape(z.Sizes);
            t = (t - t.mean([1L], keepdim: true)).sub_(z * (z * t).mean([1L], keepdim: true)).mul_(inverse);
            t = inputs[1] is null ? t : t.mul_(inputs[1]!.reshape(size));
        }

        t = Tangents.Sum(t, tangents[1] is null ? null : z * tangents[1]!.reshape(size));
        t = Tangents.Sum(t, tangents[2]?.reshape(1, size).expand(z.Sizes));
        return [t?.reshape(x.Sizes)];
    }

    protected override void Backward<T>(
        Node node, torch.Tensor?[] inputs, torch.Tensor[] extras, torch.Tensor?[] g, torch.Tensor?[] d)
    {
        torch.Tensor x = inputs[0]!;
        torch.Tensor? ds = node.Needs(0) || (ofSum && node.Needs(AddedSlot)) ? Like(x) : null;
        d[0] = ds;
        if (ofSum)
            d[AddedSlot] = ds;
        d[1] = node.Needs(1) ? ZeroLike(inputs[1]!) : null;
        d[2] = node.Needs(2) ? ZeroLike(inputs[2]!) : null;
        LayerNormKernel.Backward(
            g[0]!.Span<T>(), x.Span<T>(), SpanOf<T>(ofSum ? inputs[AddedSlot] : null), SpanOf<T>(inputs[1]),
            extras[0].Span<T>(), extras[1].Span<T>(), SpanOf<T>(ds), SpanOf<T>(d[1]), SpanOf<T>(d[2]));
    }

    private static void Forward<T>(
        torch.Tensor x, torch.Tensor? added, torch.Tensor? weight, torch.Tensor? bias, double eps, torch.Tensor y,
        torch.Tensor mean, torch.Tensor inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LayerNormKernel.Forward(
            x.Span<T>(), SpanOf<T>(added), SpanOf<T>(weight), SpanOf<T>(bias), eps, y.Span<T>(), mean.Span<T>(),
            inverse.Span<T>());
}
