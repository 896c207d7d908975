using System.Buffers.Binary;
using System.Numerics;

namespace FinML.Torch.Utils.tensorboard;

/// <summary>
/// A file of TensorFlow records: for each its length (8 bytes, little-endian), that length's masked CRC, the bytes,
/// their masked CRC. A record is written in one call and not buffered: what add_scalar returned from is in the file.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int LengthBytes = 8, CrcBytes = 4;

    private readonly FileStream stream;

    /// <param name="path">A new file.</param>
    /// <param name="wallTime">Of the first record, which says what the file is.</param>
    internal EventFile(string path, double wallTime)
    {
        // Readers follow the file while it grows.
        stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        Write(new ProtoWriter().Double(1, wallTime).Text(3, "brain.Event:2"));
    }

    internal void Write(ProtoWriter message)
    {
        byte[] data = message.ToArray();
        byte[] record = new byte[LengthBytes + CrcBytes + data.Length + CrcBytes];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(LengthBytes), Masked(record.AsSpan(0, LengthBytes)));
        data.CopyTo(record, LengthBytes + CrcBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - CrcBytes), Masked(data));
        stream.Write(record);
    }

    /// <summary>Forces what was written to the device.</summary>
    internal void Flush() => stream.Flush(flushToDisk: true);

    public void Dispose() => stream.Dispose();

    /// <summary>CRC-32C (Castagnoli): the processor's instruction where it has one.</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (byte item in data)
            crc = BitOperations.Crc32C(crc, item);
        return ~crc;
    }

    // The CRC of data that holds CRCs is weak; so TensorFlow rotates it and adds a constant.
    private static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C(data), 15) + 0xa282ead8;
}
