using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>A notebook's page as a PDF, printed by Chromium without a window, a network or a profile.</summary>
public static class PdfDocument
{
    /// <summary>The environment variable that names the browser.</summary>
    public const string Variable = Chromium.Variable;

    /// <summary>The browser: what FINML_CHROMIUM names, or the first of Chromium, Chrome and Edge in PATH and in the
    /// usual places; null where there is none.</summary>
    public static string? FindBrowser() => Chromium.Find();

    /// <summary>Prints a page to a PDF file, whole or not at all.</summary>
    /// <param name="html">The page; it needs nothing from a network.</param>
    /// <param name="path">The PDF file; one that exists is replaced.</param>
    /// <param name="cancellation">Stops the browser.</param>
    /// <exception cref="NotebookException">There is no browser, or it made no PDF.</exception>
    public static async Task WriteAsync(string html, string path, CancellationToken cancellation = default)
    {
        try
        {
            AtomicFile.Write(path, await Chromium.PrintAsync(html, cancellation).ConfigureAwait(false));
        }
        catch (InvalidOperationException error)
        {
            throw new NotebookException(error.Message);
        }
    }
}
