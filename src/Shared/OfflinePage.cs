using System.Net;

namespace FinML.Shared;

/// <summary>
/// The frame of one HTML file that opens without a network: it holds its own styles and pictures, and its content
/// security policy forbids everything from elsewhere.
/// </summary>
internal static class OfflinePage
{
    /// <summary>No script, no font and no image from elsewhere.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    /// <summary>The same, for pictures that bring their own fonts.</summary>
    public const string PolicyWithFonts = Policy + "; font-src data:";

    /// <summary>The page around a body.</summary>
    /// <param name="title">The title, as plain text.</param>
    /// <param name="css">The styles.</param>
    /// <param name="body">What stands between the tags of the body, as HTML that ends with a line end.</param>
    /// <param name="policy">The content security policy.</param>
    /// <param name="author">Who wrote it, as plain text; null for nobody.</param>
    public static string Of(string title, string css, string body, string policy = Policy, string? author = null)
    {
        string name = author is null ? "" : $"\n<meta name=\"author\" content=\"{WebUtility.HtmlEncode(author)}\">";
        string head = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="color-scheme" content="light dark">{name}
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            {css}
            </style>
            </head>
            <body>

            """.ReplaceLineEndings("\n");
        return head + body + "</body>\n</html>\n"; // the body keeps its bytes: a script in it goes by its hash
    }
}
