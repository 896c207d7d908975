using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace FinML.Torch.Tests.Onnx;

/// <summary>A tensor of the reference evaluator: every dtype as doubles, with ONNX's code of the dtype.</summary>
internal sealed record OnnxValue(int Type, long[] Shape, double[] Data)
{
    internal const int Float = 1, Int32 = 6, Int64 = 7, Bool = 9, Double = 11;

    internal int Rank => Shape.Length;

    internal long[] Longs => Array.ConvertAll(Data, d => (long)d);
}

internal sealed record OnnxNode(
    string Type, string Name, string[] Inputs, string[] Outputs, Dictionary<string, object> Attributes)
{
    internal long Int(string name, long missing) => Attributes.TryGetValue(name, out object? v) ? (long)v : missing;

    internal long[] Ints(string name, long[] missing) =>
        Attributes.TryGetValue(name, out object? v) ? (long[])v : missing;

    internal float Float(string name, float missing) =>
        Attributes.TryGetValue(name, out object? v) ? (float)v : missing;
}

/// <summary>Declared type and shape; a symbolic size is a string.</summary>
internal sealed record OnnxInfo(string Name, int Type, object[] Shape);

/// <summary>An ONNX file read back, by the message definitions of onnx.proto.</summary>
internal sealed class OnnxFile
{
    internal long IrVersion { get; private set; }

    internal List<(string Domain, long Version)> Opsets { get; } = [];

    internal string GraphName { get; private set; } = "";

    internal List<OnnxNode> Nodes { get; } = [];

    internal Dictionary<string, OnnxValue> Initializers { get; } = [];

    internal List<OnnxInfo> Inputs { get; } = [];

    internal List<OnnxInfo> Outputs { get; } = [];

    internal List<OnnxInfo> Values { get; } = [];

    internal static OnnxFile Read(byte[] bytes)
    {
        OnnxFile file = new();
        foreach (Field field in Fields(bytes))
        {
            switch (field.Number)
            {
                case 1: file.IrVersion = field.Varint; break;
                case 7: file.ReadGraph(field.Bytes); break;
                case 8:
                    Field[] opset = Fields(field.Bytes);
                    file.Opsets.Add((Text(opset, 1), opset.Single(f => f.Number == 2).Varint));
                    break;
                default: Assert.Contains(field.Number, new[] { 2, 3, 4, 5, 6 }); break;
            }
        }

        return file;
    }

    private void ReadGraph(byte[] bytes)
    {
        foreach (Field field in Fields(bytes))
        {
            switch (field.Number)
            {
                case 1: Nodes.Add(Node(field.Bytes)); break;
                case 2: GraphName = Encoding.UTF8.GetString(field.Bytes); break;
                case 5:
                    (string name, OnnxValue value) = Tensor(field.Bytes);
                    Assert.True(Initializers.TryAdd(name, value), $"initializer {name} is there twice");
                    break;
                case 11: Inputs.Add(Info(field.Bytes)); break;
                case 12: Outputs.Add(Info(field.Bytes)); break;
                case 13: Values.Add(Info(field.Bytes)); break;
                default: Assert.Fail($"graph field {field.Number} is unknown"); break;
            }
        }
    }

    private static OnnxNode Node(byte[] bytes)
    {
        Field[] fields = Fields(bytes);
        string[] Texts(int number) =>
            [.. fields.Where(f => f.Number == number).Select(f => Encoding.UTF8.GetString(f.Bytes))];
        return new OnnxNode(
            Text(fields, 4), Text(fields, 3), Texts(1), Texts(2),
            fields.Where(f => f.Number == 5).Select(f => Attribute(f.Bytes)).ToDictionary());
    }

    private static KeyValuePair<string, object> Attribute(byte[] bytes)
    {
        Field[] fields = Fields(bytes);
        long type = fields.Single(f => f.Number == 20).Varint;
        object value = type switch
        {
            1 => fields.Single(f => f.Number == 2).Float,
            2 => fields.Single(f => f.Number == 3).Varint,
            3 => Text(fields, 4),
            7 => fields.Where(f => f.Number == 8).Select(f => f.Varint).ToArray(),
            8 => fields.Where(f => f.Number == 9).Select(f => Encoding.UTF8.GetString(f.Bytes)).ToArray(),
            _ => throw new InvalidDataException($"attribute type {type}"),
        };
        return new(Text(fields, 1), value);
    }

    private static (string Name, OnnxValue Value) Tensor(byte[] bytes)
    {
        Field[] fields = Fields(bytes);
        int type = (int)fields.Single(f => f.Number == 2).Varint;
        byte[] raw = fields.Single(f => f.Number == 9).Bytes;
        double[] data = type switch
        {
            OnnxValue.Float => [.. MemoryMarshal.Cast<byte, float>(raw).ToArray().Select(v => (double)v)],
            OnnxValue.Double => MemoryMarshal.Cast<byte, double>(raw).ToArray(),
            OnnxValue.Int64 => [.. MemoryMarshal.Cast<byte, long>(raw).ToArray().Select(v => (double)v)],
            OnnxValue.Int32 => [.. MemoryMarshal.Cast<byte, int>(raw).ToArray().Select(v => (double)v)],
            OnnxValue.Bool => [.. raw.Select(v => (double)v)],
            _ => throw new InvalidDataException($"tensor type {type}"),
        };
        long[] shape = [.. fields.Where(f => f.Number == 1).Select(f => f.Varint)];
        Assert.Equal(shape.Aggregate(1L, (a, b) => a * b), data.Length);
        return (Text(fields, 8), new OnnxValue(type, shape, data));
    }

    private static OnnxInfo Info(byte[] bytes)
    {
        Field[] fields = Fields(bytes);
        Field[] tensor = Fields(Fields(fields.Single(f => f.Number == 2).Bytes).Single(f => f.Number == 1).Bytes);
        List<object> shape = [];
        foreach (Field dimension in Fields(tensor.Single(f => f.Number == 2).Bytes))
        {
            Field size = Fields(dimension.Bytes).Single();
            shape.Add(size.Number == 1 ? size.Varint : Encoding.UTF8.GetString(size.Bytes));
        }

        return new OnnxInfo(Text(fields, 1), (int)tensor.Single(f => f.Number == 1).Varint, [.. shape]);
    }

    private static string Text(Field[] fields, int number) =>
        Encoding.UTF8.GetString(fields.Single(f => f.Number == number).Bytes);

    private static Field[] Fields(byte[] bytes)
    {
        List<Field> fields = [];
        for (int at = 0; at < bytes.Length;)
        {
            ulong key = Varint(bytes, ref at);
            int number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add(new Field(number, (long)Varint(bytes, ref at), 0, []));
                    break;
                case 2:
                    int length = (int)Varint(bytes, ref at);
                    fields.Add(new Field(number, 0, 0, bytes[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    fields.Add(new Field(number, 0, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at)), []));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"wire type {key & 7}");
            }
        }

        return [.. fields];
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private readonly record struct Field(int Number, long Varint, float Float, byte[] Bytes);
}
