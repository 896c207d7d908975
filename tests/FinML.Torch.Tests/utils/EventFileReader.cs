using System.Buffers.Binary;
using System.Text;

namespace FinML.Torch.Tests.utils;

/// <summary>Reads event files back, checking lengths and both checksums of each record; the checksum is computed bit by
/// bit.</summary>
internal static class EventFileReader
{
    /// <summary>The events' fields.</summary>
    internal static List<Fields> Read(string path) => Records(ReadShared(path)).Select(Fields.Parse).ToList();

    internal static List<byte[]> Records(byte[] file)
    {
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at)));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] data = file.AsSpan(at + 12, length).ToArray();
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(data);
            at += 16 + length;
        }

        return records;
    }

    internal static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte item in data)
        {
            crc ^= item;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0x82F63B78 : 0);
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }

    /// <summary>A message as its fields by number: ulong, float, double or bytes.</summary>
    internal sealed class Fields : Dictionary<int, object>
    {
        internal Fields Message(int field) => Parse((byte[])this[field]);

        internal string Text(int field) => Encoding.UTF8.GetString((byte[])this[field]);

        internal double[] Doubles(int field) =>
            ((byte[])this[field]).Chunk(8).Select(b => BitConverter.ToDouble(b)).ToArray();

        internal static Fields Parse(byte[] bytes)
        {
            Fields fields = [];
            for (int at = 0; at < bytes.Length;)
            {
                ulong tag = Varint(bytes, ref at);
                object value;
                switch (tag & 7)
                {
                    case 0:
                        value = Varint(bytes, ref at);
                        break;
                    case 1:
                        value = BitConverter.ToDouble(bytes, at);
                        at += 8;
                        break;
                    case 2:
                        int length = (int)Varint(bytes, ref at);
                        value = bytes.AsSpan(at, length).ToArray();
                        at += length;
                        break;
                    case 5:
                        value = BitConverter.ToSingle(bytes, at);
                        at += 4;
                        break;
                    default:
                        throw new InvalidDataException($"wire type {tag & 7} at byte {at}.");
                }

                fields.Add((int)(tag >> 3), value);
            }

            return fields;
        }

        private static ulong Varint(byte[] bytes, ref int at)
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                value |= (ulong)(bytes[at] & 0x7f) << shift;
                if (bytes[at++] < 0x80)
                    return value;
            }
        }
    }
}
