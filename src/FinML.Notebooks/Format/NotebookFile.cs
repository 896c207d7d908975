using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>
/// Reads and writes nbformat 4 files the way Jupyter does: JSON indented by one space, UTF-8 without a byte order mark,
/// '\n' line ends, a line end after the last brace.
/// </summary>
public static partial class NotebookFile
{
    /// <summary>The largest file that is read: a reader holds some times as much in memory.</summary>
    public const int MostBytes = 512 << 20;

    private const int LongestReason = 200;

    private static readonly JsonDocumentOptions ReadOptions =
        new() { MaxDepth = 256, AllowDuplicateProperties = false };

    private static readonly JsonWriterOptions WriteOptions = new()
    {
        Indented = true,
        IndentCharacter = ' ',
        IndentSize = 1,
        NewLine = "\n",
        MaxDepth = 256,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string FigureType = "application/vnd.plotly.v1+json";

    private static readonly JsonSerializerOptions FigureOptions = new()
    {
        MaxDepth = 256,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a notebook file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="NotebookFormatException">It is not a notebook; the message says the line or cell.</exception>
    public static Notebook Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no notebook \"{path}\".", path);
        var size = new FileInfo(path).Length;
        return size <= MostBytes
            ? Parse(File.ReadAllBytes(path), path)
            : throw new NotebookFormatException(
                $"{path} has {size >> 20} MiB, and notebooks of up to {MostBytes >> 20} MiB are read.");
    }

    /// <summary>Reads a notebook from its bytes.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="NotebookFormatException">The bytes are not a notebook.</exception>
    public static Notebook Parse(ReadOnlyMemory<byte> utf8, string name)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];

        JsonNode? root;
        try
        {
            if (NotebookShape.FirstBrokenText(utf8.Span, ReadOptions.MaxDepth) is > 0 and { } broken)
                throw new NotebookFormatException($"{name} has text that is not Unicode at line {broken}.");
            // JsonNode copies lazily from a document: reading through bytes keeps the positions that messages name.
            root = JsonNode.Parse(utf8.Span, documentOptions: ReadOptions);
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line ? $" at line {line + 1}, byte {error.BytePositionInLine + 1}" : "";
            throw new NotebookFormatException($"{name} is not valid JSON{place}: {Reason(error)}", error);
        }

        return FromJson(
            root as JsonObject ?? throw new NotebookFormatException(
                $"{name} is not a notebook: at line 1 the file holds {NotebookShape.Describe(root)} instead of an "
                + "object."),
            name);
    }

    /// <summary>The file's bytes for a notebook.</summary>
    public static byte[] ToBytes(Notebook notebook)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriteOptions))
            Write(writer, notebook.Json);
        stream.WriteByte((byte)'\n');
        var text = Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
        return Encoding.UTF8.GetBytes(Escape().Replace(text, Unescape));
    }

    /// <summary>As Jupyter writes, a value a line; but a figure's JSON on one line: its thousands of numbers, each on its
    /// own line behind a dozen spaces, would be most of the file.</summary>
    private static void Write(Utf8JsonWriter writer, JsonNode? node, bool figure = false)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case not null when figure:
                writer.WriteRawValue(node.ToJsonString(FigureOptions));
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach ((string name, JsonNode? value) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, name == FigureType && value is JsonObject);
                }

                writer.WriteEndObject();
                break;
            case JsonArray values:
                writer.WriteStartArray();
                foreach (JsonNode? value in values)
                    Write(writer, value);
                writer.WriteEndArray();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    /// <summary>The writer escapes what lies outside the basic plane, which Jupyter writes as it is.</summary>
    private static string Unescape(Match escape) => escape.Groups[1].Success
        ? string.Concat(Hex(escape.Groups[1].ValueSpan), Hex(escape.Groups[2].ValueSpan))
        : escape.Value;

    private static string Hex(ReadOnlySpan<char> digits) => ((char)Convert.ToUInt16(digits.ToString(), 16)).ToString();

    /// <summary>Any escape, so that an escaped backslash never begins one; surrogates in groups.</summary>
    [GeneratedRegex(@"\\(?:u(D[89AB][0-9A-F]{2})\\u(D[C-F][0-9A-F]{2})|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();

    /// <summary>Writes a notebook file whole or not at all.</summary>
    public static void Write(Notebook notebook, string path) => WriteBytes(ToBytes(notebook), path);

    /// <summary>Writes the bytes of <see cref="ToBytes"/> whole or not at all.</summary>
    public static void WriteBytes(byte[] bytes, string path) => AtomicFile.Write(path, bytes);

    internal static Notebook FromJson(JsonObject root, string name)
    {
        if (root["nbformat"] is not JsonValue format || !format.TryGetValue(out int major))
            throw new NotebookFormatException($"{name} is not a notebook: it has no number \"nbformat\".");
        if (major != 4)
        {
            throw new NotebookFormatException(
                $"{name} is in nbformat {major}, and only nbformat 4 is read: convert it with 'jupyter nbconvert'.");
        }

        if (root["cells"] is not JsonArray array)
            throw new NotebookFormatException($"{name} is not a notebook: it has no list \"cells\".");
        if (NotebookShape.OfNotebook(root) is { } problem)
            throw new NotebookFormatException($"{name} {problem}.");

        var cells = new List<NotebookCell>(array.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < array.Count; i++)
        {
            var cell = ReadCell(array[i], i, name);
            if (!ids.Add(cell.Id))
                throw new NotebookFormatException($"{name}: cell {i + 1} has the id \"{cell.Id}\" of an earlier cell.");
            cells.Add(cell);
        }

        var minor = root["nbformat_minor"] is JsonValue m && m.TryGetValue(out int value) ? value : 0;
        if (minor < 5)
            root["nbformat_minor"] = 5; // ids were added below where they lacked
        return new Notebook(root, cells);
    }

    private static NotebookCell ReadCell(JsonNode? node, int index, string name)
    {
        if (node is not JsonObject json)
        {
            throw new NotebookFormatException(
                $"{name}: cell {index + 1} is {NotebookShape.Describe(node)} instead of an object.");
        }

        var type = json["cell_type"] is JsonValue t && t.TryGetValue(out string? text) ? text : null;
        CellKind? kind = type switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            _ => null,
        };
        if (kind is null)
        {
            throw new NotebookFormatException(
                $"{name}: cell {index + 1} has the cell_type \"{type}\", which is not code, markdown or raw.");
        }

        if (!NotebookShape.IsText(json["source"]))
            throw new NotebookFormatException($"{name}: cell {index + 1} has no \"source\" of text or lines of text.");

        if (NotebookShape.OfCell(json, kind.Value) is { } problem)
            throw new NotebookFormatException($"{name}: cell {index + 1} {problem}.");
        // An id names files of an export too: one that nbformat does not allow is no id.
        if (json["id"] is not JsonValue id || !id.TryGetValue(out string? own) || !NotebookCell.IsId(own))
            json["id"] = NewId(index, MultilineText.FromJson(json["source"]));
        return new NotebookCell(json, kind.Value);
    }

    /// <summary>An id for a cell of nbformat 4.0 to 4.4: of place and source, the same on every reading.</summary>
    private static string NewId(int index, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{index}\n{source}")))[..8];

    /// <summary>The message without the position that System.Text.Json appends: ours says it in words.</summary>
    private static string Reason(JsonException error)
    {
        var message = error.Message;
        var tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        message = tail < 0 ? message : message[..tail];
        tail = message.IndexOf(" Path:", StringComparison.Ordinal);
        message = (tail < 0 ? message : message[..tail]).Trim();
        // It quotes the file, as far as the file goes on without a comma.
        message = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c));
        return message.Length <= LongestReason ? message : $"{message[..LongestReason].TrimEnd()}\u2026.";
    }
}
