using System.IO.Compression;

namespace FinML.Data;

/// <summary>Unpacks an entry of a zip archive and holds it to the length and the CRC-32 that the archive states, which
/// the runtime does not.</summary>
internal sealed class ZipText(ZipArchiveEntry entry, Stream raw) : ReadOnlyStream
{
    private readonly Stream _inner = entry.Open();
    private readonly long _length = entry.Length;
    private readonly uint _expected = entry.Crc32;
    private long _read;
    private uint _crc = uint.MaxValue;

    public override int Read(Span<byte> buffer)
    {
        int read = _inner.Read(buffer);
        _read += read;
        _crc = Crc32.Update(_crc, buffer[..read]);
        if (_read > _length || (read == 0 && buffer.Length > 0 && _read < _length))
        {
            throw new InvalidDataException($"the entry has {(read == 0 ? "" : "at least ")}{_read} bytes; the archive "
                + $"says {_length}.");
        }

        if (read == 0 && buffer.Length > 0 && ~_crc != _expected)
        {
            throw new InvalidDataException($"the entry's checksum is {~_crc:x8}; the archive says {_expected:x8}.");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            raw.Dispose();
        }

        base.Dispose(disposing);
    }
}
