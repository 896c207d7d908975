using System.ComponentModel;

namespace FinML.Figures.Display;

/// <summary>How notebooks show a figure: plotly where it runs, a picture elsewhere, text in a terminal.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FigureFormatterSource
{
    /// <summary>One formatter per MIME type, best first.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new MimeFormatter("application/vnd.plotly.v1+json", v => (v as Figure)?.ToPlotlyJson()),
        new MimeFormatter("image/svg+xml", v => (v as Figure)?.ToSvg()),
        new MimeFormatter("text/plain", v => (v as Figure)?.ToString()),
    ];
}
