using FinML.Data;

namespace FinML.Markets;

/// <summary>Several whole numbers at once, each from a range of its own: one choice an asset, say. Each travels as one
/// float.</summary>
public sealed record MultiDiscrete : Space
{
    private readonly Discrete[] parts; // (Size)

    /// <summary>Vectors whose entry i is one of 0 .. counts[i] - 1.</summary>
    /// <exception cref="ArgumentException">No counts, or one outside 1 to 2^24.</exception>
    public MultiDiscrete(params ReadOnlySpan<int> counts)
    {
        if (counts.Length == 0)
            throw new ArgumentException("A multi-discrete space needs at least one dimension.", nameof(counts));
        parts = new Discrete[counts.Length];
        for (int i = 0; i < counts.Length; i++)
        {
            Require.InRange(counts[i], 1, Discrete.MaximumCount, $"{nameof(counts)}[{i}]");
            parts[i] = new Discrete(counts[i]);
        }
    }

    /// <summary>How many members each dimension has, (<see cref="Size"/>).</summary>
    public IEnumerable<int> Counts => parts.Select(part => part.Count);

    /// <inheritdoc/>
    public override int Size => parts.Length;

    /// <inheritdoc/>
    public override int FlatSize => parts.Sum(part => part.FlatSize);

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value)
    {
        if (value.Length != parts.Length)
            return false;
        for (int i = 0; i < parts.Length; i++)
        {
            if (!parts[i].Contains(value.Slice(i, 1)))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Sample(RandomStream random, Span<float> value)
    {
        for (int i = 0; i < parts.Length; i++)
            parts[i].Sample(random, value.Slice(i, 1));
    }

    /// <inheritdoc/>
    public bool Equals(MultiDiscrete? other) => other is not null && parts.AsSpan().SequenceEqual(other.parts);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Discrete part in parts)
            hash.Add(part.Count);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        const int Shown = 6;
        string ranges = string.Join(", ", parts.Take(Shown).Select(part => $"0..{part.Count - 1}"));
        return $"MultiDiscrete({ranges}{(Size > Shown ? $", ... {Size} in all" : string.Empty)})";
    }

    protected override void WriteFlat(ReadOnlySpan<float> value, Span<float> flat)
    {
        for (int i = 0, at = 0; i < parts.Length; at += parts[i++].FlatSize)
            parts[i].Flatten(value.Slice(i, 1), flat.Slice(at, parts[i].FlatSize));
    }

    protected override void ReadFlat(ReadOnlySpan<float> flat, Span<float> value)
    {
        for (int i = 0, at = 0; i < parts.Length; at += parts[i++].FlatSize)
            parts[i].Unflatten(flat.Slice(at, parts[i].FlatSize), value.Slice(i, 1));
    }
}
