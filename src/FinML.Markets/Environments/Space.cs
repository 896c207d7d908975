using FinML.Data;

namespace FinML.Markets;

/// <summary>A set of observations or actions, each a vector of <see cref="Size"/> floats; after Gymnasium's
/// spaces.</summary>
public abstract record Space
{
    /// <summary>The number of floats in a member.</summary>
    public abstract int Size { get; }

    /// <summary>The number of floats in a flattened member: <see cref="Size"/>, but for each whole number as many as it
    /// can take values.</summary>
    public virtual int FlatSize => Size;

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

    /// <summary>Writes a member as a network takes it, (<see cref="FlatSize"/>): real numbers as they are, each whole
    /// number as a one-hot vector, parts one after the other (Gymnasium's <c>spaces.flatten</c>).</summary>
    /// <exception cref="ArgumentException">Not a member, or a buffer of another length.</exception>
    public void Flatten(ReadOnlySpan<float> value, Span<float> flat)
    {
        Demand(value, nameof(value));
        CheckFlat(flat.Length);
        WriteFlat(value, flat);
    }

    /// <summary>The inverse of <see cref="Flatten"/>; of a vector that is not one-hot the largest entry
    /// counts.</summary>
    /// <exception cref="ArgumentException">A buffer of another length, or what is read is not a member.</exception>
    public void Unflatten(ReadOnlySpan<float> flat, Span<float> value)
    {
        CheckFlat(flat.Length);
        if (value.Length != Size)
            throw new ArgumentException($"value has {value.Length} values; {this} has {Size}.", nameof(value));
        ReadFlat(flat, value);
        Demand(value, nameof(flat));
    }

    /// <summary>Flattens what is known to be a member, into a buffer of the right length.</summary>
    protected virtual void WriteFlat(ReadOnlySpan<float> value, Span<float> flat) => value.CopyTo(flat);

    /// <summary>The inverse of <see cref="WriteFlat"/>.</summary>
    protected virtual void ReadFlat(ReadOnlySpan<float> flat, Span<float> value) => flat.CopyTo(value);

    private void CheckFlat(int length)
    {
        if (length != FlatSize)
            throw new ArgumentException($"flat has {length} values; {this} has {FlatSize} when flattened.");
    }
}
