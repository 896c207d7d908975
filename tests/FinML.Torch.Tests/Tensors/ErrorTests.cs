namespace FinML.Torch.Tests.Tensors;

/// <summary>A mistake raises an exception that names the operation and both shapes.</summary>
public class ErrorTests
{
    public static TheoryData<string, Action, string[]> Mistakes => new()
    {
        { "add", () => (torch.zeros(2, 3) + torch.zeros(4)).sum(), ["add", "[2, 3]", "[4]"] },
        { "mm", () => torch.zeros(2, 3).mm(torch.zeros(4, 5)), ["mm", "[2, 3]", "[4, 5]"] },
        { "matmul", () => torch.zeros(2, 3).matmul(torch.zeros(2, 4, 5)), ["matmul", "[2, 3]", "[2, 4, 5]"] },
        {
            "mm dtype", () => torch.zeros(2, 3).mm(torch.zeros(3, 2, dtype: float64)),
            ["mm", "Float32[2, 3]", "Float64[3, 2]"]
        },
        { "bmm", () => torch.zeros(1, 2, 3).bmm(torch.zeros(2, 3, 4)), ["bmm", "[1, 2, 3]", "[2, 3, 4]"] },
        { "view", () => torch.zeros(2, 3).view(4, -1), ["view", "[2, 3]", "[4, -1]"] },
        { "expand", () => torch.zeros(2, 3).expand(2, 4), ["expand", "[2, 3]", "[2, 4]"] },
        { "cat", () => torch.cat([torch.zeros(2, 3), torch.zeros(2, 4)]), ["cat", "[2, 3]", "[2, 4]"] },
        { "stack", () => torch.stack([torch.zeros(2), torch.zeros(3)]), ["stack", "[2]", "[3]"] },
        { "select", () => torch.zeros(2, 3).select(1, 3), ["select", "[-3, 2]", "[2, 3]"] },
        { "dim", () => torch.zeros(2, 3).sum(2), ["sum", "[-2, 1]"] },
        { "twice", () => torch.zeros(2, 3).sum([0, -2]), ["sum", "twice"] },
        { "gather", () => torch.zeros(2).gather(0, torch.tensor([2L])), ["gather", "[0, 1]", "2"] },
        { "index_select", () => torch.zeros(2).index_select(0, torch.tensor([-1L])), ["index_select", "-1"] },
        { "index", () => _ = torch.zeros(2)[torch.tensor([5L])], ["index", "[-2, 1]", "5"] },
        { "too many", () => _ = torch.zeros(2)[0, 0], ["index", "[2]"] },
        { "item", () => torch.zeros(2).item<float>(), ["item", "[2]"] },
        { "item type", () => torch.zeros(1).item<double>(), ["item", "Float32", "Double"] },
        { "mean of integers", () => torch.arange(3).mean(), ["mean", "Int64"] },
        { "where", () => torch.where(torch.zeros(2), torch.zeros(2), torch.zeros(2)), ["where", "Bool", "Float32"] },
        { "argmax", () => torch.zeros(0).argmax(), ["argmax", "[0]"] },
        { "topk", () => torch.zeros(3).topk(4), ["topk", "[0, 3]"] },
        { "cuda", () => torch.device("cuda:0"), ["CUDA", "not available"] },
        { "size", () => torch.zeros(-1), ["full", "[-1]"] },
        { "fill", () => torch.tensor([1f, 2f], [3]), ["tensor", "2", "[3]"] },
        { "in place", () => torch.zeros(3).add_(torch.zeros(2, 3)), ["add_", "[2, 3]", "[3]"] },
        { "in place dtype", () => torch.arange(3).mul_(0.5), ["mul_", "Float32", "Int64"] },
        { "copy_", () => torch.zeros(3).copy_(torch.zeros(2)), ["copy_", "[2]", "[3]"] },
        { "clamp", () => torch.zeros(3).clamp((Scalar?)null), ["clamp", "min"] },
        { "multinomial", () => torch.zeros(3).multinomial(1), ["multinomial", "positive"] },
        { "multinomial NaN", () => torch.tensor([1f, float.NaN]).multinomial(1), ["multinomial", "NaN"] },
        { "bernoulli", () => torch.full([2], 1.5).bernoulli(), ["bernoulli", "[0, 1]"] },
        { "randint", () => torch.randint(3, 3, [1]), ["randint", "3"] },
        { "unfold", () => torch.zeros(3).unfold(0, 4, 1), ["unfold", "4"] },
        { "requires_grad", () => torch.arange(3).requires_grad_(), ["requires_grad_", "Int64"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void TheMessageNamesTheOperationAndTheShapes(string name, Action mistake, string[] words)
    {
        Exception error = Assert.ThrowsAny<Exception>(mistake);
        Assert.True(error is ArgumentException or InvalidOperationException, $"{name}: {error}");
        foreach (string word in words)
        {
            Assert.Contains(word, error.Message);
        }
    }
}
