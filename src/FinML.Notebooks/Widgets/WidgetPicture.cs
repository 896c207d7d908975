using System.Globalization;
using System.Net;

namespace FinML.Notebooks;

/// <summary>Widgets where nobody can move them: the same bytes in every run.</summary>
internal static class WidgetPicture
{
    private const int Left = 16, Track = 320, Height = 58;

    /// <summary>A slider: label and value above its track, the ends of the range below.</summary>
    /// <param name="label">What it is.</param>
    /// <param name="value">Where it stands, as text.</param>
    /// <param name="min">The smallest value, as text.</param>
    /// <param name="max">The largest value, as text.</param>
    /// <param name="fraction">Where it stands between the ends, 0 to 1.</param>
    internal static string Slider(string label, string value, string min, string max, double fraction)
    {
        string handle = (Left + Math.Clamp(fraction, 0, 1) * Track).ToString("0.#", CultureInfo.InvariantCulture);
        string Text(string text) => WebUtility.HtmlEncode(XmlText(text));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Track + 2 * Left}" height="{Height}" viewBox="0 0 {Track
            + 2 * Left} {Height}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="13">
            <title>{Text($"{label}: {value} ({min} to {max})")}</title>
            <g fill="#767676">
            <text x="{Left}" y="16">{Text(label)}</text>
            <text x="{Left + Track}" y="16" text-anchor="end" font-weight="bold">{Text(value)}</text>
            <text x="{Left}" y="52" font-size="11">{Text(min)}</text>
            <text x="{Left + Track}" y="52" text-anchor="end" font-size="11">{Text(max)}</text>
            </g>
            <rect x="{Left}" y="28" width="{Track}" height="4" rx="2" fill="#b8b8b8"/>
            <circle cx="{handle}" cy="30" r="8" fill="#2f6fb2"/>
            </svg>
            """.ReplaceLineEndings("\n");
    }

    /// <summary>The text without characters that XML does not have.</summary>
    private static string XmlText(string text) => string.Concat(text.EnumerateRunes()
        .Select(rune => rune.Value < 32 || rune.Value is 0xFFFE or 0xFFFF or 0xFFFD ? " " : rune.ToString()));
}
