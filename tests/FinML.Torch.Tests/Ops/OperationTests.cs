namespace FinML.Torch.Tests.Ops;

/// <summary>What holds for every differentiable operation of the table.</summary>
public class OperationTests
{
    public static TheoryData<string> All => OperationTable.Names(_ => true);

    public static TheoryData<string> OfAnyShape => OperationTable.Names(one => one.AnyShape);

    public static TheoryData<string> OfAnyLayout => OperationTable.Names(one => !one.OwnLayout);

    [Theory]
    [MemberData(nameof(All))]
    public void GradientAndItsGradientAgreeWithDifferences(string name)
    {
        Operation operation = OperationTable.All[name];
        GradCheck.Check(operation.Function, operation.Leaves());
    }

    [Theory]
    [MemberData(nameof(OfAnyShape))]
    public void NumbersAndEmptyTensorsAreOrdinaryInputs(string name)
    {
        Operation operation = OperationTable.All[name];
        foreach (long[] shape in (long[][])[[], [0], [2, 0], [1, 1, 1]])
        {
            Tensor[] inputs = [.. operation.Inputs.Select((one, i) => (one with { Shape = shape }).Make(i + 1))];
            GradCheck.Check(operation.Function, [.. inputs.Select(t => t.requires_grad_())]);
        }
    }

    [Theory]
    [MemberData(nameof(OfAnyLayout))]
    public void ValuesAndGradientsDoNotDependOnTheLayout(string name)
    {
        Operation operation = OperationTable.All[name];
        Tensor[] plain = operation.Leaves();
        (Tensor y, Tensor[] gradients) = Run(operation, plain, plain);
        foreach (Func<Tensor, Tensor> layout in (Func<Tensor, Tensor>[])[Transposed, Spaced])
        {
            Tensor[] leaves = operation.Leaves();
            (Tensor other, Tensor[] others) = Run(operation, leaves, Array.ConvertAll(leaves, t => layout(t)));
            AssertClose(name, y, other, 1e-12);
            for (int i = 0; i < leaves.Length; i++)
                AssertClose($"{name}: gradient {i}", gradients[i], others[i], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(OfAnyLayout))]
    public void ARepeatedRowIsItsCopies(string name)
    {
        Operation operation = OperationTable.All[name];
        if (operation.NeedsDistinct)
            return;
        Tensor[] leaves = operation.Leaves(), same = operation.Leaves();
        (Tensor y, Tensor[] gradients) = Run(operation, leaves, Array.ConvertAll(leaves, t => Repeated(t)));
        (Tensor other, Tensor[] others) = Run(operation, same, Array.ConvertAll(same, t => Repeated(t).clone()));
        AssertClose(name, other, y, 1e-12);
        for (int i = 0; i < leaves.Length; i++)
            AssertClose($"{name}: gradient {i}", others[i], gradients[i], 1e-12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Float32IsFloat64ToItsPrecision(string name)
    {
        Operation operation = OperationTable.All[name];
        Tensor[] wide = operation.Leaves();
        Tensor[] narrow = Array.ConvertAll(operation.Leaves(), t => t.detach().to(float32).requires_grad_());
        (Tensor y, Tensor[] gradients) = Run(operation, wide, wide);
        (Tensor other, Tensor[] others) = Run(operation, narrow, narrow);
        Assert.Equal(float32, other.dtype);
        double tolerance = operation.IllConditioned ? 1e-2 : 5e-5; // some hundred roundings of 6e-8
        AssertClose(name, y, other.to(float64), tolerance);
        for (int i = 0; i < wide.Length; i++)
            AssertClose($"{name}: gradient {i}", gradients[i], others[i].to(float64), tolerance);
    }

    /// <summary>The value, and the gradients of a weighted sum of it; zeros where none arrives.</summary>
    internal static (Tensor Value, Tensor[] Gradients) Run(Operation operation, Tensor[] leaves, Tensor[] inputs)
    {
        Tensor y = operation.Function(inputs);
        if (!y.requires_grad)
            return (y, Array.ConvertAll(leaves, t => torch.zeros_like(t)));
        Tensor weights = Sample.Any(y.shape).Make(99).to(y.dtype);
        IList<Tensor> gradients = autograd.grad([y.mul(weights).sum()], leaves, allow_unused: true);
        return (y.detach(), [.. gradients.Select((g, i) => g ?? torch.zeros_like(leaves[i]))]);
    }

    internal static void AssertClose(string name, Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] wanted = expected.detach().data<double>().ToArray(), got = actual.detach().data<double>().ToArray();
        for (int i = 0; i < wanted.Length; i++)
        {
            bool same = wanted[i].Equals(got[i])
                || Math.Abs(wanted[i] - got[i]) <= tolerance * (1 + Math.Abs(wanted[i]));
            Assert.True(same, $"{name}[{i}]: expected {wanted[i]:R}, here it is {got[i]:R}");
        }
    }

    private static Tensor Transposed(Tensor x) =>
        x.dim() < 2 ? Spaced(x) : x.transpose(0, -1).contiguous().transpose(0, -1);

    /// <summary>Every other element of a storage, from the second on.</summary>
    private static Tensor Spaced(Tensor x) => torch.stack([x * 0 - 7, x], -1).select(-1, 1);

    /// <summary>The first position of the first axis for all of them, by a stride of zero.</summary>
    private static Tensor Repeated(Tensor x) =>
        x.dim() == 0 || x.shape[0] == 0 ? x : x.narrow(0, 0, 1).expand(x.shape);
}
