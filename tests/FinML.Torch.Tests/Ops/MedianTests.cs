namespace FinML.Torch.Tests.Ops;

/// <summary>Medians along an axis against PyTorch: the lower of two middles, NaN where the row has one.</summary>
public sealed class MedianTests
{
    // torch.tensor([[3, 1, 2, 4], [5, 5, nan, 0]]).median(1) of PyTorch 1.13: (2, nan), (2, 2)
    private static readonly Tensor X = torch.tensor(new double[,] { { 3, 1, 2, 4 }, { 5, 5, double.NaN, 0 } });

    [Fact]
    public void TheLowerOfTwoMiddlesAndWhereItWas()
    {
        (Tensor values, Tensor indices) = X.median(1);
        Assert.Equal([2, double.NaN], values.data<double>().ToArray());
        Assert.Equal([2L, 2L], indices.data<long>().ToArray());
        (values, indices) = X.median(-2, keepdim: true); // torch gives [[3, 1, nan, 0]] and [[0, 0, 1, 1]]
        Assert.Equal([1L, 4L], values.shape);
        Assert.Equal([3, 1, double.NaN, 0], values.data<double>().ToArray());
        Assert.Equal([0L, 0L, 1L, 1L], indices.data<long>().ToArray());
    }

    [Fact]
    public void IntegersAndNumbers()
    {
        (Tensor values, Tensor indices) = torch.tensor(new long[] { 9, 7, 8 }).median(0);
        Assert.Equal(8, values.item<long>());
        Assert.Equal(2, indices.item<long>());
        Assert.Equal(4.0, torch.tensor(4.0).median(0).values.ToDouble());
    }

    [Fact]
    public void TheGradientGoesToTheElement()
    {
        GradCheck.Check(
            x => x[0].median(1).values,
            [torch.tensor(new double[,] { { 3, 1, 2, 4 }, { 0.5, 0.25, 7, 0 } })]);
    }

    [Fact]
    public void NoAxisAndNoElementsAreRefused()
    {
        Assert.Contains("[-2, 1]", Assert.Throws<ArgumentOutOfRangeException>(() => X.median(2)).Message);
        Assert.Contains("no elements", Assert.Throws<ArgumentException>(() => torch.zeros([2, 0]).median(1)).Message);
    }
}
