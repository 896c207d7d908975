using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FinML.Figures.Plotly;
using FinML.Shared;

namespace FinML.Figures;

// Files that others open. Each is written whole or not at all, and one that exists is replaced.
public sealed partial class Figure
{
    /// <summary>The figure as a page that opens without a network.</summary>
    /// <param name="plotlyScript">plotly.js (see <see cref="PlotlyScript.GetAsync"/>), which makes the figure
    /// interactive; null shows the SVG.</param>
    public string ToHtml(string? plotlyScript = null) => PlotlyPage.Write(this, plotlyScript);

    /// <summary>Writes a page that opens without a network: interactive where plotly.js is in the cache or can be had,
    /// else with the SVG.</summary>
    /// <returns>Whether it is interactive.</returns>
    public bool SaveHtml(string path)
    {
        string? script = null;
        try
        {
            script = Wait(PlotlyScript.GetAsync);
        }
        catch (FigureExportException)
        {
            // The picture needs no script; what is returned says so.
        }

        AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToHtml(script)));
        return script is not null;
    }

    /// <summary>Writes the figure as SVG.</summary>
    public void SaveSvg(string path, SvgOptions? options = null) =>
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToSvg(options ?? new SvgOptions())));

    /// <summary>Writes the figure as PNG, drawn by Chromium.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Theme and size; Auto is Light. Print has no background.</param>
    /// <param name="scale">Pixels of the picture a pixel of the figure, 0.5 to 8.</param>
    /// <exception cref="FigureExportException">There is no Chromium, Chrome or Edge here, or it made no
    /// picture.</exception>
    public void SavePng(string path, SvgOptions? options = null, double scale = 2)
    {
        if (!(scale is >= 0.5 and <= 8))
            throw new ArgumentOutOfRangeException(
                nameof(scale), $"A picture's scale must be 0.5 to 8; got {Show(scale)}.");
        (string svg, double width, double height) = Fixed(options);
        string page = $"<!DOCTYPE html><meta charset=\"utf-8\"><style>{Bare}</style>{svg}";
        AtomicFile.Write(path, Wait(stop => Chromium.PhotographAsync(
            page, (int)Math.Ceiling(width), (int)Math.Ceiling(height), scale, stop)));
    }

    /// <summary>Writes the figure as a PDF of one page of its size, printed by Chromium; texts stay texts and lines
    /// stay lines.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Theme and size; Auto is Light. Print has no background.</param>
    /// <exception cref="FigureExportException">There is no Chromium, Chrome or Edge here, or it made no
    /// PDF.</exception>
    public void SavePdf(string path, SvgOptions? options = null)
    {
        (string svg, double width, double height) = Fixed(options);
        string size = string.Create(CultureInfo.InvariantCulture,
            $"@page{{size:{Math.Ceiling(width)}px {Math.Ceiling(height)}px;margin:0}}");
        string page = $"<!DOCTYPE html><meta charset=\"utf-8\"><style>{size}{Bare}</style>{svg}";
        AtomicFile.Write(path, Wait(stop => Chromium.PrintAsync(page, stop)));
    }

    private const string Bare = "html,body{margin:0;overflow:hidden;-webkit-print-color-adjust:exact}"
        + "svg{display:block;max-width:none!important}";

    private (string Svg, double Width, double Height) Fixed(SvgOptions? options)
    {
        options ??= new SvgOptions();
        string svg = ToSvg(options with { Theme = options.Theme == Theme.Auto ? Theme.Light : options.Theme });
        Match size = SizeOf().Match(svg);
        return (svg, Number(1), Number(2));

        double Number(int group) => double.Parse(size.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>Waits on another thread than the caller's, whose context may be busy with this call.</summary>
    private static T Wait<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return Task.Run(() => work(CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException error)
        {
            throw new FigureExportException(error.Message, error);
        }
    }

    [GeneratedRegex("width=\"([0-9.]+)\" height=\"([0-9.]+)\"")]
    private static partial Regex SizeOf();
}
