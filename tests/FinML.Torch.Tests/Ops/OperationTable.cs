using static FinML.Torch.Tests.Ops.Sample;
using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.Ops;

/// <summary>
/// Every differentiable operation with sample inputs. The conformance tests run over the whole table, so an operation
/// is held to all of them by one line here, and to PyTorch's values by the same line in make_operation_golden.py. One
/// part a family.
/// </summary>
internal static partial class OperationTable
{
    public static IReadOnlyDictionary<string, Operation> All { get; } =
        new[] { Basics, Shaping, Functions, Reductions, Products, Algebra }
            .SelectMany(part => part)
            .ToDictionary(one => one.Name);

    /// <summary>The names, as the data of a theory.</summary>
    public static TheoryData<string> Names(Func<Operation, bool> which) =>
        [.. All.Values.Where(which).Select(one => one.Name)];

    private static Operation Op(string name, Func<Tensor, Tensor> function, Sample input) =>
        new(name, x => function(x[0]), [input]);

    private static Operation Op(string name, Func<Tensor, Tensor, Tensor> function, Sample first, Sample second) =>
        new(name, x => function(x[0], x[1]), [first, second]);

    private static Operation Op(
        string name, Func<Tensor, Tensor, Tensor, Tensor> function, Sample first, Sample second, Sample third) =>
        new(name, x => function(x[0], x[1], x[2]), [first, second, third]);

    private static Operation Op(
        string name, Func<Tensor, Tensor, Tensor, Tensor, Tensor> function, Sample first, Sample second, Sample third,
        Sample fourth) =>
        new(name, x => function(x[0], x[1], x[2], x[3]), [first, second, third, fourth]);

    /// <summary>A symmetric positive definite matrix made of any.</summary>
    private static Tensor Spd(Tensor x) => x.matmul(x.mT) + torch.eye(x.shape[^2], dtype: x.dtype);

    /// <summary>A lower triangular matrix with a safe diagonal, made of any.</summary>
    private static Tensor Lower(Tensor x) => x.tril(-1) + (2 * torch.eye(x.shape[^1], dtype: x.dtype));

    /// <summary>A matrix far from singular, made of any.</summary>
    private static Tensor Well(Tensor x) => x + (3 * torch.eye(x.shape[^2], x.shape[^1], x.dtype));

    private static Tensor SvdProduct(Tensor x)
    {
        (Tensor u, Tensor s, Tensor vh) = torch.linalg.svd(x, fullMatrices: false);
        return (u * s.sqrt().unsqueeze(-2)).matmul(vh);
    }

    private static Tensor EighPower(Tensor x)
    {
        (Tensor values, Tensor vectors) = torch.linalg.eigh(x);
        return (vectors * values.exp().unsqueeze(-2)).matmul(vectors.mT);
    }

    private static Tensor Longs(params long[] values) => torch.tensor(values);

    private static Tensor InPlaceSlices(Tensor x, Tensor y)
    {
        Tensor result = x.exp().clone();
        result[0] = y.square();
        result[.., 1].mul_(y[0]);
        return result * x;
    }

    private static Tensor BufferOfSteps(Tensor x)
    {
        Tensor buffer = torch.zeros(2, 3, dtype: x.dtype), first = x.exp();
        buffer[0] = first;
        buffer[1] = first * x;
        return buffer.square();
    }

    private static Tensor FillRow(Tensor x)
    {
        Tensor result = x.exp().clone();
        result[0].fill_(2);
        return result * x;
    }
}
