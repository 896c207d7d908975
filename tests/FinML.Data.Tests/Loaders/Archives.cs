using System.IO.Compression;

namespace FinML.Data.Tests.Loaders;

/// <summary>Makes archives in memory.</summary>
internal static class Archives
{
    internal static byte[] Gzip(byte[] text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return packed.ToArray();
    }

    internal static byte[] Zip(params (string Name, byte[] Text)[] files)
    {
        using MemoryStream packed = new();
        using (ZipArchive zip = new(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] text) in files)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(text);
            }
        }

        return packed.ToArray();
    }
}
