using System.ComponentModel;

namespace FinML.Figures.Display;

/// <summary>How notebooks show a table.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TableFormatterSource
{
    private const int LongTable = 25;

    /// <summary>One formatter per MIME type, best first; a long table comes in pages.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("text/html", v => v is Table table
            ? table.RowCount > LongTable ? table.ToPagedHtml(LongTable) : table.ToHtml() : null),
        new MimeFormatter("text/plain", v => (v as Table)?.ToText()),
    ];
}
