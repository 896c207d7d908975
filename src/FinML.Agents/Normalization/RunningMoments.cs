using FinML.Markets;

namespace FinML.Agents;

/// <summary>
/// Mean and variance of vectors seen so far, updated by batches: Chan, Golub and LeVeque (1979). Population variance;
/// before the first batch the mean is 0 and the variance 1.
/// </summary>
public sealed class RunningMoments : IStateful
{
    private readonly double[] mean; // (size)
    private readonly double[] variance; // (size)

    public RunningMoments(int size)
    {
        Require.InRange(size, 1, 1 << 24, nameof(size));
        mean = new double[size];
        variance = new double[size];
        Array.Fill(variance, 1);
    }

    public int Size => mean.Length;

    /// <summary>Vectors seen.</summary>
    public long Count { get; private set; }

    public ReadOnlySpan<double> Mean => mean;

    public ReadOnlySpan<double> Variance => variance;

    /// <summary>Takes in a batch.</summary>
    /// <param name="batch">(rows, size), row-major, finite.</param>
    public void Update(ReadOnlySpan<float> batch)
    {
        if (batch.Length == 0 || batch.Length % Size != 0)
            throw new ArgumentException(
                $"A batch of {batch.Length} values is no whole number of rows of {Size}.", nameof(batch));
        int rows = batch.Length / Size;
        double total = Count + rows;
        for (int j = 0; j < Size; j++)
        {
            double batchMean = 0, batchSquares = 0;
            for (int i = j; i < batch.Length; i += Size)
                batchMean += batch[i];
            batchMean /= rows;
            for (int i = j; i < batch.Length; i += Size)
                batchSquares += (batch[i] - batchMean) * (batch[i] - batchMean);
            double delta = batchMean - mean[j];
            double squares = (Count == 0 ? 0 : variance[j] * Count) + batchSquares
                + delta * delta * Count * rows / total;
            mean[j] += delta * rows / total;
            variance[j] = squares / total;
        }

        Count += rows;
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Write(writer =>
    {
        writer.Write(Count);
        StateBytes.WriteArray<double>(writer, mean);
        StateBytes.WriteArray<double>(writer, variance);
    });

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => StateBytes.Read(state, reader =>
    {
        Count = reader.ReadInt64();
        StateBytes.ReadArray<double>(reader, mean);
        StateBytes.ReadArray<double>(reader, variance);
    });
}
