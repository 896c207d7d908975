namespace FinML.Statistics;

/// <summary>A series of n values cut into runs of neighbours whose lengths differ by one at most.</summary>
internal sealed class Blocks
{
    private readonly int _count;

    /// <param name="count">n.</param>
    /// <param name="length">The length wished for; the cuts are those of the nearest number of blocks.</param>
    /// <param name="minimum">Fewest blocks that the test can do with.</param>
    /// <param name="name">Of the series.</param>
    internal Blocks(int count, int length, int minimum, string name)
    {
        _count = count;
        Number = Math.Max(1, (int)Math.Round(count / (double)length));
        if (Number < minimum)
            throw new ArgumentException(
                $"BlockLength is {length} and {name} has {count} values, which is {Number} " +
                $"block{(Number == 1 ? "" : "s")}; at least {minimum} are needed.", name);
    }

    /// <summary>How many there are.</summary>
    internal int Number { get; }

    /// <summary>Where block i begins; block <see cref="Number"/> begins at the end.</summary>
    internal int Start(int i) => (int)((long)i * _count / Number);

    /// <summary>The values of block i.</summary>
    internal ReadOnlySpan<double> Of(double[] values, int i) => values.AsSpan(Start(i), Start(i + 1) - Start(i));
}
