using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>What a reader needs to know about a run: where, when, with what, how long.</summary>
internal static class RunRecord
{
    public static JsonObject Create(
        DateTimeOffset started, TimeSpan elapsed, NotebookHostOptions options, RunStatus status)
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in options.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            parameters[name] = value;
        return new JsonObject
        {
            ["commit"] = GitCommit(options.BaseDirectory),
            ["cores"] = Environment.ProcessorCount,
            ["parameters"] = parameters,
            ["peakMemoryMegabytes"] = Math.Round(PeakMemoryMegabytes(), 1),
            ["platform"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}".Trim(),
            ["resumed"] = options.Resume,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
            ["started"] = Time(started),
            ["status"] = status.ToString().ToLowerInvariant(),
        };
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static double PeakMemoryMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / (1024.0 * 1024.0);
    }

    /// <summary>The commit that is checked out, read from .git without running git; null where there is none.</summary>
    internal static string? GitCommit(string directory)
    {
        for (var folder = new DirectoryInfo(Path.GetFullPath(directory)); folder is not null; folder = folder.Parent)
        {
            var git = Path.Combine(folder.FullName, ".git");
            try
            {
                if (File.Exists(git)) // a worktree: the file says where its git directory is
                    git = Path.Combine(folder.FullName, File.ReadAllText(git).Replace("gitdir:", "").Trim());
                if (!File.Exists(Path.Combine(git, "HEAD")))
                    continue;
                return Resolve(git, File.ReadAllText(Path.Combine(git, "HEAD")).Trim());
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null; // a note in the metadata is not worth a failed run
            }
        }

        return null;
    }

    private static string? Resolve(string git, string head)
    {
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var reference = head[5..];
        var common = File.Exists(Path.Combine(git, "commondir"))
            ? Path.Combine(git, File.ReadAllText(Path.Combine(git, "commondir")).Trim())
            : git;
        var loose = Path.Combine(common, reference);
        if (File.Exists(loose))
            return File.ReadAllText(loose).Trim();
        var packed = Path.Combine(common, "packed-refs");
        return File.Exists(packed)
            ? File.ReadLines(packed).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))
                ?.Split(' ')[0]
            : null;
    }
}
