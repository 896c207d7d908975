using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FinML.Notebooks.Packages;

/// <summary>Builds a project for <c>#r "path/to.csproj"</c>; MSBuild decides what of it is out of date.</summary>
internal sealed partial class ProjectBuild
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    private readonly string _project;
    private readonly string _locks;

    /// <param name="project">The project file.</param>
    /// <param name="cacheFolder">Where the lock is kept that lets one build of a project run at a time.</param>
    internal ProjectBuild(string project, string cacheFolder)
    {
        _project = Path.GetFullPath(project);
        _locks = Path.Combine(cacheFolder, "locks");
    }

    /// <summary>What a build leaves.</summary>
    /// <param name="Assembly">The project's assembly.</param>
    /// <param name="Others">The assemblies of projects that it refers to, which lie beside it.</param>
    /// <param name="Packages">The packages that it uses.</param>
    internal sealed record Output(string Assembly, IReadOnlyList<string> Others, PackageClosure Packages);

    /// <exception cref="ReferenceException">There is no such project, or it does not build.</exception>
    internal async Task<Output> RunAsync(CancellationToken stop)
    {
        if (!File.Exists(_project))
            throw new ReferenceException($"the project {_project} is not there.", "Write its path from the notebook.");
        await using FileStream gate = await LockAsync(stop).ConfigureAwait(false);
        string? framework = null;
        if ((await File.ReadAllTextAsync(_project, stop).ConfigureAwait(false)).Contains("TargetFrameworks",
            StringComparison.Ordinal))
        {
            framework = Framework(Properties(
                await DotnetAsync(["msbuild", _project, "-nologo", .. Questions], stop).ConfigureAwait(false)));
        }

        DotnetCommand.Result run = await DotnetAsync(
            ["build", _project, "-nologo", "-v:q", "-nodeReuse:false", "-c", "Release", "-t:Build",
                .. framework is null ? [] : new[] { "-f", framework }, .. Questions], stop).ConfigureAwait(false);
        if (run.ExitCode != 0)
            throw Failure(run.Output + "\n" + run.Errors, _project);
        JsonNode properties = Properties(run);
        string target = properties["TargetPath"]?.ToString() ?? "";
        if (!File.Exists(target))
            throw new ReferenceException($"{Path.GetFileName(_project)} builds, but makes no assembly.");
        if (Major(properties["TargetFramework"]?.ToString() ?? "") > Environment.Version.Major)
        {
            throw new ReferenceException($"{Path.GetFileName(_project)} is made for "
                + $"{properties["TargetFramework"]}, and the workbench runs on .NET {Environment.Version.Major}.");
        }

        AssetsFile? assets = AssetsFile.TryRead(properties["ProjectAssetsFile"]?.ToString() ?? "");
        PackageClosure packages = assets?.Closure(
            RuntimeIdentifiers.Current, properties["TargetFramework"]?.ToString()) ?? PackageClosure.Empty;
        HashSet<string?> known = [.. packages.Runtime.Select(Path.GetFileName), Path.GetFileName(target)];
        return new Output(
            target,
            [
                .. Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*.dll")
                    .Where(file => !known.Contains(Path.GetFileName(file))).Order(StringComparer.Ordinal),
            ],
            packages);
    }

    private static string[] Questions =>
        ["-getProperty:TargetPath", "-getProperty:ProjectAssetsFile", "-getProperty:TargetFramework",
            "-getProperty:TargetFrameworks"];

    private Task<DotnetCommand.Result> DotnetAsync(IReadOnlyList<string> arguments, CancellationToken stop) =>
        DotnetCommand.RunAsync(arguments, Path.GetDirectoryName(_project)!, null, null, stop);

    private JsonNode Properties(DotnetCommand.Result run)
    {
        int start = run.Output.IndexOf('{', StringComparison.Ordinal);
        if (run.ExitCode != 0 || start < 0)
            throw Failure(run.Output + "\n" + run.Errors, _project);
        return JsonNode.Parse(run.Output[start..(run.Output.LastIndexOf('}') + 1)])!["Properties"]!;
    }

    /// <summary>Of the frameworks that a project is made for, the one that suits this runtime best.</summary>
    private string Framework(JsonNode properties)
    {
        string[] all = (properties["TargetFrameworks"]?.ToString() ?? "").Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (all.Length == 0)
            return properties["TargetFramework"]!.ToString();
        return all.Where(f => Major(f) is > 0 and var major && major <= Environment.Version.Major).MaxBy(Major)
            ?? all.Where(f => f.StartsWith("netstandard", StringComparison.Ordinal)).Max(StringComparer.Ordinal)
            ?? throw new ReferenceException($"{Path.GetFileName(_project)} is made for {string.Join(", ", all)}, and "
                + $"the workbench runs on .NET {Environment.Version.Major}.");
    }

    /// <summary>10 of net10.0; 0 of what is no .NET above 4, or of one platform only.</summary>
    private static int Major(string framework) =>
        Modern().Match(framework) is { Success: true } match
        && int.TryParse(match.Groups[1].Value, out int major) && major >= 5 ? major : 0;

    /// <summary>The first error of a build, with its place.</summary>
    internal static ReferenceException Failure(string output, string project)
    {
        string name = Path.GetFileName(project);
        (string Place, string Code, string Message)[] errors =
        [
            .. output.Split('\n').Select(line => Error().Match(line.Trim())).Where(match => match.Success)
                .Select(match => (Place(match, project), match.Groups[4].Value, match.Groups[5].Value.TrimEnd('.')))
                .Distinct(),
        ];
        if (errors.Length == 0)
        {
            string last = output.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) ?? "";
            return new ReferenceException($"{name} does not build: {last}");
        }

        (string place, string code, string message) = errors[0];
        return new ReferenceException(
            $"{name} does not build: {place}{message} ({code}).",
            errors.Length > 1 ? $"There are {errors.Length - 1} more; 'dotnet build {name}' shows them." : null);
    }

    private static string Place(Match match, string project)
    {
        string file = match.Groups[1].Value;
        if (!match.Groups[2].Success)
            return file == project || file.Length == 0 ? "" : $"{Path.GetFileName(file)}: ";
        string shown = Path.GetRelativePath(Path.GetDirectoryName(project)!, file).Replace('\\', '/');
        return $"{shown}:line {match.Groups[2].Value}: ";
    }

    private async Task<FileStream> LockAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(_locks);
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_project)))[..32];
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(_locks, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(LockPoll, stop).ConfigureAwait(false); // another kernel builds it
            }
        }
    }

    [GeneratedRegex(@"^(.*?)(?:\((\d+)(?:,(\d+))?[^)]*\))?\s*:\s*error\s+(\w+)\s*:\s*(.*?)(?:\s+\[[^\]]*\])?$")]
    private static partial Regex Error();

    [GeneratedRegex(@"^net(\d+)\.\d+$")]
    private static partial Regex Modern();
}
