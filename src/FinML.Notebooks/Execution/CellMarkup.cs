namespace FinML.Notebooks;

/// <summary>What a segment of a markup language shows.</summary>
internal static class CellMarkup
{
    internal static MimeBundle Of(CellSource.Segment segment) => segment.Language switch
    {
        CellSource.Language.Markdown => new([new("text/markdown", segment.Code), new("text/plain", segment.Code)]),
        // A front end draws one of the first two; the page, GitHub and the text show the source.
        CellSource.Language.Mermaid => new(
        [
            new("text/vnd.mermaid", segment.Code),
            new("text/markdown", Fenced("mermaid", segment.Code)),
            new("text/plain", segment.Code),
        ]),
        // What is stored runs in a notebook that its reader trusts, and nowhere else; text stands for it elsewhere.
        CellSource.Language.JavaScript =>
            new([new("application/javascript", segment.Code), new("text/plain", segment.Code)]),
        _ => ValueFormatter.Format(new HtmlContent(segment.Code)),
    };

    /// <summary>A block of code in Markdown, with a fence that the code does not have.</summary>
    private static string Fenced(string language, string code)
    {
        var fence = "```";
        while (code.Contains(fence, StringComparison.Ordinal))
            fence += "`";
        return $"{fence}{language}\n{code}\n{fence}";
    }
}
