using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// Running sums of up to four numbers an observation over the series laid twice end to end: the sums over a block that
/// wraps are one difference, whatever its length.
/// </summary>
internal sealed class BlockSums
{
    private readonly Vector256<double>[] _sums; // (2 n + 1)

    internal BlockSums(ReadOnlySpan<Vector256<double>> rows)
    {
        _sums = new Vector256<double>[2 * rows.Length + 1];
        for (int i = 0; i < 2 * rows.Length; i++)
            _sums[i + 1] = _sums[i] + rows[i < rows.Length ? i : i - rows.Length];
    }

    /// <summary>The sums over a resample.</summary>
    internal Vector256<double> Over(BootstrapWorkspace workspace)
    {
        ReadOnlySpan<Vector256<double>> sums = _sums;
        ReadOnlySpan<int> starts = workspace.Starts.AsSpan(0, workspace.Blocks);
        ReadOnlySpan<int> lengths = workspace.Lengths.AsSpan(0, workspace.Blocks);
        Vector256<double> total = Vector256<double>.Zero;
        for (int block = 0; block < starts.Length; block++)
            total += sums[starts[block] + lengths[block]] - sums[starts[block]];
        return total;
    }

    /// <summary>The same, and the sums over each block.</summary>
    /// <param name="workspace">The resample.</param>
    /// <param name="blocks">(blocks): filled.</param>
    internal Vector256<double> Over(BootstrapWorkspace workspace, Span<Vector256<double>> blocks)
    {
        ReadOnlySpan<Vector256<double>> sums = _sums;
        ReadOnlySpan<int> starts = workspace.Starts.AsSpan(0, workspace.Blocks);
        ReadOnlySpan<int> lengths = workspace.Lengths.AsSpan(0, workspace.Blocks);
        Vector256<double> total = Vector256<double>.Zero;
        for (int block = 0; block < starts.Length; block++)
        {
            blocks[block] = sums[starts[block] + lengths[block]] - sums[starts[block]];
            total += blocks[block];
        }

        return total;
    }
}
