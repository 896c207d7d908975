using System.Globalization;
using System.Text;
using FinML.Figures.Svg;

namespace FinML.Figures.Tables;

/// <summary>
/// Tables for notebooks and pages. Ink is inherited and rules are translucent, so that the table fits a light and a
/// dark page; a page restyles it through the variables --finml-rule, --finml-muted and --finml-stripe.
/// </summary>
internal static class TableHtml
{
    private const string Style =
        ".finml-table{border-collapse:collapse;"
        + "font:13px/1.45 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;"
        + "font-variant-numeric:tabular-nums;margin:.6em 0;color:inherit;background:transparent;border:0;width:auto}"
        + ".finml-table caption{caption-side:top;text-align:left;font-weight:600;font-size:14px;padding:.2em 0 .5em;"
        + "color:inherit}"
        + ".finml-table th,.finml-table td{padding:.28em .8em;border:0;background:transparent;white-space:nowrap}"
        + ".finml-table thead th{font-weight:600;vertical-align:bottom}"
        + ".finml-table thead tr:last-child th{border-bottom:1.5px solid var(--finml-rule,rgba(128,128,128,.65))}"
        + ".finml-table .finml-group{text-align:center;border-bottom:1px solid var(--finml-rule,rgba(128,128,128,.65))}"
        + ".finml-table tbody tr:nth-child(even) td{background:var(--finml-stripe,rgba(128,128,128,.07))}"
        + ".finml-table tbody tr:last-child td{border-bottom:1.5px solid var(--finml-rule,rgba(128,128,128,.65))}"
        + ".finml-table tfoot td{font-size:12px;white-space:normal;opacity:var(--finml-muted,.8);text-align:left;"
        + "padding:.35em .8em 0}"
        + ".finml-table .finml-left{text-align:left}.finml-table .finml-right{text-align:right}"
        + ".finml-table .finml-center{text-align:center}.finml-table .finml-best{font-weight:700}";

    // On paper all rows stand, and no buttons.
    private const string PageStyle =
        ".finml-pages{font:13px/1.45 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;margin:.2em 0 .8em}"
        + ".finml-pages button{font:inherit;color:inherit;background:transparent;padding:.15em .7em;border-radius:4px;"
        + "border:1px solid var(--finml-rule,rgba(128,128,128,.65));cursor:pointer}"
        + ".finml-pages button:disabled{opacity:.4;cursor:default}"
        + "@media print{.finml-table tr[hidden]{display:table-row!important}.finml-pages{display:none}}";

    // Rows are sorted by the number behind the cell, or by its text; missing values stay last. A second click reverses.
    // The script finds its table as the element before it; pages that run no scripts show the table as it was written.
    private const string Script =
        "(function(){var s=document.currentScript;if(!s)return;var t=s.previousElementSibling;"
        + "var b=t.tBodies[0],h=t.tHead.rows[t.tHead.rows.length-1].cells;"
        + "function go(i){var up=h[i].getAttribute('aria-sort')!=='ascending',r=[].slice.call(b.rows);"
        + "function k(x){var v=x.cells[i].getAttribute('data-value');return v===null?null:v===''?NaN:+v}"
        + "r.sort(function(x,y){var p=k(x),q=k(y),d;"
        + "if(p===null||q===null)d=x.cells[i].textContent.localeCompare(y.cells[i].textContent);"
        + "else if(p!==p||q!==q)return(p!==p)-(q!==q);else d=p-q;return up?d:-d});"
        + "r.forEach(function(x){b.appendChild(x)});show(0);"
        + "for(var j=0;j!==h.length;j++)h[j].setAttribute('aria-sort',j!==i?'none':up?'ascending':'descending')}"
        + "[].forEach.call(h,function(e,i){e.tabIndex=0;e.style.cursor='pointer';"
        + "e.onclick=function(){go(i)};e.onkeydown=function(v){if(v.key==='Enter')go(i)}});"
        // Pages of n rows, with two buttons below; 0 is one page. All rows are in the document.
        + "var n=+s.getAttribute('data-rows'),m=b.rows.length,p=0,w,back,on;"
        + "function button(text,step){var e=document.createElement('button');e.type='button';e.textContent=text;"
        + "e.onclick=function(){show(p+step)};return e}"
        + "function show(k){p=k;if(!n)return;for(var j=0;j!==m;j++)b.rows[j].hidden=Math.floor(j/n)!==p;"
        + "w.textContent=' rows '+(p*n+1)+' to '+Math.min(p*n+n,m)+' of '+m+' ';"
        + "back.disabled=p===0;on.disabled=p*n+n>=m}"
        + "if(n){var d=document.createElement('div');d.className='finml-pages';w=document.createElement('span');"
        + "w.setAttribute('aria-live','polite');back=button('Previous',-1);on=button('Next',1);"
        + "d.appendChild(back);d.appendChild(w);d.appendChild(on);t.parentNode.insertBefore(d,s);show(0)}})();";

    public static string Write(string? title, TableGrid grid, IReadOnlyCollection<string> footnotes,
        bool sortable, int pageRows)
    {
        var html = new StringBuilder();
        html.Append("<style>").Append(Style).Append(pageRows > 0 ? PageStyle : "")
            .Append("</style>\n<table class=\"finml-table\">\n");
        if (!string.IsNullOrEmpty(title))
            html.Append("<caption>").Append(Escape(title)).Append("</caption>\n");
        html.Append("<thead>\n");
        if (grid.HasGroups)
        {
            html.Append("<tr>");
            foreach (var (name, _, count) in grid.Groups)
            {
                html.Append(name is null ? "<th></th>"
                    : $"<th class=\"finml-group\" scope=\"colgroup\" "
                        + $"colspan=\"{PathBuilder.Number(count)}\">{Escape(name)}</th>");
            }

            html.Append("</tr>\n");
        }

        html.Append("<tr>");
        for (int c = 0; c < grid.Headers.Length; c++)
            html.Append($"<th class=\"{Class(grid.Alignments[c])}\" scope=\"col\">{Escape(grid.Headers[c])}</th>");
        html.Append("</tr>\n</thead>\n<tbody>\n");
        for (int r = 0; r < grid.Cells.Length; r++)
        {
            html.Append("<tr>");
            for (int c = 0; c < grid.Headers.Length; c++)
            {
                string best = grid.IsBest[r][c] ? " finml-best" : "";
                string value = sortable ? Key(grid, r, c) : "";
                html.Append(
                    $"<td class=\"{Class(grid.Alignments[c])}{best}\"{value}>{Escape(grid.Cells[r][c])}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n");
        if (footnotes.Count > 0)
        {
            html.Append("<tfoot>\n");
            foreach (string note in footnotes)
                html.Append($"<tr><td colspan=\"{PathBuilder.Number(grid.Headers.Length)}\">")
                    .Append(Escape(note)).Append("</td></tr>\n");
            html.Append("</tfoot>\n");
        }

        html.Append("</table>");
        string rows = pageRows > 0 ? $" data-rows=\"{PathBuilder.Number(pageRows)}\"" : "";
        return html.Append(sortable ? $"<script{rows}>{Script}</script>\n" : "\n").ToString();
    }

    /// <summary>The number behind a cell of a column of numbers, empty where it is missing.</summary>
    private static string Key(TableGrid grid, int row, int column)
    {
        if (!grid.Values.Any(values => !double.IsNaN(values[column])))
            return "";
        double value = grid.Values[row][column];
        string text = double.IsNaN(value) ? ""
            : double.IsInfinity(value) ? value > 0 ? "Infinity" : "-Infinity"
            : value.ToString("R", CultureInfo.InvariantCulture);
        return $" data-value=\"{text}\"";
    }

    private static string Class(Alignment alignment) => alignment switch
    {
        Alignment.Right => "finml-right",
        Alignment.Center => "finml-center",
        _ => "finml-left",
    };

    private static string Escape(string text) => SvgCanvas.Escape(text);
}
