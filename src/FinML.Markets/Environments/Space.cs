using FinML.Data;

namespace FinML.Markets;

/// <summary>A set of observations or actions, each a vector of <see cref="Size"/> floats; after Gymnasium's
/// spaces.</summary>
public abstract record Space
{
    /// <summary>The number of floats in a member.</summary>
    public abstract int Size { get; }

    /// <summary>Whether the vector is a member; NaN never is.</summary>
    public abstract bool Contains(ReadOnlySpan<float> value);

    /// <summary>Draws a member: uniform where bounded, normal or exponential where a side is open.</summary>
    public abstract void Sample(RandomStream random, Span<float> value);

    /// <summary>Throws, with the value and the range, where the vector is not a member.</summary>
    /// <exception cref="ArgumentException">The length or a value is wrong.</exception>
    public void Demand(ReadOnlySpan<float> value, string name)
    {
        if (value.Length != Size)
            throw new ArgumentException($"{name} has {value.Length} values; {this} has {Size}.", name);
        if (!Contains(value))
        {
            throw new ArgumentException(
                $"{name} is ({string.Join(", ", value.ToArray())}), which is not in {this}.", name);
        }
    }
}
