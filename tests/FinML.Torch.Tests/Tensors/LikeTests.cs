namespace FinML.Torch.Tests.Tensors;

/// <summary>New tensors in the shape and the dtype of another.</summary>
public sealed class LikeTests
{
    private static readonly Tensor X = torch.zeros([2, 3], float64);

    [Fact]
    public void FillsHaveShapeAndDtype()
    {
        Assert.Equal([0.0, 0, 0, 0, 0, 0], X.zeros_like().data<double>().ToArray());
        Assert.Equal([1.0, 1, 1, 1, 1, 1], X.ones_like().data<double>().ToArray());
        Assert.Equal([7.5, 7.5, 7.5, 7.5, 7.5, 7.5], X.full_like(7.5).data<double>().ToArray());
        Assert.Equal([2L, 3L], X.empty_like().shape);
        Tensor other = X.ones_like(float32, requires_grad: true);
        Assert.Equal(float32, other.dtype);
        Assert.True(other.requires_grad && other.is_leaf);
    }

    [Fact]
    public void DrawsAreThoseOfTheirGenerator()
    {
        Assert.Equal(
            torch.rand([2, 3], float64, generator: new torch.Generator(4)).data<double>().ToArray(),
            X.rand_like(generator: new torch.Generator(4)).data<double>().ToArray());
        Assert.Equal(
            torch.randn([2, 3], float32, generator: new torch.Generator(4)).data<float>().ToArray(),
            X.randn_like(float32, generator: new torch.Generator(4)).data<float>().ToArray());
        Tensor numbers = X.randint_like(2, 5, generator: new torch.Generator(4));
        Assert.Equal(float64, numbers.dtype);
        Assert.All(numbers.data<double>().ToArray(), v => Assert.Contains(v, new double[] { 2, 3, 4 }));
    }
}
