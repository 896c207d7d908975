using System.IO.Compression;
using System.Security.Cryptography;

namespace FinML.Data;

/// <summary>
/// Whether bytes are the file of a catalogue's entry: by the hash of the file or, where the entry has one, by the hash
/// of its decompressed content, for the same text compressed by another program is the same data.
/// </summary>
internal static class DataContent
{
    public static bool IsRight(DataSet set, byte[] bytes) =>
        DataCatalog.Hash(bytes) == set.Sha256
        || (set.ContentSha256 is { } content && ContentHash(set, bytes) == content);

    /// <summary>The hash of the content; null where it is longer than the entry says or is no gzip stream. Nothing of
    /// an unknown file is kept, so that a small file that would unpack to a large one costs no memory.</summary>
    public static string? ContentHash(DataSet set, byte[] bytes)
    {
        long left = set.ContentBytes ?? 0;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using Stream stream = IsGzip(bytes)
            ? new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress)
            : new MemoryStream(bytes);
        byte[] buffer = new byte[1 << 16];
        try
        {
            for (int n; (n = stream.Read(buffer)) > 0;)
            {
                left -= n;
                if (left < 0)
                    return null;
                hash.AppendData(buffer, 0, n);
            }
        }
        catch (InvalidDataException)
        {
            return null;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The bytes as the entry's file name has them: compressed where it ends in .gz and they are
    /// not.</summary>
    public static byte[] AsFile(DataSet set, byte[] bytes)
    {
        if (!set.File.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || IsGzip(bytes))
            return bytes;
        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    /// <summary>The lines of a text; the last one may lack its end.</summary>
    public static int Lines(Stream text)
    {
        using StreamReader reader = new(text);
        int lines = 0;
        while (reader.ReadLine() is not null)
        {
            lines++;
        }

        return lines;
    }

    /// <summary>The lines of all files of a zip archive.</summary>
    public static int LinesOfArchive(byte[] bytes)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(bytes));
            return archive.Entries.Sum(entry => Lines(entry.Open()));
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"The archive cannot be read: {e.Message}", e);
        }
    }

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
}
