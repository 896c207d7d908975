using System.IO.Compression;

namespace FinML.Data;

/// <summary>
/// Unpacks gzip, one member or several, and notices a file that was cut off. The runtime ends the text of such a file
/// without a word; so a small member of our own is read after the last byte, and only a whole file leads to it: its
/// text then has to be the end of what comes out.
/// </summary>
internal sealed class GzipText : ReadOnlyStream
{
    private static readonly byte[] s_seal = "\u0001end of the gzip file\u0002"u8.ToArray();
    private static readonly byte[] s_sealed = Pack(s_seal);

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(1 << 16);
    private int _start;
    private int _end;
    private bool _ended;

    public GzipText(Stream raw) => _gzip = new GZipStream(new Sealed(raw), CompressionMode.Decompress);

    public override int Read(Span<byte> buffer)
    {
        while (_end - _start <= s_seal.Length && !_ended)
        {
            Fill();
        }

        // What may be the seal is held back until more has come or the stream has ended.
        int ready = Math.Min(buffer.Length, _end - _start - (_ended ? 0 : s_seal.Length));
        _buffer.AsSpan(_start, ready).CopyTo(buffer);
        _start += ready;
        return ready;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _end >= 0)
        {
            _gzip.Dispose();
            System.Buffers.ArrayPool<byte>.Shared.Return(_buffer);
            (_start, _end, _ended) = (0, -1, true);
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = _gzip.Read(_buffer.AsSpan(_end));
        _end += read;
        if (read > 0)
        {
            return;
        }

        _ended = true;
        if (!_buffer.AsSpan(0, _end).EndsWith(s_seal))
        {
            throw new InvalidDataException("the gzip file ends too early, or something follows it.");
        }

        _end -= s_seal.Length;
    }

    private static byte[] Pack(byte[] text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }

    /// <summary>The raw bytes, and the seal behind them.</summary>
    private sealed class Sealed(Stream raw) : ReadOnlyStream
    {
        private int _at = -1;

        public override int Read(Span<byte> buffer)
        {
            int read = _at < 0 ? raw.Read(buffer) : 0;
            if (read > 0 || buffer.IsEmpty)
            {
                return read;
            }

            _at = Math.Max(_at, 0);
            int rest = Math.Min(buffer.Length, s_sealed.Length - _at);
            s_sealed.AsSpan(_at, rest).CopyTo(buffer);
            _at += rest;
            return rest;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                raw.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
