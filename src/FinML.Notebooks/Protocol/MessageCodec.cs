using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace FinML.Notebooks.Protocol;

/// <summary>
/// Messages to and from frames: identities, the delimiter, the signature, four JSON frames, buffers. The signature is
/// the hex HMAC-SHA256 of the four; a message without the right one is refused, compared in constant time.
/// </summary>
internal sealed class MessageCodec(string key, TimeProvider time)
{
    private const string Version = "5.3";
    private const int JsonDepth = 64;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // this is not HTML
        MaxDepth = JsonDepth,
    };

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    private readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>Reads a message.</summary>
    /// <exception cref="JupyterMessageException">It is not one, or not signed with our key.</exception>
    internal JupyterMessage Decode(IReadOnlyList<byte[]> frames)
    {
        int delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(Delimiter))
            delimiter++;
        if (frames.Count < delimiter + 6)
            throw new JupyterMessageException(
                $"a message of {frames.Count} frames lacks the delimiter, the signature or one of its four JSON "
                + "frames.");
        ReadOnlySpan<byte> signature = frames[delimiter + 1];
        if (!CryptographicOperations.FixedTimeEquals(signature, Sign(frames, delimiter + 2)))
            throw new JupyterMessageException(
                signature.IsEmpty ? "a message is not signed." : "a message is signed with another key.");
        return new JupyterMessage
        {
            Identities = [.. frames.Take(delimiter)],
            Header = Read(frames[delimiter + 2], "header"),
            Parent = Read(frames[delimiter + 3], "parent header"),
            Metadata = Read(frames[delimiter + 4], "metadata"),
            Content = Read(frames[delimiter + 5], "content"),
            Buffers = [.. frames.Skip(delimiter + 6)],
        };
    }

    /// <summary>Writes a message.</summary>
    internal byte[][] Encode(JupyterMessage message)
    {
        byte[][] json = [Write(message.Header), Write(message.Parent), Write(message.Metadata), Write(message.Content)];
        return [.. message.Identities, Delimiter, Sign(json, 0), .. json, .. message.Buffers];
    }

    /// <summary>A message that answers <paramref name="parent"/>, or stands alone.</summary>
    internal JupyterMessage Create(
        string type, JupyterMessage? parent, JsonObject content, IReadOnlyList<byte[]>? identities = null,
        JsonObject? metadata = null) => new()
        {
            Identities = identities ?? parent?.Identities ?? [],
            Header = new JsonObject
            {
                ["msg_id"] = Guid.NewGuid().ToString("N"),
                ["msg_type"] = type,
                ["session"] = _session,
                ["username"] = "kernel",
                ["date"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
                ["version"] = Version,
            },
            Parent = parent is null ? [] : (JsonObject)parent.Header.DeepClone(),
            Metadata = metadata ?? [],
            Content = content,
        };

    /// <summary>The signature of the four frames from <paramref name="first"/> on; nothing where there is no
    /// key.</summary>
    private byte[] Sign(IReadOnlyList<byte[]> frames, int first)
    {
        if (_key.Length == 0)
            return [];
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        for (int i = first; i < first + 4; i++)
            hash.AppendData(frames[i]);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static byte[] Write(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Compact);

    private static JsonObject Read(byte[] frame, string name)
    {
        // A text that is not UTF-8 would be found only where it is read.
        if (!Utf8.IsValid(frame))
            throw new JupyterMessageException($"the {name} of a message is not UTF-8.");
        try
        {
            // A name that stands twice, at any depth, is found now and not in the middle of an answer.
            var node = JsonNode.Parse(frame, documentOptions: new JsonDocumentOptions
            {
                MaxDepth = JsonDepth,
                AllowDuplicateProperties = false,
            });
            return node as JsonObject
                ?? throw new JupyterMessageException($"the {name} of a message is not a JSON object.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new JupyterMessageException($"the {name} of a message is not JSON: {error.Message}");
        }
    }
}
