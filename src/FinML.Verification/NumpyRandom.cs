namespace FinML.Verification;

/// <summary>
/// The normals of numpy.random.RandomState(seed).standard_normal: Mersenne Twister (Matsumoto and Nishimura 1998) and
/// the polar method of Marsaglia, whose second value comes first. For numbers that others computed from them.
/// </summary>
internal sealed class NumpyRandom
{
    private const int Size = 624, Shift = 397;

    private readonly uint[] _state = new uint[Size];
    private int _at = Size;
    private double? _kept;

    internal NumpyRandom(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Size; i++)
            _state[i] = 1812433253 * (_state[i - 1] ^ _state[i - 1] >> 30) + i;
    }

    internal double NextNormal()
    {
        if (_kept is { } kept)
        {
            _kept = null;
            return kept;
        }

        while (true)
        {
            double x = 2 * NextDouble() - 1, y = 2 * NextDouble() - 1, square = x * x + y * y;
            if (square is >= 1 or 0)
                continue;
            double factor = Math.Sqrt(-2 * Math.Log(square) / square);
            _kept = factor * x;
            return factor * y;
        }
    }

    /// <summary>53 bits on [0, 1).</summary>
    private double NextDouble()
    {
        uint high = NextWord() >> 5, low = NextWord() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private uint NextWord()
    {
        if (_at == Size)
            Twist();
        uint y = _state[_at++];
        y ^= y >> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >> 18;
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = _state[i] & 0x80000000 | _state[(i + 1) % Size] & 0x7fffffff;
            _state[i] = _state[(i + Shift) % Size] ^ y >> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }

        _at = 0;
    }
}
