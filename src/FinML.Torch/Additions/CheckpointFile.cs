using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FinML.Shared;

namespace FinML.Torch;

/// <summary>
/// A checkpoint on disk: named byte sections under one SHA-256. Written to a temporary file, flushed to the device and
/// renamed, so that a reader finds the old file or the new one and never a part of either. Neither way holds a second
/// copy of the sections.
/// </summary>
/// <remarks>
/// Layout, little-endian: "FINMLCP1", section count (int32), for each section its name (int32 length, UTF-8) and
/// content (int64 length, bytes), then the SHA-256 of everything before it.
/// </remarks>
/// <example><code>
/// CheckpointFile.Write("run.checkpoint", new Dictionary&lt;string, byte[]> { ["model"] = safetensors.save(state) });
/// byte[] model = CheckpointFile.Read("run.checkpoint")["model"];
/// </code></example>
public static class CheckpointFile
{
    private static readonly byte[] Magic = "FINMLCP1"u8.ToArray();

    /// <summary>Writes the sections to <paramref name="path"/>, replacing what stood there in one step, and making its
    /// folder where needed.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, byte[]> sections)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(sections);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.WriteInFolder(path, sections, static (stream, sections) =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Put(Magic);
            Put(Int32(sections.Count));
            foreach (var (name, bytes) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
            {
                byte[] encodedName = Encoding.UTF8.GetBytes(name);
                Put(Int32(encodedName.Length));
                Put(encodedName);
                Put(Int64(bytes.Length));
                Put(bytes);
            }

            stream.Write(hash.GetHashAndReset());

            void Put(byte[] bytes)
            {
                hash.AppendData(bytes);
                stream.Write(bytes);
            }
        });
    }

    /// <summary>Reads a checkpoint back.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, is truncated, or its checksum
    /// differs.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        long end = Verify(stream, path);
        stream.Position = Magic.Length;
        var sections = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        int count = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        for (int i = 0; i < count; i++)
        {
            int nameLength = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
            string name = Encoding.UTF8.GetString(Take(nameLength));
            sections.Add(name, Take(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)))));
        }

        return sections;

        byte[] Take(long length)
        {
            if (length < 0 || length > end - stream.Position)
            {
                throw new InvalidDataException(
                    $"Checkpoint '{path}' is truncated: {length} bytes wanted, {end - stream.Position} left.");
            }

            byte[] bytes = new byte[length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    /// <summary>Whether <see cref="Read"/> would read the file.</summary>
    internal static bool IsIntact(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            Verify(stream, path);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // Signature and checksum; gives the position of the checksum.
    private static long Verify(FileStream stream, string path)
    {
        long payload = stream.Length - SHA256.HashSizeInBytes;
        byte[] signature = new byte[Magic.Length];
        if (payload < Magic.Length + sizeof(int) || stream.Read(signature) < signature.Length
            || !signature.AsSpan().SequenceEqual(Magic))
        {
            throw new InvalidDataException(
                $"'{path}' is not a checkpoint: {stream.Length} bytes without its signature.");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(signature);
        byte[] chunk = new byte[1 << 16];
        while (stream.Position < payload)
        {
            int read = stream.Read(chunk, 0, (int)Math.Min(chunk.Length, payload - stream.Position));
            hash.AppendData(chunk, 0, read);
        }

        byte[] written = new byte[SHA256.HashSizeInBytes];
        stream.ReadExactly(written);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(written)
            ? payload
            : throw new InvalidDataException($"Checkpoint '{path}' is damaged: its checksum differs.");
    }

    private static byte[] Int32(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Int64(long value)
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
