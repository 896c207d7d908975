using System.Net;
using System.Text.RegularExpressions;

namespace FinML.Notebooks;

/// <summary>Markup that is shown as it stands; the author answers for its escaping.</summary>
/// <param name="Markup">HTML for the body of a page.</param>
public sealed partial record HtmlContent(string Markup)
{
    /// <summary>The text without tags.</summary>
    public override string ToString() => WebUtility.HtmlDecode(Tags().Replace(Markup, "")).Trim();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
