namespace FinML.Torch.Tests.Tensors;

public class ViewTests
{
    [Fact]
    public void ViewsShareElements()
    {
        Tensor x = torch.arange(12, dtype: float32).reshape(3, 4);
        x.t()[1, 2] = torch.tensor(-1f);
        Assert.Equal(-1f, x[2, 1].ToSingle());
        x.narrow(1, 0, 2).zero_();
        Assert.Equal(0f, x[2, 1].ToSingle());
        Assert.Equal(0f, x[0, 0].ToSingle());
        x.view(2, 6)[1, 5].fill_(9);
        Assert.Equal(9f, x[2, 3].ToSingle());
    }

    [Fact]
    public void CopiesDoNotShare()
    {
        Tensor x = torch.zeros(2, 2), y = x.clone(), z = x.t().reshape(4);
        x.fill_(1);
        Assert.Equal(0f, y.sum().ToSingle());
        Assert.Equal(0f, z.sum().ToSingle());
    }

    [Fact]
    public void IndexersReadAsInPython()
    {
        Tensor x = torch.arange(24).reshape(2, 3, 4);
        Assert.Equal(23, x[-1, -1, -1].ToInt64());
        Assert.Equal([4L, 5, 6, 7], x[0, 1].data<long>().ToArray());
        Assert.Equal([1L, 3], x[0, 0, TensorIndex.Slice(1, null, 2)].data<long>().ToArray());
        Assert.Equal([3L, 15], x[TensorIndex.Ellipsis, 3][.., 0].data<long>().ToArray());
        Assert.Equal([2, 1, 3, 4], x[TensorIndex.Colon, TensorIndex.Null].shape);
        Assert.Equal([2L, 3], x[0, 0, 2..].data<long>().ToArray());
        Assert.Equal([1L, 2], x[0, 0, 1..^1].data<long>().ToArray());
        Assert.Equal(0, x[0, 0, 3..1].numel());
        Assert.Equal([2L, 1], x[0, 0, torch.tensor([2L, 1])].data<long>().ToArray());
        Assert.Equal([20L, 21, 22, 23], x[x.gt(19)].data<long>().ToArray());
        Assert.Equal(
            [9L, 20],
            x[torch.tensor([0L, 1]), torch.tensor([2L, -1]), torch.tensor([1L, 0])].data<long>().ToArray());
    }

    [Fact]
    public void IndexersWrite()
    {
        Tensor x = torch.zeros(3, 3);
        x[1] = torch.tensor([1f, 2f, 3f]);
        x[TensorIndex.Colon, 0] = torch.tensor(7f);
        x[x.gt(6)] = torch.tensor(5f);
        x[torch.tensor([2L, 0])] = torch.tensor(new float[,] { { 1, 1, 1 }, { 2, 2, 2 } });
        Assert.Equal([2f, 2f, 2f, 5f, 2f, 3f, 1f, 1f, 1f], x.data<float>().ToArray());
    }

    [Fact]
    public void ReshapeIsAViewWhereTheStridesAllowIt()
    {
        Tensor x = torch.zeros(2, 3, 4), y = x.transpose(0, 1).reshape(3, 2, 2, 2);
        y.fill_(1);
        Assert.Equal(24f, x.sum().ToSingle());
        Assert.Throws<ArgumentException>(() => x.transpose(1, 2).view(24));
    }

    [Theory]
    [InlineData(2, 6, 1)]
    [InlineData(3, 2, 2)]
    public void ReshapeOfATransposeReadsRowMajor(long a, long b, long c)
    {
        Tensor x = torch.arange(12).reshape(3, 4).t();
        Assert.Equal(x.contiguous().data<long>().ToArray(), x.reshape(a, b, c).data<long>().ToArray());
    }

    [Fact]
    public void WritesThroughOneViewShowInTheGraphOfAnother()
    {
        Tensor x = torch.tensor([1.0, 2.0, 3.0], requires_grad: true), y = x.clone(), tail = y[1..];
        y[1] = torch.tensor(10.0);
        tail.square().sum().backward();
        Assert.Equal([0.0, 0.0, 6.0], x.grad!.data<double>().ToArray());
    }

    [Fact]
    public void FromArrayAliasesAndTensorCopies()
    {
        float[] data = [1, 2, 3];
        Tensor alias = torch.from_array(data), copy = torch.tensor(data);
        alias[0] = torch.tensor(9f);
        Assert.Equal(9f, data[0]);
        Assert.Equal(1f, copy[0].ToSingle());
    }

    [Fact]
    public void ADisposedTensorSaysSo()
    {
        Tensor x = torch.zeros(3), view = x.view(3);
        x.Dispose();
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => x + 1);
        Assert.Equal(0f, view.sum().ToSingle());
    }

    [Fact]
    public void TextShowsValues()
    {
        Assert.Equal(
            "[2x2], type = Float32, device = cpu\n[[1 2]\n [3 4.5]]",
            torch.tensor(new float[,] { { 1, 2 }, { 3, 4.5f } }).ToString());
        Assert.Equal("[], type = Int64, device = cpu, value = 7", torch.tensor(7L).ToString());
        Assert.Contains("...", torch.zeros(2000).str());
    }
}
