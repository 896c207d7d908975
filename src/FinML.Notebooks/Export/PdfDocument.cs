using System.Diagnostics;
using System.Text;
using FinML.Shared;

namespace FinML.Notebooks;

/// <summary>A notebook's page as a PDF, printed by Chromium without a window, a network or a profile.</summary>
public static class PdfDocument
{
    /// <summary>The environment variable that names the browser.</summary>
    public const string Variable = "FINML_CHROMIUM";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>The browser: what FINML_CHROMIUM names, or the first of Chromium, Chrome and Edge in PATH and in the
    /// usual places; null where there is none.</summary>
    public static string? FindBrowser()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return File.Exists(given) ? given : null;
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .Concat(UsualPlaces()).FirstOrDefault(File.Exists);
    }

    /// <summary>Prints a page to a PDF file, whole or not at all.</summary>
    /// <param name="html">The page; it needs nothing from a network.</param>
    /// <param name="path">The PDF file; one that exists is replaced.</param>
    /// <param name="cancellation">Stops the browser.</param>
    /// <exception cref="NotebookException">There is no browser, or it made no PDF.</exception>
    public static async Task WriteAsync(string html, string path, CancellationToken cancellation = default)
    {
        var browser = FindBrowser() ?? throw new NotebookException(
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
                ? $"{Variable} names \"{given}\", which is not there."
                : "a PDF is printed by Chromium, and there is no Chromium, Chrome or Edge here: install one "
                    + $"(on Debian: apt install chromium), or name its file in {Variable}.");
        var folder = Directory.CreateTempSubdirectory("finml-pdf-").FullName;
        try
        {
            var page = Path.Combine(folder, "page.html");
            var made = Path.Combine(folder, "page.pdf");
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), cancellation).ConfigureAwait(false);
            var said = await PrintAsync(browser, folder, page, made, cancellation).ConfigureAwait(false);
            var bytes = File.Exists(made) ? await File.ReadAllBytesAsync(made, cancellation).ConfigureAwait(false) : [];
            if (!bytes.AsSpan().StartsWith("%PDF-"u8))
                throw new NotebookException($"{browser} made no PDF: {said}");
            AtomicFile.Write(path, bytes);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the browser; the result is the last line it wrote, or how it ended.</summary>
    private static async Task<string> PrintAsync(
        string browser, string folder, string page, string made, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
            "--disable-dev-shm-usage", $"--user-data-dir={Path.Combine(folder, "profile")}",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", $"--print-to-pdf={made}",
            // Chromium's sandbox refuses to start as root, as in a container; the page has no script to keep in.
            .. OperatingSystem.IsLinux() && Environment.UserName == "root" ? ["--no-sandbox"] : (string[])[],
            new Uri(page).AbsoluteUri,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await process.StandardError.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return error.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim()
                ?? $"it ended with code {process.ExitCode}.";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return FormattableString.Invariant($"it took longer than {Limit.TotalSeconds} s.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsMacOS())
        {
            yield return "/Applications/Chromium.app/Contents/MacOS/Chromium";
            yield return "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        }
        else if (OperatingSystem.IsWindows())
        {
            foreach (var root in new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" })
            {
                if (Environment.GetEnvironmentVariable(root) is { } folder)
                {
                    yield return Path.Combine(folder, "Google", "Chrome", "Application", "chrome.exe");
                    yield return Path.Combine(folder, "Microsoft", "Edge", "Application", "msedge.exe");
                }
            }
        }
    }
}
