using System.Text;

namespace FinML.Torch;

/// <summary>
/// A tensor in TorchSharp's files: dtype, number of dimensions and sizes as LEB128 integers (seven bits a byte, lowest
/// first), then the elements, little-endian and contiguous.
/// </summary>
internal static class TensorFormat
{
    private const int ChunkBytes = 1 << 16;

    internal static void Write(BinaryWriter writer, torch.Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        writer.Write7BitEncodedInt64((long)tensor.dtype);
        writer.Write7BitEncodedInt64(tensor.dim());
        foreach (long size in tensor.Sizes)
            writer.Write7BitEncodedInt64(size);
        writer.Flush();
        writer.BaseStream.Write(tensor.detach().cpu().contiguous().bytes);
    }

    /// <summary>Reads up to the elements.</summary>
    internal static (ScalarType Type, long[] Shape) ReadHeader(BinaryReader reader)
    {
        long type = ReadInteger(reader);
        if (type is < 0 or > sbyte.MaxValue)
            throw Corrupt(reader, $"{type} is no dtype");
        long dimensions = ReadInteger(reader);
        if (dimensions is < 0 or > Shapes.MaxDimensions)
            throw Corrupt(reader, $"{dimensions} dimensions; at most {Shapes.MaxDimensions} are supported");
        long[] shape = new long[dimensions];
        Int128 elements = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = ReadInteger(reader);
            elements *= Math.Max(shape[i], 0);
            if (shape[i] < 0 || elements > long.MaxValue / sizeof(double))
                throw Corrupt(reader, $"the impossible shape {Shapes.Text(shape.AsSpan(0, i + 1).ToArray())}");
        }

        return ((ScalarType)type, shape);
    }

    /// <summary>Reads the elements; the stream is asked for no more than it has before memory is.</summary>
    internal static torch.Tensor ReadElements(BinaryReader reader, ScalarType type, long[] shape)
    {
        long bytes = Bytes(reader, type, shape);
        if (reader.BaseStream.CanSeek && bytes > reader.BaseStream.Length - reader.BaseStream.Position)
            throw Short(reader, bytes, reader.BaseStream.Length - reader.BaseStream.Position);
        torch.Tensor tensor = torch.empty(shape, type);
        Span<byte> target = tensor.bytes;
        int read = reader.BaseStream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        return read == bytes ? tensor : throw Short(reader, bytes, read);
    }

    /// <summary>Passes over the elements.</summary>
    internal static void SkipElements(BinaryReader reader, ScalarType type, long[] shape)
    {
        long bytes = Bytes(reader, type, shape);
        byte[] chunk = new byte[Math.Min(bytes, ChunkBytes)];
        for (long left = bytes; left > 0;)
        {
            int read = reader.BaseStream.Read(chunk, 0, (int)Math.Min(left, chunk.Length));
            if (read == 0)
                throw Short(reader, bytes, bytes - left);
            left -= read;
        }
    }

    internal static long ReadInteger(BinaryReader reader)
    {
        try
        {
            return reader.Read7BitEncodedInt64();
        }
        catch (Exception error) when (error is FormatException or EndOfStreamException)
        {
            throw Corrupt(reader, "no integer where one belongs", error);
        }
    }

    internal static string ReadName(BinaryReader reader)
    {
        try
        {
            return reader.ReadString();
        }
        catch (Exception error) when (error is FormatException or IOException or DecoderFallbackException)
        {
            throw Corrupt(reader, "no name where one belongs", error);
        }
    }

    internal static InvalidDataException Corrupt(BinaryReader reader, string reason, Exception? inner = null)
    {
        string where = reader.BaseStream.CanSeek ? $"before byte {reader.BaseStream.Position}: " : "";
        return new InvalidDataException($"{where}{reason}; the file is truncated or not of this format.", inner);
    }

    private static InvalidDataException Short(BinaryReader reader, long wanted, long found) =>
        Corrupt(reader, $"{wanted} bytes of elements are announced, {found} follow");

    private static long Bytes(BinaryReader reader, ScalarType type, long[] shape)
    {
        try
        {
            using torch.Tensor none = torch.empty([0], type);
            return checked(Shapes.Count(shape) * none.ElementSize);
        }
        catch (ArgumentException error)
        {
            throw Corrupt(reader, $"dtype {type} is not supported", error);
        }
    }
}
