using FinML.Shared;

namespace FinML.Data.Tests.Random;

public sealed class RandomStreamTests
{
    /// <summary>Known answers of the authors' library Random123, file kat_vectors, philox 4x32 with 10
    /// rounds.</summary>
    [Fact]
    public void Philox_gives_the_known_answers()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox4x32.Block(0, 0, 0));
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox4x32.Block(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue));
    }

    [Fact]
    public void The_words_are_those_of_Philox()
    {
        RandomStream random = new(0);
        Assert.Equal(0xe169c58d_6627e8d5ul, random.NextUInt64());
        Assert.Equal(0x9b00dbd8_bc57ac4cul, random.NextUInt64());
    }

    /// <summary>Values of a 12-line Philox in Python (word * 1000 >> 64): another process and machine, the same
    /// bits.</summary>
    [Fact]
    public void The_same_seed_gives_the_same_bits_everywhere()
    {
        RandomStream random = new(2026, 3);
        string drawn = string.Join(" ", Enumerable.Range(0, 8).Select(_ => random.NextInt(1000)));
        Assert.Equal(Golden, drawn);
    }

    private const string Golden = "63 482 529 874 931 613 503 135";

    [Fact]
    public void A_state_goes_on_where_it_was_taken()
    {
        RandomStream random = new(11, 5);
        for (int drawn = 0; drawn < 5; drawn++)
        {
            RandomState state = random.GetState();
            ulong[] expected = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];
            RandomStream resumed = new(0);
            resumed.SetState(state);
            ulong[] actual = [resumed.NextUInt64(), resumed.NextUInt64(), resumed.NextUInt64()];
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Streams_and_splits_differ_and_do_not_depend_on_what_was_drawn()
    {
        RandomStream fresh = new(1), used = new(1);
        used.NextNormal();
        Assert.Equal(fresh.Split(4).NextUInt64(), used.Split(4).NextUInt64());
        ulong[] firsts =
        [
            new RandomStream(1).NextUInt64(), new RandomStream(1, 1).NextUInt64(), new RandomStream(2).NextUInt64(),
            fresh.Split(0).NextUInt64(), fresh.Split(1).NextUInt64(), fresh.Split(0).Split(0).NextUInt64(),
            new RandomStream(1, 1).Split(0).NextUInt64(),
        ];
        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void Doubles_are_uniform_and_normals_normal()
    {
        RandomStream random = new(5);
        const int n = 200_000;
        double[] u = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble())];
        double[] z = [.. Enumerable.Range(0, n).Select(_ => random.NextNormal())];
        Assert.All(u, x => Assert.InRange(x, 0, 1 - 1e-16));
        // Five standard errors: sqrt(1/12 / n), sqrt(1/n), and for moments 2 and 4 of the normal sqrt(2/n), sqrt(96/n).
        Assert.Equal(0.5, u.Average(), 5 * Math.Sqrt(1.0 / 12 / n));
        Assert.Equal(1.0 / 3, u.Average(x => x * x), 5 * Math.Sqrt(4.0 / 45 / n));
        Assert.Equal(0, z.Average(), 5 * Math.Sqrt(1.0 / n));
        Assert.Equal(1, z.Average(x => x * x), 5 * Math.Sqrt(2.0 / n));
        Assert.Equal(3, z.Average(x => x * x * x * x), 5 * Math.Sqrt(96.0 / n));
        Assert.Equal(0, u.Zip(u.Skip(1), (a, b) => (a - 0.5) * (b - 0.5)).Average() * 12, 5 / Math.Sqrt(n));
    }

    [Fact]
    public void Integers_are_unbiased()
    {
        RandomStream random = new(9);
        const int n = 70_000;
        int[] counts = new int[7];
        for (int i = 0; i < n; i++)
        {
            counts[random.NextInt(7)]++;
        }

        // Chi-squared with 6 degrees of freedom: above 27.9 with probability 1e-4.
        Assert.InRange(counts.Sum(c => (c - n / 7.0) * (c - n / 7.0) / (n / 7.0)), 0, 27.9);
        Assert.Equal(0, random.NextInt(1));
        Assert.Contains("1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_shuffle_keeps_the_items_and_reaches_every_order()
    {
        RandomStream random = new(3);
        Dictionary<string, int> orders = [];
        for (int i = 0; i < 6000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle<char>(items);
            orders[new string(items)] = orders.GetValueOrDefault(new string(items)) + 1;
        }

        Assert.Equal(6, orders.Count);
        Assert.All(orders.Values, c => Assert.InRange(c, 856, 1144)); // 1000 +- 5 standard errors of 28.9
    }
}
