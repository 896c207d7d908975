using System.Buffers;

namespace FinML.Data;

/// <summary>The lines of a text, one after the other out of one buffer, which grows to the longest line.</summary>
internal sealed class LineReader(Stream text, string name, LoadLimits limits) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the line that was read last; the first is 1.</summary>
    public long Line { get; private set; }

    /// <summary>The next line without its end (LF or CR LF); it is good until the next call.</summary>
    /// <exception cref="DataException">A line is too long, or the text cannot be read on.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> window = _buffer.AsSpan(_start, _end - _start);
            int length = window[searched..].IndexOf((byte)'\n');
            if (length >= 0 || _ended)
            {
                length = length >= 0 ? searched + length : window.Length;
                line = window[..length];
                if (_ended && window.IsEmpty)
                {
                    return false;
                }

                _start = Math.Min(_end, _start + length + 1);
                Line++;
                line = line is [.., (byte)'\r'] ? line[..^1] : line;
                return true;
            }

            searched = window.Length;
            Fill();
        }
    }

    /// <summary>What comes next, without moving on: two lines at least, where there are two, and some thousand bytes.
    /// </summary>
    public ReadOnlySpan<byte> Peek()
    {
        while (!_ended && (_end - _start < 1 << 12 || _buffer.AsSpan(_start, _end - _start).Count((byte)'\n') < 2))
        {
            Fill();
        }

        return _buffer.AsSpan(_start, _end - _start);
    }

    public void Dispose()
    {
        text.Dispose();
        byte[] buffer = _buffer;
        _buffer = [];
        (_start, _end, _ended) = (0, 0, true);
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Fill()
    {
        int kept = _end - _start;
        if (kept > limits.MaximumLineBytes)
        {
            throw new DataException($"{name}, line {Line + 1}: the line has more than {limits.MaximumLineBytes} "
                + "bytes, the limit.");
        }

        byte[] buffer = kept * 2 > _buffer.Length ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(buffer);
        if (buffer != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = buffer;
        }

        (_start, _end) = (0, kept);
        int read = text.Read(_buffer.AsSpan(_end));
        _end += read;
        _ended = read == 0;
    }
}
