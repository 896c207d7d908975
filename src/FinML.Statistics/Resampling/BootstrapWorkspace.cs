using System.Runtime.Intrinsics;

namespace FinML.Statistics;

/// <summary>The blocks of one resample, and room to work on them; one for each thread.</summary>
internal sealed class BootstrapWorkspace(int count)
{
    private double[]? _sample, _second;
    private int[]? _indices, _counts;
    private Vector256<double>[]? _blockRows;

    /// <summary>Number of observations to draw from.</summary>
    internal int Count { get; } = count;

    internal int Blocks { get; set; }

    /// <summary>Number of observations in the resample: the sum of the lengths, at most <see cref="Count"/>.</summary>
    internal int Drawn { get; set; } = count;

    internal int[] Starts { get; } = new int[count]; // (blocks)

    internal int[] Lengths { get; } = new int[count]; // (blocks)

    internal int[] Indices => _indices ??= new int[Count]; // (drawn)

    /// <summary>How often each observation was drawn, after <see cref="CountDraws"/>.</summary>
    internal int[] Counts => _counts ??= new int[Count + 1]; // (count + 1)

    /// <summary>Room for one row a block.</summary>
    internal Vector256<double>[] BlockRows => _blockRows ??= new Vector256<double>[Count]; // (blocks)

    internal void ExpandIndices()
    {
        int[] indices = Indices;
        int at = 0;
        for (int block = 0; block < Blocks; block++)
        {
            int index = Starts[block];
            for (int k = 0; k < Lengths[block]; k++)
            {
                indices[at++] = index++;
                if (index == Count)
                    index = 0;
            }
        }
    }

    /// <summary>Fills <see cref="Counts"/> in O(blocks + n): +1 where a block begins, -1 where it ends, summed up.
    /// </summary>
    internal void CountDraws()
    {
        int[] counts = Counts;
        Array.Clear(counts);
        for (int block = 0; block < Blocks; block++)
        {
            int start = Starts[block], end = start + Lengths[block];
            counts[start]++;
            if (end <= Count)
            {
                counts[end]--;
            }
            else
            {
                counts[0]++;
                counts[end - Count]--;
            }
        }

        int running = 0;
        for (int t = 0; t < Count; t++)
            counts[t] = running += counts[t];
    }

    internal ReadOnlySpan<double> Gather(double[] data) => Gather(data, _sample ??= new double[Count]);

    internal ReadOnlySpan<double> GatherSecond(double[] data) => Gather(data, _second ??= new double[Count]);

    private ReadOnlySpan<double> Gather(double[] data, double[] room)
    {
        int[] indices = Indices;
        for (int i = 0; i < Drawn; i++)
            room[i] = data[indices[i]];
        return room.AsSpan(0, Drawn);
    }
}
