using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace FinML.Notebooks;

/// <summary>What a reader needs to know about a run: where, when, with what, how long.</summary>
internal static class RunRecord
{
    /// <summary>Where it stands in the notebook's metadata.</summary>
    public const string Key = "finml";

    private static readonly TimeSpan GitLimit = TimeSpan.FromSeconds(10);

    /// <param name="started">When the run began.</param>
    /// <param name="elapsed">Its wall time.</param>
    /// <param name="options">What the host gave to it.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="dirty">Whether tracked files differed from the commit when it began; null where not known.</param>
    /// <param name="packages">The packages that its cells asked for, with those that these brought.</param>
    /// <param name="seed">The value of the notebook's variable "seed"; null where it has none.</param>
    /// <param name="cached">Which cells came from the cache, and what they had read.</param>
    public static JsonObject Create(
        DateTimeOffset started, TimeSpan elapsed, NotebookHostOptions options, RunStatus status, bool? dirty,
        IReadOnlyDictionary<string, string> packages, object? seed, CachedRun cached)
    {
        return new JsonObject
        {
            ["cachedCells"] = new JsonArray([.. cached.Taken.Select(number => (JsonNode)number)]),
            ["commit"] = GitCommit(options.BaseDirectory),
            ["cores"] = Environment.ProcessorCount,
            ["data"] = ByName((options.DataHashes?.Invoke() ?? cached.Data)
                .Concat(cached.Data).DistinctBy(set => set.Key)),
            ["dirty"] = dirty,
            ["lockHash"] = HashOf(options.LockFile),
            ["packages"] = ByName(packages),
            ["parameters"] = ByName(options.Parameters),
            ["peakMemoryMegabytes"] = Math.Round(PeakMemoryMegabytes(), 1),
            ["platform"] = $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}".Trim(),
            ["resumed"] = options.Resume,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["sdk"] = Sdk,
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 3),
            ["seed"] = seed is IFormattable number and (int or long or uint or ulong or short or ushort or byte)
                ? JsonNode.Parse(number.ToString(null, CultureInfo.InvariantCulture))
                : null,
            ["started"] = Time(started),
            ["status"] = status.ToString().ToLowerInvariant(),
        };
    }

    /// <summary>The .NET SDK that built this assembly.</summary>
    private static string? Sdk { get; } = typeof(RunRecord).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "SdkVersion")?.Value;

    /// <summary>Whether tracked files differ from the commit, as git says; null without git or a repository.</summary>
    public static async Task<bool?> IsDirtyAsync(string directory)
    {
        if (GitCommit(directory) is null)
            return null;
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["status", "--porcelain", "--untracked-files=no", "--ignore-submodules"])
            start.ArgumentList.Add(argument);
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0"; // a look must not get in the way of a commit
        using var limit = new CancellationTokenSource(GitLimit);
        try
        {
            using var git = Process.Start(start)!;
            var error = git.StandardError.ReadToEndAsync(limit.Token);
            var output = await git.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            await error.ConfigureAwait(false);
            await git.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return git.ExitCode == 0 ? output.Length > 0 : null;
        }
        catch (Exception error) when (error is Win32Exception or IOException or OperationCanceledException)
        {
            return null; // a note in the metadata is not worth a failed run
        }
    }

    private static JsonObject ByName(IEnumerable<KeyValuePair<string, string>> values)
    {
        var sorted = new JsonObject();
        foreach (var (name, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            sorted[name] = value;
        return sorted;
    }

    private static string? HashOf(string? file)
    {
        try
        {
            return file is null ? null : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
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
