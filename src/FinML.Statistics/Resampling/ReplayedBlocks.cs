namespace FinML.Statistics;

/// <summary>
/// Circular blocks whose starts are given and not drawn, so that another program's resamples can be replayed to the
/// last digit. The seed has no meaning; there are as many replicates as were given.
/// </summary>
public sealed class ReplayedBlocks : BlockBootstrap
{
    private readonly int[][] _starts; // (replicates, blocks)
    private readonly int _blockLength;

    /// <param name="blockLength">1 or more.</param>
    /// <param name="starts">By replicate, by block: the index that the block begins at.</param>
    public ReplayedBlocks(int blockLength, IReadOnlyList<int[]> starts)
    {
        Guard.AtLeast(blockLength, 1, nameof(blockLength));
        ArgumentNullException.ThrowIfNull(starts);
        Guard.AtLeast(starts.Count, 1, nameof(starts));
        _blockLength = blockLength;
        _starts = [.. starts.Select(own => (int[])own.Clone())];
    }

    /// <inheritdoc/>
    public override string Name => "replayed circular blocks";

    /// <inheritdoc/>
    public override double BlockLength => _blockLength;

    internal override void Lengths(ReadOnlySpan<ulong> words, Span<int> lengths) => lengths.Fill(_blockLength);

    internal override void FillBlocks(BootstrapWorkspace workspace, ulong seed, int replicate)
    {
        if (replicate >= _starts.Length)
            throw new ArgumentOutOfRangeException(
                nameof(replicate), $"Replicate {replicate} was asked for; {_starts.Length} were given to replay.");
        int[] starts = _starts[replicate];
        int count = workspace.Count, filled = 0, block = 0;
        for (; filled < count; block++)
        {
            if (block >= starts.Length || starts[block] < 0 || starts[block] >= count)
                throw new ArgumentException(
                    $"Replicate {replicate} has {starts.Length} starts for {count} values in blocks of " +
                    $"{_blockLength}, or one that is not from 0 to {count - 1}.");
            workspace.Starts[block] = starts[block];
            workspace.Lengths[block] = Math.Min(_blockLength, count - filled);
            filled += workspace.Lengths[block];
        }

        workspace.Blocks = block;
    }
}
