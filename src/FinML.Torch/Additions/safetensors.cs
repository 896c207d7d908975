using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using FinML.Shared;

namespace FinML.Torch;

/// <summary>
/// The safetensors format of Hugging Face: a little-endian u64 with the length of a JSON header, the header (name to
/// dtype, shape, data_offsets), then the elements, contiguous and without holes. Python reads and writes the same.
/// Supported dtypes: F32, F64, I64, I32, BOOL.
/// </summary>
public static class safetensors
{
    private const int PrefixBytes = 8;

    /// <summary>The reference implementation's limit on the header.</summary>
    private const long MaxHeaderBytes = 100_000_000;

    /// <summary>More have no use, and not every engine takes them.</summary>
    private const int MaxDimensions = 12;

    private const string MetadataKey = "__metadata__";

    /// <summary>Writes the tensors so that the file is there whole or not at all: a temporary file beside it, flushed
    /// to the disk, then renamed.</summary>
    /// <param name="tensors">Values by name.</param>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ArgumentException">A tensor is named __metadata__, or was disposed.</exception>
    /// <exception cref="IOException">The folder is missing or not writable.</exception>
    public static void save_file(
        Dictionary<string, torch.Tensor> tensors, string path, Dictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteInFolder(path, save(tensors, metadata));
    }

    /// <summary>The bytes of such a file. The same tensors give the same bytes.</summary>
    public static byte[] save(Dictionary<string, torch.Tensor> tensors, Dictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        RequireLittleEndian();

        // Widest elements first, so that each tensor is aligned to its element; then by name.
        List<(string Name, torch.Tensor Tensor)> ordered = tensors
            .Select(t => (t.Key, t.Value))
            .OrderByDescending(t => t.Value.dtype.ElementSize()).ThenBy(t => t.Key, StringComparer.Ordinal)
            .ToList();
        byte[] header = Header(ordered, metadata, out long dataBytes);
        byte[] file = new byte[checked(PrefixBytes + header.Length + dataBytes)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, PrefixBytes);
        int at = PrefixBytes + header.Length;
        foreach ((_, torch.Tensor tensor) in ordered)
        {
            Span<byte> source = tensor.detach().cpu().contiguous().bytes;
            source.CopyTo(file.AsSpan(at));
            at += source.Length;
        }

        return file;
    }

    /// <summary>Reads the tensors of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is truncated or corrupt; says at which byte and why.</exception>
    public static Dictionary<string, torch.Tensor> load_file(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return load(bytes);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"'{path}' is not a readable safetensors file: {error.Message}", error);
        }
    }

    /// <summary>Reads the tensors from the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">The bytes are truncated or corrupt.</exception>
    public static Dictionary<string, torch.Tensor> load(ReadOnlySpan<byte> bytes)
    {
        RequireLittleEndian();
        List<Entry> entries = Parse(bytes, out _, out int dataStart);
        Dictionary<string, torch.Tensor> result = [];
        foreach (Entry entry in entries)
        {
            ReadOnlySpan<byte> source = bytes.Slice(dataStart + (int)entry.Begin, (int)(entry.End - entry.Begin));
            if (entry.Type == torch.ScalarType.Bool)
            {
                int bad = source.IndexOfAnyExceptInRange((byte)0, (byte)1);
                if (bad >= 0)
                {
                    throw Corrupt(
                        dataStart + entry.Begin + bad, $"'{entry.Name}' is BOOL but holds the byte {source[bad]}");
                }
            }

            torch.Tensor tensor = torch.empty(entry.Shape, entry.Type);
            source.CopyTo(tensor.bytes);
            result.Add(entry.Name, tensor);
        }

        return result;
    }

    /// <summary>The free text of a file by key; empty where it has none.</summary>
    public static Dictionary<string, string> load_metadata(string path)
    {
        Parse(File.ReadAllBytes(path), out Dictionary<string, string> metadata, out _);
        return metadata;
    }

    private static byte[] Header(
        List<(string Name, torch.Tensor Tensor)> ordered, Dictionary<string, string>? metadata, out long dataBytes)
    {
        using var buffer = new MemoryStream();
        dataBytes = 0;
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach ((string name, torch.Tensor tensor) in ordered)
            {
                if (name == MetadataKey)
                    throw new ArgumentException($"a tensor cannot be named {MetadataKey}: the format reserves it.");
                json.WriteStartObject(name);
                json.WriteString("dtype", TypeName(tensor.dtype));
                json.WriteStartArray("shape");
                foreach (long size in tensor.shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(dataBytes);
                dataBytes += tensor.NumberOfElements * tensor.dtype.ElementSize();
                json.WriteNumberValue(dataBytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces after the JSON align the data to 8 bytes.
        byte[] header = new byte[(buffer.Length + 7) & ~7L];
        header.AsSpan().Fill((byte)' ');
        buffer.ToArray().CopyTo(header, 0);
        return header;
    }

    private static List<Entry> Parse(
        ReadOnlySpan<byte> bytes, out Dictionary<string, string> metadata, out int dataStart)
    {
        if (bytes.Length < PrefixBytes)
            throw Corrupt(0, $"the file has {bytes.Length} bytes, its length prefix alone needs {PrefixBytes}");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length is < 2 or > MaxHeaderBytes)
            throw Corrupt(0, $"the header claims {length} bytes; 2 to {MaxHeaderBytes} are possible");
        if ((long)length > bytes.Length - PrefixBytes)
        {
            throw Corrupt(
                0, $"the header claims {length} bytes, {bytes.Length - PrefixBytes} follow: the file is truncated");
        }

        ReadOnlySpan<byte> header = bytes.Slice(PrefixBytes, (int)length);
        if (header[0] != (byte)'{')
            throw Corrupt(PrefixBytes, $"the header starts with the byte {header[0]}, not with '{{'");
        dataStart = PrefixBytes + (int)length;
        metadata = [];
        List<Entry> entries = [];
        HashSet<string> names = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(header.ToArray());
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string name = property.Name;
                if (!names.Add(name))
                    throw Corrupt(PrefixBytes, $"the header names '{name}' twice");
                if (name == MetadataKey)
                    metadata = Metadata(property.Value);
                else
                    entries.Add(ParseEntry(name, property.Value));
            }
        }
        catch (JsonException error)
        {
            throw Corrupt(PrefixBytes + (error.BytePositionInLine ?? 0), $"the header is no JSON ({error.Message})");
        }
        catch (InvalidOperationException error)
        {
            throw Corrupt(PrefixBytes, $"the header holds text that is no valid UTF-8 or UTF-16 ({error.Message})");
        }

        CheckCoverage(entries, dataStart, bytes.Length - dataStart);
        return entries;
    }

    private static Entry ParseEntry(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Corrupt(PrefixBytes, $"'{name}' is a JSON {value.ValueKind}, not an object");
        int properties = value.EnumerateObject().Count();
        if (properties != 3)
            throw Corrupt(PrefixBytes, $"'{name}' has {properties} properties, not dtype, shape and data_offsets");
        if (!value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String)
            throw Corrupt(PrefixBytes, $"'{name}' has no dtype");
        long[] shape = Longs(name, value, "shape");
        long[] offsets = Longs(name, value, "data_offsets");
        torch.ScalarType type = TypeOf(name, dtype.GetString()!);
        if (shape.Length > MaxDimensions)
        {
            throw Corrupt(
                PrefixBytes, $"'{name}' has {shape.Length} dimensions; at most {MaxDimensions} are supported");
        }

        if (offsets.Length != 2 || offsets[0] > offsets[1])
            throw Corrupt(PrefixBytes, $"'{name}' has the data_offsets [{string.Join(", ", offsets)}]");
        Int128 count = type.ElementSize();
        foreach (long size in shape)
        {
            count *= size;
            if (count > long.MaxValue)
                throw Corrupt(PrefixBytes, $"'{name}' has the impossible shape {Text(shape)}");
        }

        if (count != offsets[1] - offsets[0])
        {
            throw Corrupt(
                PrefixBytes, $"'{name}' of shape {Text(shape)} needs {count} bytes, its data_offsets span "
                + $"{offsets[1] - offsets[0]}");
        }

        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] Longs(string name, JsonElement value, string key)
    {
        if (!value.TryGetProperty(key, out JsonElement array) || array.ValueKind != JsonValueKind.Array)
            throw Corrupt(PrefixBytes, $"'{name}' has no {key}");
        long[] result = new long[array.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out result[i]) || result[i] < 0)
                throw Corrupt(PrefixBytes, $"'{name}' has {item.GetRawText()} in its {key}");
            i++;
        }

        return result;
    }

    private static Dictionary<string, string> Metadata(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Corrupt(PrefixBytes, $"{MetadataKey} is a JSON {value.ValueKind}, not an object");
        Dictionary<string, string> result = [];
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String
                || !result.TryAdd(property.Name, property.Value.GetString()!))
                throw Corrupt(PrefixBytes, $"{MetadataKey} holds '{property.Name}' twice or not as text");
        }

        return result;
    }

    private static void CheckCoverage(List<Entry> entries, int dataStart, long dataBytes)
    {
        long at = 0;
        foreach (Entry entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != at)
            {
                throw Corrupt(
                    dataStart + at, $"'{entry.Name}' starts at byte {entry.Begin} of the data, expected {at}");
            }

            at = entry.End;
            if (at > dataBytes)
            {
                throw Corrupt(
                    dataStart + dataBytes, $"'{entry.Name}' ends at byte {at} of the data, the file has {dataBytes}");
            }

        }

        if (at != dataBytes)
            throw Corrupt(dataStart + at, $"{dataBytes - at} bytes follow the last tensor");
    }

    private static int ElementBytes(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float64 or torch.ScalarType.Int64 => 8,
        torch.ScalarType.Float32 or torch.ScalarType.Int32 => 4,
        torch.ScalarType.BFloat16 => 2,
        _ => 1,
    };

    private static string TypeName(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => "F32",
        torch.ScalarType.Float64 => "F64",
        torch.ScalarType.Int64 => "I64",
        torch.ScalarType.Int32 => "I32",
        torch.ScalarType.BFloat16 => "BF16",
        _ => "BOOL",
    };

    private static torch.ScalarType TypeOf(string name, string dtype) => dtype switch
    {
        "F32" => torch.ScalarType.Float32,
        "F64" => torch.ScalarType.Float64,
        "I64" => torch.ScalarType.Int64,
        "I32" => torch.ScalarType.Int32,
        "BF16" => torch.ScalarType.BFloat16,
        "BOOL" => torch.ScalarType.Bool,
        _ => throw Corrupt(PrefixBytes, $"'{name}' has the dtype '{dtype}'; F32, F64, BF16, I64, I32 and BOOL are "
            + "supported"),
    };

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("safetensors files are little-endian; this machine is not.");
    }

    private static InvalidDataException Corrupt(long offset, string reason) => new($"at byte {offset}: {reason}.");

    private sealed record Entry(string Name, torch.ScalarType Type, long[] Shape, long Begin, long End);
}
