using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FinML.Shared;

/// <summary>A package's archive (.tgz) as an npm registry sends it.</summary>
internal static class NpmArchive
{
    /// <summary>What a registry states as an archive's integrity: "sha512-" and the hash in base 64.</summary>
    public static string Integrity(byte[] archive) => "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));

    /// <summary>Unpacks one file of the package, which appears whole under its new name or not at all.</summary>
    /// <returns>False where the package has no such file.</returns>
    /// <exception cref="InvalidDataException">The bytes are no archive.</exception>
    public static bool Extract(byte[] archive, string file, string path)
    {
        using GZipStream gzip = new(new MemoryStream(archive), CompressionMode.Decompress);
        using TarReader tar = new(gzip);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == $"package/{file}" && entry.DataStream is { } content)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                AtomicFile.WriteInFolder(path, content, static (stream, from) => from.CopyTo(stream));
                return true;
            }
        }

        return false;
    }
}
