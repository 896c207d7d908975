using FinML.Markets;

namespace FinML.Agents;

/// <summary>Returns and lengths of the last finished episodes.</summary>
public sealed class RecentEpisodes : IStateful
{
    private readonly double[] returns; // (capacity), a ring
    private readonly int[] lengths; // (capacity), a ring

    public RecentEpisodes(int capacity)
    {
        Require.InRange(capacity, 1, 1 << 20, nameof(capacity));
        returns = new double[capacity];
        lengths = new int[capacity];
    }

    /// <summary>Episodes that ever finished.</summary>
    public long Finished { get; private set; }

    /// <summary>The mean return of those kept; NaN before the first.</summary>
    public double MeanReturn => Kept == 0 ? double.NaN : returns.AsSpan(0, Kept).ToArray().Average();

    /// <summary>The mean length of those kept; NaN before the first.</summary>
    public double MeanLength => Kept == 0 ? double.NaN : lengths.AsSpan(0, Kept).ToArray().Average();

    private int Kept => (int)Math.Min(Finished, returns.Length);

    public void Add(double episodeReturn, int length)
    {
        int at = (int)(Finished++ % returns.Length);
        returns[at] = episodeReturn;
        lengths[at] = length;
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        writer.Write(Finished);
        StateBytes.WriteArray<double>(writer, returns);
        StateBytes.WriteArray<int>(writer, lengths);
    });

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        Finished = reader.ReadInt64();
        StateBytes.ReadArray<double>(reader, returns);
        StateBytes.ReadArray<int>(reader, lengths);
    });
}
