using FinML.Data;

namespace FinML.Markets;

/// <summary>The whole numbers 0 .. <paramref name="Count"/> - 1, each travelling as one float.</summary>
/// <param name="Count">How many; 1 to 2^24, beyond which a float does not hold every whole number.</param>
public sealed record Discrete(int Count) : Space
{
    /// <summary>The largest count: beyond it a float does not hold every whole number.</summary>
    public const int MaximumCount = 1 << 24;

    /// <summary>How many members there are.</summary>
    public int Count { get; } = Count is >= 1 and <= MaximumCount
        ? Count
        : throw new ArgumentOutOfRangeException(
            nameof(Count), Count, $"Count has to be from 1 to {MaximumCount}; it is {Count}.");

    /// <inheritdoc/>
    public override int Size => 1;

    /// <inheritdoc/>
    public override int FlatSize => Count;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value) =>
        value.Length == 1 && value[0] >= 0 && value[0] < Count && value[0] == MathF.Floor(value[0]);

    /// <inheritdoc/>
    public override void Sample(RandomStream random, Span<float> value)
    {
        ArgumentNullException.ThrowIfNull(random);
        value[0] = random.NextInt(Count);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Discrete(0..{Count - 1})";

    protected override void WriteFlat(ReadOnlySpan<float> value, Span<float> flat)
    {
        flat.Clear();
        flat[(int)value[0]] = 1;
    }

    protected override void ReadFlat(ReadOnlySpan<float> flat, Span<float> value)
    {
        int best = 0;
        for (int i = 1; i < flat.Length; i++)
            best = flat[i] > flat[best] ? i : best;
        value[0] = best;
    }
}
