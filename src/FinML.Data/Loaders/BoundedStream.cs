namespace FinML.Data;

/// <summary>Reads a stream up to a limit, and says in one sentence what is wrong with it.</summary>
internal sealed class BoundedStream(Stream inner, string name, long most) : ReadOnlyStream
{
    private readonly byte[] _ahead = new byte[4];
    private int _aheadStart;
    private int _aheadEnd;
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        if (_aheadStart < _aheadEnd)
        {
            int kept = Math.Min(buffer.Length, _aheadEnd - _aheadStart);
            _ahead.AsSpan(_aheadStart, kept).CopyTo(buffer);
            _aheadStart += kept;
            return kept;
        }

        return ReadInner(buffer);
    }

    /// <summary>The first bytes, which stay to be read; fewer where the text is shorter.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        int read;
        while (_aheadEnd < count && (read = ReadInner(_ahead.AsSpan(_aheadEnd, count - _aheadEnd))) > 0)
        {
            _aheadEnd += read;
        }

        return _ahead.AsSpan(0, _aheadEnd);
    }

    /// <summary>Leaves out the first bytes of what was peeked at.</summary>
    public void Skip(int count) => _aheadStart += count;

    /// <summary>Whether the exception says that an archive is damaged.</summary>
    internal static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException
        or NotSupportedException or IOException or ArgumentException or OverflowException;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadInner(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new DataException($"{name} is damaged: {e.Message}", e);
        }

        _read += read;
        return _read <= most ? read
            : throw new DataException($"{name} unpacks to more than {most} bytes, the limit for a file of its size.");
    }
}
