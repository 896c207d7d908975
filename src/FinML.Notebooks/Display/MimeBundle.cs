using System.Text.Json;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>One value in several representations, each under its media type; text/plain is always there.</summary>
public sealed record MimeBundle
{
    /// <summary>Makes a bundle; the order is kept.</summary>
    /// <exception cref="ArgumentException">There is no text/plain, or a media type comes twice.</exception>
    public MimeBundle(IReadOnlyList<KeyValuePair<string, string>> parts)
    {
        if (parts.All(part => part.Key != "text/plain"))
            throw new ArgumentException("A bundle needs text/plain.", nameof(parts));
        if (parts.DistinctBy(part => part.Key).Count() != parts.Count)
            throw new ArgumentException("A bundle holds a media type once.", nameof(parts));
        Parts = parts;
    }

    /// <summary>Media type and content, in the order of preference.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parts { get; }

    /// <summary>The content under a media type, or null.</summary>
    public string? this[string mime] => Parts.FirstOrDefault(part => part.Key == mime).Value;

    /// <summary>The text representation.</summary>
    public string Text => this["text/plain"]!;

    /// <summary>A bundle of text alone.</summary>
    public static MimeBundle OfText(string text) => new([new("text/plain", text)]);

    /// <summary>A bundle of HTML with its text representation.</summary>
    public static MimeBundle OfHtml(string html, string text) => new([new("text/html", html), new("text/plain", text)]);

    /// <summary>The object that nbformat stores: JSON media types as JSON, everything else as lines of text.</summary>
    public JsonObject ToJson() => ToJson(MultilineText.ToJson);

    /// <summary>The object that a kernel's message carries: text as one piece.</summary>
    internal JsonObject ToMessage() => ToJson(text => JsonValue.Create(text));

    private JsonObject ToJson(Func<string, JsonNode> ofText)
    {
        var json = new JsonObject();
        foreach (var (mime, content) in Parts)
            json[mime] = IsJson(mime) && ParseOrNull(content) is { } node ? node : ofText(content);
        return json;
    }

    private static bool IsJson(string mime) =>
        mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>A formatter's broken JSON is still shown, as text, rather than losing the run.</summary>
    private static JsonNode? ParseOrNull(string content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: new JsonDocumentOptions { MaxDepth = 200 });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
