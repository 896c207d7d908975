using FinML.Markets;

namespace FinML.Agents;

/// <summary>(x - mean) / sqrt(variance + 1e-8), clipped, with the moments of what was seen in training.</summary>
/// <remarks>Only <see cref="Update"/> learns; evaluation never calls it, so that the moments are frozen
/// there.</remarks>
public sealed class ObservationNormalizer : IStateful
{
    private const double Epsilon = 1e-8;

    private readonly RunningMoments moments;

    /// <param name="size">Values in an observation.</param>
    /// <param name="clip">The largest absolute value given; above 0.</param>
    public ObservationNormalizer(int size, double clip = 10)
    {
        Require.InRange(clip, 1e-6, float.MaxValue, nameof(clip));
        moments = new RunningMoments(size);
        Clip = clip;
    }

    public double Clip { get; }

    public RunningMoments Moments => moments;

    /// <summary>Learns from a batch, (rows, size).</summary>
    public void Update(ReadOnlySpan<float> observations) => moments.Update(observations);

    /// <summary>Normalizes rows, (rows, size), with the moments as they are; source and target may be the
    /// same.</summary>
    public void Apply(ReadOnlySpan<float> source, Span<float> target)
    {
        Require.SameLength(target.Length, source.Length, nameof(target), nameof(source));
        int size = moments.Size;
        if (source.Length % size != 0)
            throw new ArgumentException(
                $"{source.Length} values are no whole number of rows of {size}.", nameof(source));
        ReadOnlySpan<double> mean = moments.Mean, variance = moments.Variance;
        for (int i = 0; i < source.Length; i++)
        {
            int j = i % size;
            target[i] = (float)Math.Clamp((source[i] - mean[j]) / Math.Sqrt(variance[j] + Epsilon), -Clip, Clip);
        }
    }

    /// <inheritdoc/>
    public byte[] SaveState() => moments.SaveState();

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> state) => moments.LoadState(state);
}
