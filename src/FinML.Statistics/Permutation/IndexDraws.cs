using System.Runtime.InteropServices;
using FinML.Shared;

namespace FinML.Statistics;

/// <summary>
/// Random indices and words of a stream that is named by (seed, stream). An index below k is floor(word k / 2^32),
/// which favours some of them by k / 2^32 at most: 10^-6 at 4,000 observations.
/// </summary>
internal sealed class IndexDraws(ulong seed)
{
    private const int Capacity = 32 * 2 * Philox4x32.Lanes;

    private readonly ulong[] _words = new ulong[Capacity];
    private ulong _stream, _next;
    private int _at;

    /// <summary>Begins a stream.</summary>
    internal void Start(ulong stream)
    {
        _stream = stream;
        _next = 0;
        _at = 2 * Capacity;
    }

    /// <summary>Uniform on 0 .. <paramref name="count"/> - 1.</summary>
    internal int Below(int count)
    {
        if (_at >= 2 * Capacity)
            Refill();
        return (int)(((ulong)MemoryMarshal.Cast<ulong, uint>(_words.AsSpan())[_at++] * (uint)count) >> 32);
    }

    /// <summary>64 random bits.</summary>
    internal ulong Word()
    {
        _at += _at & 1;
        if (_at >= 2 * Capacity)
            Refill();
        ulong word = _words[_at >> 1];
        _at += 2;
        return word;
    }

    /// <summary>
    /// Puts a uniform choice, in uniform order, of <paramref name="chosen"/> of the items in front.
    /// </summary>
    internal void Choose<T>(Span<T> items, int chosen)
    {
        for (int i = 0; i < chosen; i++)
        {
            int j = i + Below(items.Length - i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private void Refill()
    {
        for (int i = 0; i < Capacity; i += 2 * Philox4x32.Lanes)
        {
            Philox4x32.Blocks(_next, _stream, seed, _words.AsSpan(i));
            _next += Philox4x32.Lanes;
        }

        _at = 0;
    }
}
