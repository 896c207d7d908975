using FinML.Data;

namespace FinML.Markets;

/// <summary>Named spaces side by side: prices, positions and a clock in one observation, say. A member is the members
/// of the parts one after the other, in the order in which the parts were given.</summary>
public sealed record Dict : Space
{
    private readonly string[] names;
    private readonly Space[] spaces;
    private readonly int[] starts; // (parts + 1): where each part begins in a member

    /// <exception cref="ArgumentException">No parts, or two of one name, or an empty name.</exception>
    public Dict(params ReadOnlySpan<(string Name, Space Space)> parts)
    {
        if (parts.Length == 0)
            throw new ArgumentException("A dict space needs at least one part.", nameof(parts));
        names = new string[parts.Length];
        spaces = new Space[parts.Length];
        starts = new int[parts.Length + 1];
        for (int i = 0; i < parts.Length; i++)
        {
            (names[i], spaces[i]) = parts[i];
            ArgumentException.ThrowIfNullOrWhiteSpace(names[i], nameof(parts));
            ArgumentNullException.ThrowIfNull(spaces[i], nameof(parts));
            if (Array.IndexOf(names, names[i]) < i)
                throw new ArgumentException($"The dict space has two parts named '{names[i]}'.", nameof(parts));
            starts[i + 1] = starts[i] + spaces[i].Size;
        }
    }

    /// <summary>The names of the parts, in their order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The part of that name.</summary>
    /// <exception cref="ArgumentException">No such part; the message lists those there are.</exception>
    public Space this[string name] => spaces[IndexOf(name)];

    /// <inheritdoc/>
    public override int Size => starts[^1];

    /// <inheritdoc/>
    public override int FlatSize => spaces.Sum(space => space.FlatSize);

    /// <summary>Where the part of that name lies in a member.</summary>
    /// <exception cref="ArgumentException">No such part.</exception>
    public Range RangeOf(string name)
    {
        int i = IndexOf(name);
        return starts[i]..starts[i + 1];
    }

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value)
    {
        if (value.Length != Size)
            return false;
        for (int i = 0; i < spaces.Length; i++)
        {
            if (!spaces[i].Contains(value[starts[i]..starts[i + 1]]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Sample(RandomStream random, Span<float> value)
    {
        for (int i = 0; i < spaces.Length; i++)
            spaces[i].Sample(random, value[starts[i]..starts[i + 1]]);
    }

    /// <inheritdoc/>
    public bool Equals(Dict? other) => other is not null
        && names.AsSpan().SequenceEqual(other.names) && spaces.AsSpan().SequenceEqual(other.spaces);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (int i = 0; i < names.Length; i++)
        {
            hash.Add(names[i]);
            hash.Add(spaces[i]);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"Dict({string.Join(", ", names.Zip(spaces, (name, space) => $"{name}: {space}"))})";

    protected override void WriteFlat(ReadOnlySpan<float> value, Span<float> flat)
    {
        for (int i = 0, at = 0; i < spaces.Length; at += spaces[i++].FlatSize)
            spaces[i].Flatten(value[starts[i]..starts[i + 1]], flat.Slice(at, spaces[i].FlatSize));
    }

    protected override void ReadFlat(ReadOnlySpan<float> flat, Span<float> value)
    {
        for (int i = 0, at = 0; i < spaces.Length; at += spaces[i++].FlatSize)
            spaces[i].Unflatten(flat.Slice(at, spaces[i].FlatSize), value[starts[i]..starts[i + 1]]);
    }

    private int IndexOf(string name)
    {
        int i = Array.IndexOf(names, name);
        return i >= 0
            ? i
            : throw new ArgumentException(
                $"The space has no part '{name}'; its parts are {string.Join(", ", names)}.", nameof(name));
    }
}
