namespace FinML.Data.Tests.Features;

public sealed class FeatureMatrixTests
{
    private readonly FeatureMatrix _matrix = FeatureMatrix.Create(TestPanels.Days(2), ["a", "b"],
        [1, 2, 3, double.NaN]);

    [Fact]
    public void It_is_row_major()
    {
        Assert.Equal([3, double.NaN], _matrix.Row(1).ToArray());
        Assert.Equal(2, _matrix[0, 1]);
        Assert.Equal([1.0, 3], _matrix.Column("a"));
        Assert.Equal([7.0, 8], _matrix.Append("c", [7, 8]).Column("c"));
        Assert.Equal([1, 2, 7], _matrix.Append("c", [7, 8]).Row(0).ToArray());
        Assert.True(_matrix.IsComplete(0));
        Assert.False(_matrix.IsComplete(1));
    }

    [Fact]
    public void What_is_wrong_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FeatureMatrix.Create(TestPanels.Days(2), ["a"], [1]));
        Assert.Throws<ArgumentException>(() => _matrix.Append("a", [1, 2]));
        Assert.Throws<ArgumentException>(() => _matrix.Append("c", [1]));
        Assert.Throws<ArgumentException>(() => _matrix.Column("z"));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = _matrix.Row(2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => _matrix[0, 2]);
    }
}
