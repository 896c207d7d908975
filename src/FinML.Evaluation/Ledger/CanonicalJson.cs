using System.Text;
using System.Text.Json;

namespace FinML.Evaluation;

/// <summary>One text for one JSON value: keys in ordinal order, no white space, numbers as they were written.</summary>
internal static class CanonicalJson
{
    internal static string Of(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"Configuration is not JSON: {error.Message}", nameof(json), error);
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArgumentException(
                    $"Configuration is a JSON {document.RootElement.ValueKind}; it must be an object.", nameof(json));
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
                Write(document.RootElement, writer);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                string? before = null;
                foreach (JsonProperty property in element.EnumerateObject()
                    .OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (property.Name == before)
                        throw new ArgumentException($"Configuration has the key '{property.Name}' twice.");
                    before = property.Name;
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
