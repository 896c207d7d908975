namespace FinML.Statistics;

/// <summary>Politis and Romano (1992): blocks of one fixed length from a series that is bent into a circle.</summary>
public sealed class CircularBlockBootstrap : BlockBootstrap
{
    private readonly int _blockLength;

    /// <param name="blockLength">1 or more, at most the length of the series.</param>
    public CircularBlockBootstrap(int blockLength)
    {
        Guard.AtLeast(blockLength, 1, nameof(blockLength));
        _blockLength = blockLength;
    }

    /// <inheritdoc/>
    public override string Name => "circular block bootstrap";

    /// <inheritdoc/>
    public override double BlockLength => _blockLength;

    /// <summary>With the block length that <see cref="PolitisWhiteBlockLength"/> chooses, rounded up.</summary>
    /// <param name="values">16 or more finite values that vary.</param>
    /// <param name="statistic">The statistic to be resampled; the mean where it is null.</param>
    public static CircularBlockBootstrap Automatic(ReadOnlySpan<double> values, SampleStatistic? statistic = null) =>
        new((int)Math.Ceiling(PolitisWhiteBlockLength.Select(values, statistic).Circular));

    internal override void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths) => lengths.Fill(_blockLength);
}
