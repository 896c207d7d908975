using FinML.Torch.Tests.Ops;

namespace FinML.Torch.Tests.Additions;

/// <summary>The Jacobian-vector product of every operation of the table is the central difference along the vector, and
/// the product that two reverse passes give; and no operation is without a rule.</summary>
public sealed class JvpTableTests
{
    private const double Step = 1e-6;

    // Values of order one: truncation 1e-12, rounding 1e-10, both larger where an operation multiplies errors.
    private const double Tolerance = 2e-6;

    public static TheoryData<string> All => OperationTable.Names(one => one.Inputs.Count > 0);

    [Theory]
    [MemberData(nameof(All))]
    public void ItIsTheDifferenceAlongTheTangent(string name)
    {
        Operation operation = OperationTable.All[name];
        Tensor[] points = [.. operation.Leaves().Select(t => t.detach())];
        Tensor[] tangents =
        [
            .. points.Select((t, i) => torch.randn(t.shape, t.dtype, generator: new torch.Generator((ulong)(i + 9)))),
        ];
        Tensor Function(Tensor[] x) => operation.Function([.. x.Select(t => t.alias())]);
        (Tensor value, Tensor along) = FunctionTransforms.jvp(Function, points, tangents);
        Assert.Equal(value.shape, along.shape);
        Assert.False(along.requires_grad);
        (_, Tensor reverse) = FunctionTransforms.JvpByReverse(Function, points, tangents, create_graph: false);
        if (!value.is_floating_point() || value.numel() == 0)
            return;
        Tensor numeric = (Moved(Step) - Moved(-Step)) / (2 * Step);
        double scale = Math.Max(1, numeric.nan_to_num(0).abs().max().ToDouble());
        double error = (along - numeric).nan_to_num(0).abs().max().ToDouble();
        Assert.True(error <= Tolerance * scale, $"{name}: off by {error} where the largest is {scale}");
        double apart = (along - reverse).nan_to_num(0).abs().max().ToDouble();
        Assert.True(apart <= 1e-9 * scale, $"{name}: {apart} from two reverse passes, the largest being {scale}");

        Tensor Moved(double step)
        {
            using (no_grad())
                return operation.Function([.. points.Select((t, i) => t + (tangents[i] * step))]);
        }
    }
}
