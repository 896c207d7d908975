using FinML.Data;

namespace FinML.Markets.Tests.Environments;

public sealed class SpaceTests
{
    private static readonly Dict Everything = new(
        ("price", Box.Uniform(-1, 1, 2)), ("side", new Discrete(3)),
        ("levels", new MultiDiscrete(2, 4)), ("inner", new Dict(("clock", new Discrete(2)))));

    [Fact]
    public void SamplesAreMembers()
    {
        Space[] spaces =
        [
            new Discrete(5), new Box([-1, 0], [1, 0]), new Box([float.NegativeInfinity], [3]),
            new Box([-2], [float.PositiveInfinity]), Box.Uniform(float.NegativeInfinity, float.PositiveInfinity, 3),
            new MultiDiscrete(3, 1, 7), Everything,
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

    [Fact]
    public void SeveralWholeNumbersHaveEachTheirRange()
    {
        var space = new MultiDiscrete(3, 2);
        Assert.Equal([3, 2], space.Counts);
        Assert.True(space.Contains([2, 1]));
        Assert.False(space.Contains([1, 2]));
        Assert.False(space.Contains([0.5f, 1]));
        Assert.False(space.Contains([1]));
        Assert.Equal(new MultiDiscrete(3, 2), space);
        Assert.Equal(new MultiDiscrete(3, 2).GetHashCode(), space.GetHashCode());
        Assert.NotEqual(new MultiDiscrete(2, 3), space);
        Assert.Equal("MultiDiscrete(0..2, 0..1)", space.ToString());
        var seen = new HashSet<(float, float)>();
        float[] value = new float[2];
        var random = new RandomStream(3);
        for (int i = 0; i < 200; i++)
        {
            space.Sample(random, value);
            seen.Add((value[0], value[1]));
        }

        Assert.Equal(6, seen.Count);
    }

    [Fact]
    public void PartsLieOneAfterTheOther()
    {
        Assert.Equal(6, Everything.Size);
        Assert.Equal(["price", "side", "levels", "inner"], Everything.Names);
        Assert.Equal(3..5, Everything.RangeOf("levels"));
        Assert.Equal(new Discrete(3), Everything["side"]);
        Assert.True(Everything.Contains([0.5f, -1, 2, 1, 3, 0]));
        Assert.False(Everything.Contains([0.5f, -1, 3, 1, 3, 0]));
        Assert.False(Everything.Contains([0.5f, -1, 2, 1, 3]));
        Assert.Equal("Dict(a: Discrete(0..1))", new Dict(("a", new Discrete(2))).ToString());
        Assert.Equal(new Dict(("a", new Discrete(2))), new Dict(("a", new Discrete(2))));
        Assert.Equal(
            new Dict(("a", new Discrete(2))).GetHashCode(), new Dict(("a", new Discrete(2))).GetHashCode());
        Assert.NotEqual(new Dict(("b", new Discrete(2))), new Dict(("a", new Discrete(2))));
    }

    [Fact]
    public void FlatteningIsOneHotAndComesBack()
    {
        // Gymnasium: flatten(Dict) concatenates, flatten(Discrete) is one-hot, flatten(Box) copies.
        float[] value = [0.5f, -1, 2, 1, 3, 0], flat = new float[Everything.FlatSize], back = new float[6];
        Everything.Flatten(value, flat);
        Assert.Equal([0.5f, -1, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 0], flat);
        Everything.Unflatten(flat, back);
        Assert.Equal(value, back);
        Assert.Contains("13 when flattened",
            Assert.Throws<ArgumentException>(() => Everything.Flatten(value, new float[12])).Message);
        Assert.Contains("not in Dict(",
            Assert.Throws<ArgumentException>(() => Everything.Flatten([0, 0, 5, 0, 0, 0], flat)).Message);
    }

    [Fact]
    public void RefusesBadParts()
    {
        Assert.Contains("counts[1] has to be from 1",
            Assert.ThrowsAny<ArgumentException>(() => new MultiDiscrete(2, 0)).Message);
        Assert.Throws<ArgumentException>(() => new MultiDiscrete());
        Assert.Throws<ArgumentException>(() => new Dict());
        Assert.Contains("two parts named 'a'", Assert.Throws<ArgumentException>(
            () => new Dict(("a", new Discrete(2)), ("a", new Discrete(3)))).Message);
        Assert.Contains("no part 'b'; its parts are price", Assert.Throws<ArgumentException>(
            () => Everything["b"]).Message);
    }
}
