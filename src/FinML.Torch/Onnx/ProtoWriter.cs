using System.Buffers.Binary;
using System.Text;

namespace FinML.Torch;

/// <summary>Writes protocol buffers: the wire format of https://protobuf.dev/programming-guides/encoding, of which ONNX
/// and TensorBoard need varints, floats, doubles and length-delimited fields.</summary>
internal sealed class ProtoWriter
{
    private readonly MemoryStream stream = new();

    internal byte[] ToArray() => stream.ToArray();

    internal ProtoWriter Int(int field, long value)
    {
        Varint(((ulong)field << 3) | 0);
        Varint((ulong)value);
        return this;
    }

    internal ProtoWriter Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        stream.Write(bytes);
        return this;
    }

    internal ProtoWriter Double(int field, double value)
    {
        Varint(((ulong)field << 3) | 1);
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        stream.Write(bytes);
        return this;
    }

    internal ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        stream.Write(value);
        return this;
    }

    internal ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    internal ProtoWriter Message(int field, ProtoWriter value) =>
        Bytes(field, value.stream.GetBuffer().AsSpan(0, (int)value.stream.Length));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            stream.WriteByte((byte)(value | 0x80));
        stream.WriteByte((byte)value);
    }
}
