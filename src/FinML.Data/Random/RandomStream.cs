using FinML.Shared;

namespace FinML.Data;

/// <summary>
/// Random numbers on Philox4x32-10: 2^64 seeds, 2^64 streams a seed, 2^65 words of 64 bits a stream. The same seed and
/// stream give the same bits on every machine; the state is three numbers. Not for use from two threads at once: give
/// each its own stream with <see cref="Split"/>, which does not depend on how much was drawn.
/// </summary>
public sealed class RandomStream
{
    private ulong _seed;
    private ulong _stream;
    private readonly PhiloxStream _words;

    /// <summary>The stream of that number under that seed.</summary>
    public RandomStream(ulong seed, ulong stream = 0)
    {
        _seed = seed;
        _stream = stream;
        _words = new PhiloxStream(seed, stream);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64() => _words.NextUInt64();

    /// <summary>Uniform on [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => _words.NextDouble();

    /// <summary>Uniform on {0, ..., <paramref name="exclusiveMaximum"/> - 1}, without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is below 1.</exception>
    public int NextInt(int exclusiveMaximum)
    {
        if (exclusiveMaximum < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(exclusiveMaximum), exclusiveMaximum,
                "The exclusive maximum must be 1 or more.");
        }

        return _words.NextInt(exclusiveMaximum);
    }

    /// <summary>Standard normal, by the cosine half of Box and Muller (1958): two words a number, no hidden
    /// state.</summary>
    public double NextNormal() => _words.NextNormal();

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates, Durstenfeld's form).</summary>
    public void Shuffle<T>(Span<T> items) => _words.Shuffle(items);

    /// <summary>
    /// A stream of its own for part <paramref name="id"/> (a fold, an environment, a worker): a function of this
    /// stream's seed, number and the id, whatever was drawn before.
    /// </summary>
    public RandomStream Split(ulong id)
    {
        // Two keyed bijections of (id, stream): the complement keeps a child's key off the blocks its parent draws.
        (uint x0, uint x1, uint x2, uint x3) = Philox4x32.Block(id, _stream, ~_seed);
        return new RandomStream(((ulong)x1 << 32) | x0, ((ulong)x3 << 32) | x2);
    }

    /// <summary>Where the stream stands.</summary>
    public RandomState GetState() => new(_seed, _stream, _words.Position);

    /// <summary>Goes on from a state, with the bits that would have come next there.</summary>
    public void SetState(RandomState state)
    {
        (_seed, _stream, ulong position) = state;
        _words.Restart(_seed, _stream, position);
    }
}
