using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FinML.Shared;

/// <summary>
/// The machine's Chromium, Chrome or Edge, run without a window, a network or a profile, to print or photograph a
/// page. One source, compiled into each project that makes PDFs or pictures.
/// </summary>
internal static class Chromium
{
    /// <summary>The environment variable that names the browser.</summary>
    public const string Variable = "FINML_CHROMIUM";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>The browser: what FINML_CHROMIUM names, or the first of Chromium, Chrome and Edge in PATH and in the
    /// usual places; null where there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return File.Exists(given) ? given : null;
        string extension = OperatingSystem.IsWindows() ? ".exe" : "";
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .Concat(UsualPlaces()).FirstOrDefault(File.Exists);
    }

    /// <summary>A page as PDF.</summary>
    /// <exception cref="InvalidOperationException">There is no browser, or it made no PDF.</exception>
    public static Task<byte[]> PrintAsync(string html, CancellationToken stop) =>
        MakeAsync(html, "a PDF is printed", "PDF", "%PDF-"u8.ToArray(),
            file => ["--no-pdf-header-footer", $"--print-to-pdf={file}"], stop);

    /// <summary>The upper left corner of a page as PNG, of a width and height in pixels of the page; each of them is
    /// <paramref name="scale"/> pixels of the picture. What the page leaves free is transparent.</summary>
    /// <exception cref="InvalidOperationException">There is no browser, or it made no picture.</exception>
    public static Task<byte[]> PhotographAsync(
        string html, int width, int height, double scale, CancellationToken stop) =>
        MakeAsync(html, "a PNG is made", "PNG", [0x89, .. "PNG"u8],
            file =>
            [
                "--hide-scrollbars", "--default-background-color=00000000",
                string.Create(CultureInfo.InvariantCulture, $"--window-size={width},{height}"),
                string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={scale}"),
                $"--screenshot={file}",
            ],
            stop);

    private static async Task<byte[]> MakeAsync(string html, string what, string kind, byte[] beginning,
        Func<string, string[]> arguments, CancellationToken stop)
    {
        string browser = Find() ?? throw new InvalidOperationException(
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
                ? $"{Variable} names \"{given}\", which is not there."
                : $"{what} by Chromium, and there is no Chromium, Chrome or Edge here: install one "
                    + $"(on Debian: apt install chromium), or name its file in {Variable}.");
        string folder = Directory.CreateTempSubdirectory("finml-chromium-").FullName;
        try
        {
            // The browser tells the kind of a picture by its name.
            string page = Path.Combine(folder, "page.html");
            string made = Path.Combine(folder, $"made.{kind.ToLowerInvariant()}");
            await File.WriteAllTextAsync(page, html, new UTF8Encoding(false), stop).ConfigureAwait(false);
            string said = await RunAsync(browser, folder, page, arguments(made), stop).ConfigureAwait(false);
            byte[] bytes = File.Exists(made) ? await File.ReadAllBytesAsync(made, stop).ConfigureAwait(false) : [];
            return bytes.AsSpan().StartsWith(beginning)
                ? bytes
                : throw new InvalidOperationException($"{browser} made no {kind}: {said}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs the browser; the result is the last line it wrote, or how it ended.</summary>
    private static async Task<string> RunAsync(
        string browser, string folder, string page, string[] task, CancellationToken stop)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
            "--disable-dev-shm-usage", $"--user-data-dir={Path.Combine(folder, "profile")}",
            "--host-resolver-rules=MAP * ~NOTFOUND", .. task,
            // Chromium's sandbox refuses to start as root, as in a container; the page has no script to keep in.
            .. OperatingSystem.IsLinux() && Environment.UserName == "root" ? ["--no-sandbox"] : (string[])[],
            new Uri(page).AbsoluteUri,
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            string error = await process.StandardError.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return error.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim()
                ?? $"it ended with code {process.ExitCode}.";
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
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
            foreach (string root in new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" })
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
