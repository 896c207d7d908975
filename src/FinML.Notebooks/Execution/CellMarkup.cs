namespace FinML.Notebooks;

/// <summary>What a segment of a markup language shows.</summary>
internal static class CellMarkup
{
    internal static MimeBundle Of(CellSource.Segment segment) => segment.Language switch
    {
        CellSource.Language.Markdown => new([new("text/markdown", segment.Code), new("text/plain", segment.Code)]),
        CellSource.Language.Mermaid =>
            new([new("text/vnd.mermaid", segment.Code), new("text/plain", segment.Code)]),
        _ => ValueFormatter.Format(new HtmlContent(segment.Code)),
    };
}
