using System.Text;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>The bytes of an image among a cell's outputs, as nbformat stores them: SVG as text, others in
/// base64.</summary>
internal static class Picture
{
    public static byte[] Read(string mime, JsonNode? content)
    {
        var text = MultilineText.FromJson(content);
        if (mime == "image/svg+xml")
            return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes[..length]
            : Encoding.UTF8.GetBytes(text);
    }
}
