namespace FinML.Statistics;

/// <summary>
/// Kuensch (1989), Liu and Singh (1992): blocks of one fixed length that lie within the series, so that no block joins
/// the end of the series to its beginning. Values near the ends are drawn less often: tests, basic and studentised
/// intervals are therefore centred on what the resamples are centred on, and not on the estimate.
/// </summary>
public sealed class MovingBlockBootstrap : BlockBootstrap
{
    private readonly int _blockLength;

    /// <param name="blockLength">1 or more, at most the length of the series.</param>
    public MovingBlockBootstrap(int blockLength)
    {
        Guard.AtLeast(blockLength, 1, nameof(blockLength));
        _blockLength = blockLength;
    }

    /// <inheritdoc/>
    public override string Name => "moving block bootstrap";

    /// <inheritdoc/>
    public override double BlockLength => _blockLength;

    /// <summary>With the block length that <see cref="PolitisWhiteBlockLength"/> chooses for circular blocks (the two
    /// have the same optimum), rounded up.</summary>
    /// <param name="values">16 or more finite values that vary.</param>
    /// <param name="statistic">The statistic to be resampled; the mean where it is null.</param>
    public static MovingBlockBootstrap Automatic(ReadOnlySpan<double> values, SampleStatistic? statistic = null) =>
        new((int)Math.Ceiling(PolitisWhiteBlockLength.Select(values, statistic).Circular));

    internal override void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths) => lengths.Fill(_blockLength);

    internal override int StartsOf(int count) => count - _blockLength + 1;

    /// <summary>The expected share of each observation in a resample, whose last block is cut.</summary>
    internal override double[]? Weights(int count)
    {
        int starts = StartsOf(count), whole = count / _blockLength, cut = count % _blockLength;
        var weights = new double[count];
        for (int t = 0; t < count; t++)
        {
            double hits = whole * (double)Covering(t, _blockLength) + (cut > 0 ? Covering(t, cut) : 0);
            weights[t] = hits / ((double)starts * count);
        }

        return weights;

        int Covering(int t, int length) => Math.Max(0, Math.Min(t, starts - 1) - Math.Max(0, t - length + 1) + 1);
    }
}
