using System.Net;
using System.Text;

namespace FinML.Notebooks;

/// <summary>
/// What a value looks like in a notebook. Types with formatters by the convention come first; for all others: text for
/// scalars, tables for sequences of objects with properties and for dictionaries. Numbers and dates are invariant;
/// everything that comes from data is escaped in HTML.
/// </summary>
public static class ValueFormatter
{
    /// <summary>How many elements of a sequence are shown.</summary>
    public const int ListLimit = 20;

    /// <summary>The representations of <paramref name="value"/>.</summary>
    /// <param name="value">Any value, null included.</param>
    /// <param name="mime">A media type to show alone (with text/plain), or null for all that the value has.</param>
    public static MimeBundle Format(object? value, string? mime = null)
    {
        var bundle = All(value, mime);
        if (mime is null || mime == "text/plain")
            return mime is null ? bundle : MimeBundle.OfText(bundle.Text);
        return bundle[mime] is { } content
            ? new MimeBundle([new(mime, content), new("text/plain", bundle.Text)])
            : new MimeBundle([new(mime, bundle.Text), new("text/plain", bundle.Text)]);
    }

    private static MimeBundle All(object? value, string? mime)
    {
        switch (value)
        {
            case null:
                return MimeBundle.OfText("null");
            case MimeBundle bundle:
                return bundle;
            case INotebookView view:
                return view.Show();
            case HtmlContent html:
                return MimeBundle.OfHtml(html.Markup, html.ToString());
            case string text when mime is not null and not "text/plain":
                return new MimeBundle([new(mime, text), new("text/plain", new HtmlContent(text).ToString())]);
            case string text:
                return MimeBundle.OfText(text);
        }

        var parts = ConventionFormatters.Format(value);
        if (parts.Count > 0)
        {
            return parts.Any(part => part.Key == "text/plain")
                ? new MimeBundle(parts)
                : new MimeBundle([.. parts, new("text/plain", ObjectText.Of(value))]);
        }

        return ObjectGrid.TryRead(value) is { } grid
            ? MimeBundle.OfHtml(Html(grid), Text(grid))
            : MimeBundle.OfText(ObjectText.Of(value));
    }

    private static string Html(ObjectGrid grid)
    {
        var html = new StringBuilder("<table>\n<thead><tr>");
        for (var j = 0; j < grid.Columns.Count; j++)
        {
            html.Append(grid.Rows.All(row => row[j].IsNumber) ? "<th style=\"text-align:right\">" : "<th>")
                .Append(WebUtility.HtmlEncode(grid.Columns[j])).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in grid.Rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
            {
                html.Append(cell.IsNumber ? "<td style=\"text-align:right\">" : "<td>")
                    .Append(WebUtility.HtmlEncode(cell.Text)).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>");
        if (grid.Note is not null)
            html.Append("\n<p><small>").Append(WebUtility.HtmlEncode(grid.Note)).Append("</small></p>");
        return html.ToString();
    }

    private static string Text(ObjectGrid grid)
    {
        var widths = grid.Columns
            .Select((column, j) => Math.Max(column.Length, grid.Rows.Max(row => (int?)row[j].Text.Length) ?? 0))
            .ToArray();
        var text = new StringBuilder();
        void Line(IEnumerable<string> cells) => text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');

        Line(grid.Columns.Select((column, j) => column.PadRight(widths[j])));
        Line(widths.Select(width => new string('-', width)));
        foreach (var row in grid.Rows)
        {
            Line(row.Select((cell, j) => cell.IsNumber ? cell.Text.PadLeft(widths[j]) : cell.Text.PadRight(widths[j])));
        }

        if (grid.Note is not null)
            text.Append(grid.Note).Append('\n');
        return text.ToString().TrimEnd('\n');
    }
}
