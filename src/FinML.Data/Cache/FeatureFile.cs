using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FinML.Data;

/// <summary>
/// The file of one cache entry: a mark of format and byte order, the key, the shape, names, times and values, and the
/// SHA-256 of all before it. A file that differs in one bit, ends early or belongs to another key is no entry.
/// </summary>
internal static class FeatureFile
{
    private const ulong Mark = 0x3143_4C4D_4E49_4601; // another byte order reads another mark
    private const int HashBytes = 32;

    /// <summary>The bytes of an entry.</summary>
    public static byte[] Write(FeatureCacheKey key, FeatureMatrix features)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(BitConverter.GetBytes(Mark));
            writer.Write(key.Hash);
            writer.Write(features.Rows);
            writer.Write(features.Columns);
            foreach (string name in features.Names)
            {
                writer.Write(name);
            }

            writer.Write(MemoryMarshal.AsBytes<long>([.. features.Times.Select(time => time.Ticks)]));
            writer.Write(MemoryMarshal.AsBytes(features.Values));
        }

        byte[] hash = SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        stream.Write(hash);
        return stream.ToArray();
    }

    /// <summary>The features of an entry; null where the bytes are no whole entry of that key.</summary>
    public static FeatureMatrix? Read(FeatureCacheKey key, byte[] bytes)
    {
        int end = bytes.Length - HashBytes;
        if (end < sizeof(ulong) || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            return null;
        }

        // What follows is what was written: the hash holds.
        using MemoryStream stream = new(bytes, 0, end);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        if (BitConverter.ToUInt64(reader.ReadBytes(sizeof(ulong))) != Mark || reader.ReadString() != key.Hash)
        {
            return null;
        }

        int rows = reader.ReadInt32(), columns = reader.ReadInt32();
        string[] names = [.. Enumerable.Range(0, columns).Select(_ => reader.ReadString())];
        long[] ticks = new long[rows];
        double[] values = new double[(long)rows * columns];
        stream.ReadExactly(MemoryMarshal.AsBytes(ticks.AsSpan()));
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return FeatureMatrix.Wrap(Array.ConvertAll(ticks, t => new DateTime(t, DateTimeKind.Utc)), names, values);
    }
}
