using System.ComponentModel;

namespace FinML.Figures.Display;

/// <summary>How notebooks show a table.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TableFormatterSource
{
    /// <summary>One formatter per MIME type, best first.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", v => (v as Table)?.ToHtml()),
        new MimeFormatter("text/plain", v => (v as Table)?.ToText()),
    ];
}
