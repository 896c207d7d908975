using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>
/// Thirty-two replicates of all models, in the order of their elimination, as four vectors a model: a maximum over
/// models then stays in registers.
/// </summary>
internal sealed class ReplicateTile(int models)
{
    internal const int Replicates = 32;

    private readonly Vector512<double>[] _values = new Vector512<double>[4 * models];

    /// <summary>How many of the thirty-two there are.</summary>
    internal int Count { get; private set; }

    /// <summary>(4 models): the vectors of one model after the other; the places that are over are 0.</summary>
    internal ReadOnlySpan<Vector512<double>> Values => _values;

    /// <summary>Runs over all replicates in tiles; each tile on one thread.</summary>
    internal static void ForEach(double[][] rows, int[] order, int maxThreads, Action<ReplicateTile> work)
    {
        int replicates = rows[0].Length;
        Parallel.For(
            0, (replicates + Replicates - 1) / Replicates, BootstrapMeans.Threads(maxThreads),
            () => new ReplicateTile(order.Length),
            (number, _, tile) =>
            {
                tile.Load(rows, order, number * Replicates);
                work(tile);
                return tile;
            },
            _ => { });
    }

    /// <summary>In how many of the replicates the value reaches the bound.</summary>
    internal int Reaching(
        Vector512<double> v0, Vector512<double> v1, Vector512<double> v2, Vector512<double> v3, double bound)
    {
        var bounds = Vector512.Create(bound);
        ulong mask = Vector512.GreaterThanOrEqual(v0, bounds).ExtractMostSignificantBits()
            | Vector512.GreaterThanOrEqual(v1, bounds).ExtractMostSignificantBits() << 8
            | Vector512.GreaterThanOrEqual(v2, bounds).ExtractMostSignificantBits() << 16
            | Vector512.GreaterThanOrEqual(v3, bounds).ExtractMostSignificantBits() << 24;
        return System.Numerics.BitOperations.PopCount(mask & ((1UL << Count) - 1));
    }

    private void Load(double[][] rows, int[] order, int first)
    {
        Count = Math.Min(Replicates, rows[0].Length - first);
        Span<double> flat = MemoryMarshal.Cast<Vector512<double>, double>(_values.AsSpan());
        if (Count < Replicates)
            flat.Clear();
        for (int i = 0; i < order.Length; i++)
            rows[order[i]].AsSpan(first, Count).CopyTo(flat[(i * Replicates)..]);
    }
}
