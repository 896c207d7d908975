using FinML.Data;

namespace FinML.Markets.Tests.Environments;

public sealed class SpaceTests
{
    [Fact]
    public void SamplesAreMembers()
    {
        Space[] spaces =
        [
            new Discrete(5), new Box([-1, 0], [1, 0]), new Box([float.NegativeInfinity], [3]),
            new Box([-2], [float.PositiveInfinity]), Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, 3),
        ];
        var random = new RandomStream(1);
        foreach (Space space in spaces)
        {
            float[] value = new float[space.Size];
            for (int i = 0; i < 1_000; i++)
            {
                space.Sample(random, value);
                Assert.True(space.Contains(value));
            }
        }
    }

    [Fact]
    public void MembersAreWholeNumbersInRange()
    {
        var three = new Discrete(3);
        Assert.True(three.Contains([2]));
        Assert.False(three.Contains([3]));
        Assert.False(three.Contains([-1]));
        Assert.False(three.Contains([0.5f]));
        Assert.False(three.Contains([float.NaN]));
        Assert.False(three.Contains([1, 1]));
        Assert.Equal("Discrete(0..2)", three.ToString());
    }

    [Fact]
    public void BoxesCompareByTheirBounds()
    {
        Assert.Equal(new Box([0], [1]), Box.Uniform(0, 1, 1));
        Assert.NotEqual(new Box([0], [1]), new Box([0], [2]));
        Assert.Equal(new Box([0], [1]).GetHashCode(), Box.Uniform(0, 1, 1).GetHashCode());
        Assert.Equal("Box(0..1)", new Box([0], [1]).ToString());
    }

    [Fact]
    public void RefusesBadBounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Discrete(0));
        Assert.Throws<ArgumentException>(() => new Box([], []));
        Assert.Throws<ArgumentException>(() => new Box([0, 0], [1]));
        Assert.Contains("from 2 to 1", Assert.Throws<ArgumentException>(() => new Box([2], [1])).Message);
        Assert.Throws<ArgumentException>(() => new Box([float.NaN], [1]));
    }
}
