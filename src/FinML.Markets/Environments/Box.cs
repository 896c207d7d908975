using FinML.Data;

namespace FinML.Markets;

/// <summary>Vectors with each value between a lower and an upper bound, both included; a bound may be
/// infinite.</summary>
public sealed record Box : Space
{
    private readonly float[] low; // (Size)
    private readonly float[] high; // (Size)

    /// <exception cref="ArgumentException">No bounds, lengths that differ, NaN, or a low above its high.</exception>
    public Box(ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
        if (low.Length == 0)
            throw new ArgumentException("A box needs at least one dimension.", nameof(low));
        Require.SameLength(high.Length, low.Length, nameof(high), nameof(low));
        for (int i = 0; i < low.Length; i++)
        {
            if (!(low[i] <= high[i]))
                throw new ArgumentException($"Dimension {i} of the box goes from {low[i]} to {high[i]}.", nameof(low));
        }

        this.low = low.ToArray();
        this.high = high.ToArray();
    }

    /// <summary>A box with the same bounds in each of <paramref name="size"/> dimensions.</summary>
    public static Box Uniform(float low, float high, int size)
    {
        Require.InRange(size, 1, int.MaxValue, nameof(size));
        float[] lows = new float[size], highs = new float[size];
        Array.Fill(lows, low);
        Array.Fill(highs, high);
        return new Box(lows, highs);
    }

    public ReadOnlySpan<float> Low => low;

    public ReadOnlySpan<float> High => high;

    /// <inheritdoc/>
    public override int Size => low.Length;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value)
    {
        if (value.Length != low.Length)
            return false;
        for (int i = 0; i < value.Length; i++)
        {
            if (!(value[i] >= low[i] && value[i] <= high[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Sample(RandomStream random, Span<float> value)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < low.Length; i++)
        {
            double draw = (float.IsFinite(low[i]), float.IsFinite(high[i])) switch
            {
                (true, true) => low[i] + random.NextDouble() * ((double)high[i] - low[i]),
                (true, false) => low[i] - Math.Log(1 - random.NextDouble()),
                (false, true) => high[i] + Math.Log(1 - random.NextDouble()),
                _ => random.NextNormal(),
            };
            value[i] = Math.Clamp((float)draw, low[i], high[i]);
        }
    }

    /// <inheritdoc/>
    public bool Equals(Box? other) =>
        other is not null && low.AsSpan().SequenceEqual(other.low) && high.AsSpan().SequenceEqual(other.high);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (float bound in low)
            hash.Add(bound);
        foreach (float bound in high)
            hash.Add(bound);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        const int Shown = 6;
        string ranges = string.Join(
            ", ", Enumerable.Range(0, Math.Min(Size, Shown)).Select(i => $"{low[i]}..{high[i]}"));
        return $"Box({ranges}{(Size > Shown ? $", ... {Size} in all" : string.Empty)})";
    }
}
