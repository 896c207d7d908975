using System.Globalization;
using System.Text.RegularExpressions;

namespace FinML.Notebooks;

/// <summary>
/// SVG pictures in a page's own text, so that they can be searched. Where one has an id that an earlier one has, its
/// ids are renamed, in its style sheet too.
/// </summary>
internal sealed partial class InlinePictures
{
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private int pictures;

    /// <summary>The picture as it goes into the page.</summary>
    public string Add(string svg)
    {
        var start = svg.IndexOf("<svg", StringComparison.Ordinal);
        svg = start > 0 ? svg[start..] : svg; // without the XML declaration and doctype
        var prefix = string.Create(CultureInfo.InvariantCulture, $"p{++pictures}-");
        var names = Ids().Matches(svg).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var meets = ids.Overlaps(names);
        ids.UnionWith(names);
        if (!meets)
            return svg;
        svg = Ids().Replace(svg, match => $" id=\"{prefix}{match.Groups[1].Value}\"");
        svg = References().Replace(svg, match => names.Contains(match.Groups[2].Value)
            ? $"{match.Groups[1].Value}#{prefix}{match.Groups[2].Value}"
            : match.Value);
        svg = Styles().Replace(svg, style => names.OrderByDescending(name => name.Length).Aggregate(
            style.Value, (css, name) => Regex.Replace(css, $@"#{Regex.Escape(name)}(?![\w-])", $"#{prefix}{name}")));
        return Labels().Replace(svg, match =>
        {
            var labels = match.Groups[2].Value.Split(' ').Select(id => names.Contains(id) ? prefix + id : id);
            return $"{match.Groups[1].Value}=\"{string.Join(' ', labels)}\"";
        });
    }

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("(url\\(|href=\")#([^\")\\s]+)")]
    private static partial Regex References();

    [GeneratedRegex("(aria-labelledby|aria-describedby)=\"([^\"]+)\"")]
    private static partial Regex Labels();

    [GeneratedRegex("<style[^>]*>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();
}
