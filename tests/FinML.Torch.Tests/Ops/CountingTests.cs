namespace FinML.Torch.Tests.Ops;

/// <summary>Counts, bins and different elements, beside values worked out by PyTorch.</summary>
public class CountingTests
{
    [Fact]
    public void DifferentElementsAreSortedCountedAndFound()
    {
        Tensor x = torch.tensor([3L, 1, 3, 2, 1, 3], [2, 3]);
        (Tensor output, Tensor? inverse, Tensor? counts) = x.unique(return_inverse: true, return_counts: true);
        Assert.Equal([1L, 2, 3], output.data<long>().ToArray());
        Assert.Equal([2L, 0, 2, 1, 0, 2], inverse!.data<long>().ToArray());
        Assert.Equal([2, 3], inverse.shape);
        Assert.Equal([2L, 1, 3], counts!.data<long>().ToArray());
        Assert.Null(x.unique().counts);
    }

    [Fact]
    public void DifferentSlicesAreComparedWhole()
    {
        Tensor x = torch.tensor([2.0, 1, 0, 5, 2, 1], [3, 2]);
        (Tensor output, Tensor? inverse, Tensor? counts) =
            x.unique(return_inverse: true, return_counts: true, dim: 0);
        Assert.Equal([0.0, 5, 2, 1], output.data<double>().ToArray());
        Assert.Equal([1L, 0, 1], inverse!.data<long>().ToArray());
        Assert.Equal([1L, 2], counts!.data<long>().ToArray());
    }

    [Fact]
    public void RunsAreOfNeighbours()
    {
        (Tensor output, Tensor? inverse, Tensor? counts) = torch.tensor([1L, 1, 2, 1]).unique_consecutive(true, true);
        Assert.Equal([1L, 2, 1], output.data<long>().ToArray());
        Assert.Equal([0L, 0, 1, 2], inverse!.data<long>().ToArray());
        Assert.Equal([2L, 1, 1], counts!.data<long>().ToArray());
        Assert.Equal(3, torch.tensor([double.NaN, 1, double.NaN]).unique().output.numel());
        Assert.Equal(0, torch.zeros(0).unique().output.numel());
    }

    [Fact]
    public void PositionsOfExtremesAndRanks()
    {
        Tensor x = torch.tensor([1.0, 3, 3, 2, double.NaN, 4]);
        Assert.Equal([0L, 1, 2, 2, 4, 4], x.cummax(0).indexes.data<long>().ToArray());
        Assert.Equal([0L, 0, 0, 0, 4, 4], x.cummin(0).indexes.data<long>().ToArray());
        Assert.Equal([0L, 3, 1, 2, 5, 4], x.argsort().data<long>().ToArray());
        Assert.Equal(3, x.kthvalue(2, 0).indices.ToInt64());
        Assert.Equal(double.NaN, x.median().ToDouble());
        Assert.Equal(3, x.nanmedian().ToDouble());
        Assert.Equal(2, torch.tensor([4.0, 1, 2, 3]).median().ToDouble());
        Assert.Equal(double.NaN, torch.zeros(0).median().ToDouble());
        Assert.Equal([true, false], torch.tensor([0.0, 5, double.NaN, 1, 2, 3], [2, 3])
            .quantile(torch.tensor(0.5), 1).isnan().data<bool>().ToArray());
    }

    [Fact]
    public void PositionsAmongEdges()
    {
        Tensor edges = torch.tensor([1.0, 3, 3, 5]), values = torch.tensor([0.0, 1, 3, 6, double.NaN], [5]);
        Assert.Equal([0L, 0, 1, 4, 4], torch.searchsorted(edges, values).data<long>().ToArray());
        Assert.Equal([0L, 1, 3, 4, 4], values.bucketize(edges, right: true).data<long>().ToArray());
        Assert.Equal(int32, values.bucketize(edges, outInt32: true).dtype);
        Tensor rows = torch.tensor([1.0, 3, 5, 2, 4, 6], [2, 3]);
        Tensor wanted = torch.tensor([3.0, 6, 9, 3, 6, 9], [2, 3]);
        Assert.Equal([1L, 3, 3, 1, 2, 3], torch.searchsorted(rows, wanted).data<long>().ToArray());
        Tensor mixed = torch.tensor([5.0, 1, 3]);
        Assert.Equal(
            [1L], torch.searchsorted(mixed, torch.tensor([2.0]), sorter: mixed.argsort()).data<long>().ToArray());
    }

    [Fact]
    public void Bins()
    {
        Tensor x = torch.tensor([1.0, 2, 1, 4, -1, 5, double.NaN]);
        Assert.Equal([0.0, 2, 1, 1], x.histc(4, 0, 4).data<double>().ToArray());
        Assert.Equal([1.0, 2, 1, 2], x[..^1].histc(4).data<double>().ToArray());
        Tensor n = torch.tensor([4L, 3, 6, 3, 4]), weights = torch.tensor([0, 0.25, 0.5, 0.75, 1]);
        Assert.Equal([0L, 0, 0, 2, 2, 0, 1], n.bincount().data<long>().ToArray());
        Assert.Equal([0.0, 0, 0, 1, 1, 0, 0.5, 0], n.bincount(weights, 8).data<double>().ToArray());
        Assert.Equal([2L, 1], torch.tensor([1L, 0, 2, 0, 0, 3], [3, 2]).count_nonzero([0]).data<long>().ToArray());
        Assert.Throws<ArgumentException>(() => torch.tensor([-1L]).bincount());
    }
}
