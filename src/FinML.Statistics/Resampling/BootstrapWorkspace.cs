namespace FinML.Statistics;

/// <summary>The blocks of one resample, and room to expand them; one for each thread.</summary>
internal sealed class BootstrapWorkspace(int count)
{
    private double[]? _sample;

    internal int Count { get; } = count;

    internal int Blocks { get; set; }

    internal int[] Starts { get; } = new int[count]; // (blocks)

    internal int[] Lengths { get; } = new int[count]; // (blocks)

    internal int[] Indices { get; } = new int[count]; // (count)

    internal void ExpandIndices()
    {
        int at = 0;
        for (int block = 0; block < Blocks; block++)
        {
            int index = Starts[block];
            for (int k = 0; k < Lengths[block]; k++)
            {
                Indices[at++] = index++;
                if (index == Count)
                    index = 0;
            }
        }
    }

    internal ReadOnlySpan<double> Gather(double[] data)
    {
        _sample ??= new double[Count];
        for (int i = 0; i < Count; i++)
            _sample[i] = data[Indices[i]];
        return _sample;
    }
}
