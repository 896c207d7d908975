using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FinML.Shared;

namespace FinML.Training;

/// <summary>
/// A checkpoint on disk: named byte sections under one SHA-256. Written to a temporary file, flushed to the device and
/// renamed, so that a reader finds the old file or the new one and never a part of either.
/// </summary>
/// <remarks>
/// Layout, little-endian: "FINMLCP1", section count (int32), for each section its name (int32 length, UTF-8) and
/// content (int64 length, bytes), then the SHA-256 of everything before it.
/// </remarks>
public static class CheckpointFile
{
    private static readonly byte[] Magic = "FINMLCP1"u8.ToArray();

    /// <summary>Writes the sections to <paramref name="path"/>, replacing what stood there in one step.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, byte[]> sections)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(sections);
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(sections.Count);
            foreach (var (name, bytes) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
            {
                byte[] encodedName = Encoding.UTF8.GetBytes(name);
                writer.Write(encodedName.Length);
                writer.Write(encodedName);
                writer.Write((long)bytes.Length);
                writer.Write(bytes);
            }
        }

        content.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        AtomicFile.Write(path, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>Reads a checkpoint back.</summary>
    /// <exception cref="InvalidDataException">The file is not a checkpoint, is truncated, or its checksum
    /// differs.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int payloadLength = bytes.Length - SHA256.HashSizeInBytes;
        if (payloadLength < Magic.Length + sizeof(int) || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            throw new InvalidDataException(
                $"'{path}' is not a checkpoint: {bytes.Length} bytes without its signature.");
        if (!SHA256.HashData(bytes.AsSpan(0, payloadLength)).AsSpan().SequenceEqual(bytes.AsSpan(payloadLength)))
            throw new InvalidDataException(
                $"Checkpoint '{path}' is damaged: its checksum differs. Delete it, or run again without --resume.");

        var sections = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = bytes.AsSpan(Magic.Length, payloadLength - Magic.Length);
        int count = BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, sizeof(int), path));
        for (int i = 0; i < count; i++)
        {
            int nameLength = BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, sizeof(int), path));
            string name = Encoding.UTF8.GetString(Take(ref rest, nameLength, path));
            long length = BinaryPrimitives.ReadInt64LittleEndian(Take(ref rest, sizeof(long), path));
            sections.Add(name, Take(ref rest, length, path).ToArray());
        }

        return sections;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, long length, string path)
    {
        if (length < 0 || length > rest.Length)
            throw new InvalidDataException(
                $"Checkpoint '{path}' is truncated: {length} bytes wanted, {rest.Length} left.");
        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
