using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.Ops;

/// <summary>What an operation cannot do it says in one sentence: its name, the shapes, the batch index.</summary>
public class OperationErrorTests
{
    public static TheoryData<string, Action, string[]> Cases => new()
    {
        { "as_strided", () => torch.zeros(3).as_strided([2, 2], [2, 1], 0), ["as_strided", "element 3", "3"] },
        { "as_strided stride", () => torch.zeros(3).as_strided([2], [-1], 0), ["as_strided", "[-1]"] },
        { "diagonal", () => torch.zeros(3, 3).diagonal(0, 1, 1), ["diagonal", "[3, 3]"] },
        { "diag", () => torch.zeros(1, 1, 1).diag(), ["diag", "[1, 1, 1]"] },
        { "trace", () => torch.zeros(2).trace(), ["trace", "[2]"] },
        { "tril", () => torch.zeros(2).tril(), ["tril", "[2]"] },
        { "hsplit", () => torch.zeros(2, 3).hsplit(2), ["hsplit", "[2, 3]"] },
        { "select_scatter", () => torch.zeros(2, 3).select_scatter(torch.zeros(2), 0, 0), ["select_scatter", "[3]"] },
        { "pad reflect", () => F.pad(torch.zeros(2), (2, 0), PaddingModes.Reflect), ["pad", "Reflect", "2"] },
        { "pad cut", () => F.pad(torch.zeros(2), (-2, -1)), ["pad", "[-2, -1]", "[2]"] },
        { "roll", () => torch.zeros(2).roll([1, 2], [0]), ["roll", "[1, 2]", "[0]"] },
        { "repeat_interleave", () => torch.zeros(2).repeat_interleave(2, 0, 5), ["repeat_interleave", "4", "5"] },
        { "meshgrid", () => torch.meshgrid([torch.zeros(2)], "ji"), ["meshgrid", "ji"] },
        { "scatter", () => torch.zeros(2).scatter(0, torch.tensor([2L]), torch.ones(1)), ["scatter", "[0, 1]", "2"] },
        {
            "scatter dtype",
            () => torch.zeros(2).scatter(0, torch.tensor([1L]), torch.ones(1, dtype: float64)),
            ["scatter", "Float64", "Float32"]
        },
        { "index", () => torch.zeros(2, 3).index(torch.tensor([5L])), ["index", "[-2, 1]", "[2, 3]"] },
        { "index float", () => torch.zeros(2).index(torch.ones(1)), ["index", "Float32"] },
        { "index mask", () => torch.zeros(2, 3).index(torch.ones(3, dtype: @bool)), ["mask", "[3]", "[2, 3]"] },
        { "masked_select", () => torch.zeros(2).masked_select(torch.ones(2)), ["masked_select", "Float32"] },
        {
            "masked_scatter",
            () => torch.zeros(2).masked_scatter(torch.ones(2, dtype: @bool), torch.ones(1)),
            ["masked_scatter", "[1]", "2"]
        },
        { "take", () => torch.zeros(2).take(torch.ones(1)), ["take", "Float32"] },
        {
            "index_copy",
            () => torch.zeros(2, 3).index_copy(0, torch.tensor([0L]), torch.ones(1, 2)),
            ["index_copy", "[1, 2]", "[1, 3]"]
        },
        { "bitwise_and", () => torch.zeros(2).bitwise_and(torch.zeros(2)), ["bitwise_and", "Float32"] },
        { "floor_divide", () => torch.arange(2).floor_divide(0), ["floor_divide", "zero"] },
        { "positive", () => torch.ones(1, dtype: @bool).positive(), ["positive", "bool"] },
        { "glu", () => torch.zeros(3).glu(), ["glu", "[3]"] },
        { "prelu", () => torch.zeros(2, 3).prelu(torch.ones(2)), ["prelu", "[2]", "[2, 3]"] },
        { "heaviside", () => torch.zeros(2).heaviside(torch.arange(2)), ["heaviside", "Float32", "Int64"] },
        { "polygamma", () => torch.zeros(2).polygamma(-1), ["p", "-1"] },
        { "quantile", () => torch.zeros(2).quantile(torch.tensor(1.5f)), ["quantile", "[0, 1]"] },
        {
            "quantile interpolation",
            () => torch.zeros(2).quantile(torch.tensor(0.5f), interpolation: "cubic"),
            ["quantile", "cubic"]
        },
        { "kthvalue", () => torch.zeros(2).kthvalue(3, 0), ["kthvalue", "[1, 2]"] },
        { "norm", () => torch.arange(2).norm(), ["norm", "Int64"] },
        { "histc", () => torch.zeros(2).histc(2, 3, 1), ["histc", "3 to 1"] },
        { "bincount", () => torch.zeros(2).bincount(), ["bincount", "Float32"] },
        { "searchsorted", () => torch.searchsorted(torch.zeros(2, 2), torch.zeros(3, 1)), ["[2, 2]", "[3, 1]"] },
        { "cov", () => torch.zeros(1, 1, 1).cov(), ["cov", "[1, 1, 1]"] },
        { "einsum terms", () => torch.einsum("ij,jk->ik", torch.zeros(2, 2)), ["einsum", "2 terms", "1 operands"] },
        { "einsum letters", () => torch.einsum("ij->i", torch.zeros(2)), ["einsum", "\"ij\"", "1 dimensions"] },
        {
            "einsum sizes",
            () => torch.einsum("ij,jk", torch.zeros(2, 3), torch.zeros(4, 2)),
            ["einsum", "'j'", "3", "4"]
        },
        { "einsum result", () => torch.einsum("ij->k", torch.zeros(2, 2)), ["einsum", "'k'"] },
        { "einsum character", () => torch.einsum("i1", torch.zeros(2, 2)), ["einsum", "'1'"] },
        { "tensordot", () => torch.zeros(2, 3).tensordot(torch.zeros(2), 1), ["tensordot", "[2, 3]", "[2]"] },
        { "mv", () => torch.zeros(2, 3).mv(torch.zeros(2)), ["mv", "[2, 3]", "[2]"] },
        { "cdist", () => torch.cdist(torch.zeros(2, 3), torch.zeros(2, 2)), ["cdist", "[2, 3]", "[2, 2]"] },
        { "multi_dot", () => torch.linalg.multi_dot([torch.zeros(2, 3), torch.zeros(2, 3)]), ["multi_dot", "1"] },
        { "cross", () => torch.linalg.cross(torch.zeros(2), torch.zeros(2)), ["cross", "[2]"] },
        { "cholesky", () => torch.linalg.cholesky(Second(-1)), ["linalg.cholesky", "[0, 1]", "positive definite"] },
        { "cholesky alone", () => torch.linalg.cholesky(-torch.eye(2)), ["linalg.cholesky", "the matrix"] },
        { "cholesky shape", () => torch.linalg.cholesky(torch.zeros(2, 3)), ["linalg.cholesky", "square", "[2, 3]"] },
        { "cholesky dtype", () => torch.linalg.cholesky(torch.arange(4).view(2, 2)), ["cholesky", "Int64"] },
        { "inv", () => torch.linalg.inv(Second(0)), ["linalg.inv", "[0, 1]", "singular"] },
        { "solve", () => torch.linalg.solve(Second(0), torch.ones(2, 1)), ["linalg.solve", "[0, 1]", "singular"] },
        { "solve shape", () => torch.linalg.solve(torch.zeros(2, 2), torch.ones(3, 1)), ["solve", "[2, 2]", "[3, 1]"] },
        {
            "solve_triangular",
            () => torch.linalg.solve_triangular(Second(0), torch.ones(2, 1), upper: true),
            ["linalg.solve_triangular", "[0, 1]", "singular"]
        },
        { "eigh", () => torch.linalg.eigh(Second(double.NaN)), ["linalg.eigh", "[0, 1]", "finite"] },
        { "svd", () => torch.linalg.svd(Second(double.NaN)), ["linalg.svd", "[0, 1]", "finite"] },
        { "eigh UPLO", () => torch.linalg.eigh(torch.eye(2), 'X'), ["eigh", "'X'"] },
        {
            "qr gradient",
            () => torch.linalg.qr(torch.zeros(3, 2).requires_grad_(), torch.linalg.QRMode.Complete),
            ["linalg.qr", "Complete", "3", "2"]
        },
        { "matrix_power", () => torch.linalg.matrix_power(torch.zeros(2, 3), 2), ["matrix_power", "[2, 3]"] },
        { "matrix_norm", () => torch.linalg.matrix_norm(torch.zeros(2, 2), 3.0), ["matrix_norm", "3"] },
        { "lstsq", () => torch.linalg.lstsq(torch.zeros(3, 2), torch.zeros(2, 1)), ["lstsq", "[3, 2]", "[2, 1]"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheMessageNamesOperationAndShapes(string name, Action action, string[] parts)
    {
        Exception? error = Record.Exception(action);
        Assert.True(
            error is ArgumentException or InvalidOperationException, $"{name}: got {error?.GetType().Name ?? "nothing"}");
        foreach (string part in parts)
            Assert.Contains(part, error!.Message, StringComparison.Ordinal);
    }

    /// <summary>A batch (1, 2) of identities, the last element of the second replaced.</summary>
    private static Tensor Second(double value)
    {
        Tensor result = torch.eye(2, dtype: float32).expand(1, 2, 2, 2).clone();
        result[0, 1, 1, 1] = torch.tensor((float)value);
        return result;
    }
}
