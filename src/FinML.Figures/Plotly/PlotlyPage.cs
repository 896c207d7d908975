using System.Security.Cryptography;
using System.Text;
using FinML.Figures.Svg;

namespace FinML.Figures.Plotly;

/// <summary>
/// What an HTML page needs to show figures with plotly.js: each figure is its SVG with its plotly JSON beside it, and
/// the scripts at the end put the interactive figure in the picture's place. Where scripts do not run, on paper, and
/// where plotly.js fails, the picture stays. Nothing is loaded from elsewhere.
/// </summary>
public static class PlotlyPage
{
    // Colours that go with the page are set here: the JSON is the same for all pages. On paper the picture is shown.
    private const string Start = """
        (function () {
          var look = matchMedia('(prefers-color-scheme: dark)');
          function template() {
            var dark = look.matches, grid = dark ? '#272e38' : '#e4e8ec', line = dark ? '#6e7681' : '#8c959f';
            var axis = { gridcolor: grid, linecolor: line, zerolinecolor: line, automargin: true };
            return { layout: {
              paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
              font: { family: 'Helvetica, Arial, sans-serif', size: 12, color: dark ? '#e6edf3' : '#1f2328' },
              title: { font: { size: 16, weight: 'bold' } }, xaxis: axis, yaxis: axis,
              modebar: { bgcolor: 'rgba(0,0,0,0)', color: line, activecolor: dark ? '#e6edf3' : '#1f2328' },
              hoverlabel: { bgcolor: dark ? '#272e38' : '#ffffff' }
            } };
          }
          document.querySelectorAll('.finml-figure').forEach(function (figure) {
            var picture = figure.querySelector('svg'), box = document.createElement('div');
            try {
              var plot = JSON.parse(figure.querySelector('script').textContent), layout = plot.layout;
              var titles = (layout.title ? 46 : 16) + (layout.title && layout.title.subtitle ? 28 : 0);
              var below = 56, left = 60, named = false;
              (layout.annotations || []).forEach(function (note) {
                if (note.yshift < 0) below = 8 - note.yshift + 15 * note.text.split('<br>').length;
                if (note.xshift < 0) left = Math.max(left, 26 - note.xshift);
                var head = /^y(\d*) domain$/.exec(note.yref || '');
                if (head && layout['yaxis' + head[1]].domain[1] === 1) named = true;
              });
              var heads = named ? 18 : 0;
              // What plotly does not do itself: 10^-4 instead of 100u, upright names of vertical lines, its width.
              for (var key in layout)
                if (/^[xy]axis/.test(key) && layout[key].type === 'log') layout[key].exponentformat = 'power';
              (layout.shapes || []).forEach(function (shape) {
                if (shape.type === 'line' && shape.x0 === shape.x1 && shape.label)
                  Object.assign(shape.label, { textangle: 0, xanchor: 'left', yanchor: 'top' });
              });
              if (layout.width > figure.clientWidth) delete layout.width;
              var keys = 0, across = (layout.width || figure.clientWidth) - 100;
              plot.data.forEach(function (trace) { if (trace.showlegend) keys += 54 + 6.5 * trace.name.length; });
              var lines = layout.showlegend && layout.legend && layout.legend.y > 1 ? Math.ceil(keys / across) : 1;
              heads += 19 * (lines - 1);
              if (layout.title) {
                Object.assign(layout.title, { y: 1, yref: 'container', yanchor: 'top' });
                layout.title.pad.t = 12;
              }
              layout.template = template();
              layout.height = layout.height || Number(picture.getAttribute('height'));
              var room = layout.height - titles - heads - below - 34;
              if (named && layout.legend && layout.legend.y === 1.02) layout.legend.y += 18 / Math.max(room, 60);
              layout.margin = { l: left, r: 24, t: titles + heads + (layout.showlegend ? 34 : 0), b: below };
              box.className = 'finml-plot';
              figure.appendChild(box);
              // The button that sends the data to a server is left out.
              Plotly.newPlot(box, plot.data, layout, {
                responsive: true, displaylogo: false, plotlyServerURL: '', modeBarButtonsToRemove: ['sendChartToCloud']
              }).then(function () { figure.classList.add('finml-live'); }, function () { box.remove(); });
              look.addEventListener('change', function () { Plotly.relayout(box, { template: template() }); });
            } catch (error) { box.remove(); }
          });
        })();
        """;

    private const string Style = ".finml-figure{margin:0}.finml-live>svg{display:none!important}"
        + "@media print{.finml-plot{display:none!important}.finml-live>svg{display:block!important}}";

    /// <summary>One figure of a page: its SVG, and its plotly JSON as data that nothing runs.</summary>
    public static string Place(string svg, string plotlyJson)
    {
        ArgumentNullException.ThrowIfNull(svg);
        ArgumentNullException.ThrowIfNull(plotlyJson);
        // "<" begins nothing in JSON outside of strings, so that this changes no value.
        string data = plotlyJson.Replace("<", "\\u003c", StringComparison.Ordinal);
        return $"<div class=\"finml-figure\">\n{svg}\n<script type=\"application/json\">{data}</script></div>\n";
    }

    /// <summary>What goes to the end of the body: a style and two scripts.</summary>
    /// <param name="plotlyScript">plotly.js, as <see cref="PlotlyScript.GetAsync"/> gives it.</param>
    public static string Scripts(string plotlyScript) =>
        $"<style>{Style}</style>\n<script>{Inline(plotlyScript)}</script>\n<script>{Inline(Start)}</script>\n";

    /// <summary>The page's content security policy: these two scripts by their hash, no other and nothing from
    /// elsewhere.</summary>
    /// <param name="plotlyScript">plotly.js, as given to <see cref="Scripts"/>.</param>
    public static string Policy(string plotlyScript) =>
        "default-src 'none'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; form-action 'none'; "
        + $"script-src {Source(plotlyScript)} {Source(Start)}";

    /// <summary>A whole page of one figure.</summary>
    internal static string Write(Figure figure, string? plotlyScript)
    {
        string svg = figure.ToSvg().TrimEnd();
        string body = plotlyScript is null ? svg + "\n" : Place(svg, figure.ToPlotlyJson()) + Scripts(plotlyScript);
        string policy = plotlyScript is null
            ? "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
            : Policy(plotlyScript);
        return $$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{{policy}}">
            <meta name="color-scheme" content="light dark">
            <title>{{SvgCanvas.Escape(figure.Title ?? "Figure")}}</title>
            <style>
            :root{color-scheme:light dark;--paper:#ffffff}
            @media (prefers-color-scheme:dark){ :root{--paper:#0d1117} }
            body{margin:1.5rem auto;max-width:66rem;padding:0 1rem;background:var(--paper)}
            svg{display:block}
            </style>
            </head>
            <body>

            """.ReplaceLineEndings("\n") + body + "</body>\n</html>\n";
    }

    /// <summary>A script as the text of its element: no end tag within, and the line ends that a browser
    /// hashes.</summary>
    private static string Inline(string script) => script.Replace("\r\n", "\n").Replace('\r', '\n')
        .Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);

    private static string Source(string script) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Inline(script))))}'";
}
