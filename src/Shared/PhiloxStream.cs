namespace FinML.Shared;

/// <summary>
/// Random numbers one after the other on <see cref="Philox4x32"/>: stream <c>stream</c> under <c>seed</c>, 2^65 words
/// of 64 bits each. One source, compiled into each project that draws in sequence. Not for two threads at once.
/// </summary>
internal sealed class PhiloxStream
{
    private ulong _seed, _stream;
    private ulong _position; // in 64-bit words; a block has two
    private ulong _pending;  // the second word of the block at hand

    internal PhiloxStream(ulong seed, ulong stream)
    {
        Restart(seed, stream, 0);
    }

    /// <summary>Goes on from word <paramref name="position"/> of a stream, with the bits that stand there.</summary>
    internal void Restart(ulong seed, ulong stream, ulong position)
    {
        (_seed, _stream, _position) = (seed, stream, position);
        if ((position & 1) == 1)
        {
            (_, _, uint x2, uint x3) = Philox4x32.Block(position >> 1, stream, seed);
            _pending = ((ulong)x3 << 32) | x2;
        }
    }

    /// <summary>How many words were drawn.</summary>
    internal ulong Position => _position;

    /// <summary>64 random bits.</summary>
    internal ulong NextUInt64()
    {
        ulong position = _position++;
        if ((position & 1) == 1)
            return _pending;
        (uint x0, uint x1, uint x2, uint x3) = Philox4x32.Block(position >> 1, _stream, _seed);
        _pending = ((ulong)x3 << 32) | x2;
        return ((ulong)x1 << 32) | x0;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2^-53.</summary>
    internal double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on {0, ..., n - 1}, n 1 or more, without bias: D. Lemire, "Fast random integer generation in an
    /// interval", ACM TOMACS 29 (2019), algorithm 5.</summary>
    internal int NextInt(int exclusiveMaximum)
    {
        ulong n = (ulong)exclusiveMaximum;
        ulong high = Math.BigMul(NextUInt64(), n, out ulong low);
        if (low < n)
        {
            ulong threshold = (0UL - n) % n; // 2^64 mod n
            while (low < threshold)
                high = Math.BigMul(NextUInt64(), n, out low);
        }

        return (int)high;
    }

    /// <summary>Standard normal, by the cosine half of Box and Muller (1958): two words a number, no hidden
    /// state.</summary>
    internal double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble())); // 1 - u is in (0, 1]
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts the items in a uniformly random order (Fisher and Yates, Durstenfeld's form).</summary>
    internal void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
