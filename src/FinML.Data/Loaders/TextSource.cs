using System.IO.Compression;
using System.Text;

namespace FinML.Data;

/// <summary>
/// A text file that can be opened as often as a reader needs: plain, gzip or one entry of a zip archive, told apart by
/// their first bytes and not by their names; UTF-8 with or without a mark, or UTF-16 with one. What comes out is UTF-8
/// without a mark, checked against the archive's checksum and cut off by the limits.
/// </summary>
public sealed class TextSource
{
    private readonly Func<Stream> _open;
    private readonly string? _entry;

    private TextSource(string name, Func<Stream> open, string? entry)
    {
        Name = name;
        _open = open;
        _entry = entry;
    }

    /// <summary>The file's name, for messages.</summary>
    public string Name { get; }

    /// <summary>A file on the disk.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="entry">The entry to read where it is a zip archive; may be left out where there is one.</param>
    public static TextSource OfFile(string path, string? entry = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new TextSource(Path.GetFileName(path), () => OpenFile(path), entry);
    }

    /// <summary>Bytes in memory.</summary>
    public static TextSource OfBytes(byte[] bytes, string name = "the file", string? entry = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new TextSource(name, () => new MemoryStream(bytes, writable: false), entry);
    }

    /// <summary>The names of the entries where this is a zip archive; none where it is not.</summary>
    /// <exception cref="DataException">The file cannot be read.</exception>
    public IReadOnlyList<string> Entries()
    {
        using Stream raw = _open();
        return Guarded<IReadOnlyList<string>>(() =>
        {
            if (!IsZip(Magic(raw)))
            {
                return [];
            }

            using ZipArchive archive = new(raw, ZipArchiveMode.Read, leaveOpen: true);
            return [.. Files(archive).Select(e => e.FullName)];
        });
    }

    /// <summary>The text from its beginning.</summary>
    /// <exception cref="DataException">The file cannot be read, or is not the archive that it says it is. Reading on
    /// throws it too, where the archive is damaged later or passes a limit.</exception>
    public Stream Open(LoadLimits? limits = null)
    {
        limits ??= LoadLimits.Default;
        limits.Validate();
        Stream raw = _open();
        try
        {
            return Guarded(() => AsUtf8(Unpack(raw, limits)));
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    private BoundedStream Unpack(Stream raw, LoadLimits limits)
    {
        byte[] magic = Magic(raw);
        long packed = raw.CanSeek ? raw.Length : long.MaxValue / limits.MaximumExpansion;
        long most = Math.Min(limits.MaximumBytes, (1L << 20) + limits.MaximumExpansion * packed);
        if (magic is [0x1F, 0x8B, ..])
        {
            return new BoundedStream(new GzipText(raw), Name, most);
        }

        if (!IsZip(magic))
        {
            return new BoundedStream(raw, Name, limits.MaximumBytes);
        }

        ZipArchiveEntry entry = Choose(new ZipArchive(raw, ZipArchiveMode.Read));
        return new BoundedStream(new ZipText(entry, raw), Name, most);
    }

    private ZipArchiveEntry Choose(ZipArchive archive)
    {
        List<ZipArchiveEntry> files = Files(archive);
        List<ZipArchiveEntry> fit = _entry is null ? files : files.FindAll(e => e.FullName == _entry);
        string all = Fields.List(files.Select(e => e.FullName));
        return fit.Count == 1 ? fit[0]
            : files.Count == 0 ? throw new DataException($"{Name} is a zip archive without a file.")
            : _entry is null ? throw new DataException($"{Name} has {files.Count} files; say which: {all}.")
            : throw new DataException($"{Name} has {fit.Count} entries '{_entry}'; there are: {all}.");
    }

    private static List<ZipArchiveEntry> Files(ZipArchive archive) =>
        [.. archive.Entries.Where(e => !e.FullName.EndsWith('/'))];

    private static bool IsZip(byte[] magic) => magic is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6];

    private static byte[] Magic(Stream raw)
    {
        byte[] magic = new byte[4];
        int read = raw.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        raw.Position = 0;
        return magic[..read];
    }

    private static Stream AsUtf8(BoundedStream text)
    {
        ReadOnlySpan<byte> first = text.Peek(3);
        Encoding? wide = first is [0xFF, 0xFE, ..] ? Encoding.Unicode
            : first is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode
            : null;
        text.Skip(wide is not null ? 2 : first is [0xEF, 0xBB, 0xBF] ? 3 : 0);
        return wide is null ? text : Encoding.CreateTranscodingStream(text, wide, Encoding.UTF8);
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (BoundedStream.IsDamage(e))
        {
            throw new DataException($"{Name} is not the archive that it says it is: {e.Message}", e);
        }
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1,
                FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The file {path} cannot be read: {e.Message}", e);
        }
    }
}
