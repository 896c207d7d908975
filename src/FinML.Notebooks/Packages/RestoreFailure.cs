using System.Text.RegularExpressions;

namespace FinML.Notebooks.Packages;

/// <summary>Says in one sentence why a restore failed, and what to do.</summary>
/// <param name="requests">What was asked for.</param>
/// <param name="local">What is on this machine.</param>
/// <param name="search">Asks the sources.</param>
internal sealed partial class RestoreFailure(
    IReadOnlyList<PackageRequest> requests, LocalPackages local, PackageSearch search)
{
    private const int MostVersions = 8;

    /// <summary>Does nothing where the restore gave what was asked for.</summary>
    /// <exception cref="ReferenceException">It did not.</exception>
    internal async Task ThrowIfAnyAsync(DotnetCommand.Result run, AssetsFile? assets, CancellationToken stop)
    {
        IReadOnlyList<AssetsFile.Log> logs = assets?.Logs ?? [];
        AssetsFile.Log? error = logs.FirstOrDefault(l => l.Code == "NU1301") ?? logs.FirstOrDefault(l => l.IsError);
        // The asked version was not there and NuGet took the next: a notebook would not be what it says.
        error ??= logs.FirstOrDefault(l => l.Code is "NU1603" or "NU1601"
            && requests.Any(r => Same(r.Id, l.Package) && r.Exact is not null)
            && l.Message.StartsWith("notebook ", StringComparison.Ordinal));
        if (error is not null)
            throw await OfAsync(error, stop).ConfigureAwait(false);
        if (run.ExitCode != 0 || assets is null)
        {
            string said = (run.Output + run.Errors).Split('\n').Select(line => line.Trim())
                .FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
                ?? $"'dotnet restore' ended with {run.ExitCode}";
            said = Sentence(ErrorPrefix().Replace(said, ""));
            throw new ReferenceException($"the packages were not restored: {said}");
        }
    }

    private async Task<ReferenceException> OfAsync(AssetsFile.Log log, CancellationToken stop)
    {
        PackageRequest? request = requests.FirstOrDefault(r => Same(r.Id, log.Package));
        string asked = string.Join(" and ", requests.Select(r => r.Id));
        switch (log.Code)
        {
            case "NU1101" when request is null:
                return new($"the package {log.Package}, which {asked} needs, is in none of the sources{Sources(log)}.",
                    "Add a source that has it: #i \"nuget:FOLDER-OR-URL\", or nuget.config.");
            case "NU1101":
                IReadOnlyList<string> near = await NearAsync(request.Id, stop).ConfigureAwait(false);
                return new($"there is no package {request.Id} in the sources{Sources(log)}.",
                    near.Count > 0
                        ? $"Did you mean {Either(near)}?"
                        : "Check the name, or add a source that has it: #i \"nuget:FOLDER-OR-URL\", or nuget.config.");
            case "NU1102" or "NU1103" or "NU1601" or "NU1603" when request is not null:
                return OfVersion(request, await VersionsAsync(request.Id, stop).ConfigureAwait(false));
            case "NU1102" or "NU1103":
                return new($"a package that {asked} needs is not there: {Sentence(log.Message)}",
                    "Add a source that has it: #i \"nuget:FOLDER-OR-URL\", or nuget.config.");
            case "NU1301":
                string source = Address().Match(log.Message) is { Success: true } match
                    ? $" {new Uri(match.Groups[1].Value).Host}"
                    : "";
                string[] missing = [.. requests.Where(r => !IsHere(r)).Select(r => r.ToString())];
                return new($"the package source{source} cannot be reached, and "
                    + (missing.Length > 0
                        ? $"{string.Join(" and ", missing)} {(missing.Length == 1 ? "is" : "are")} not"
                        : $"not all that {asked} needs is") + $" in {local.Folder}.",
                    "Check the network and the sources in nuget.config; what was restored once works offline.")
                {
                    IsUnreachable = missing.Length == 0,
                };
            case "NU1202":
                Match framework = Incompatible().Match(log.Message);
                return framework.Success
                    ? new($"{framework.Groups[1].Value} has nothing for .NET {Environment.Version.Major}; it is made "
                        + $"for {string.Join(", ", Frameworks(framework.Groups[2].Value))}.",
                        "Ask for another version of it, or for a package made for .NET or .NET Standard.")
                    : new(Sentence(log.Message));
            case "NU1213":
                return new($"{log.Package} is a tool or a template and no library: it cannot be referenced.");
            case "NU1605" or "NU1107":
                return new($"the versions do not go together: {Sentence(log.Message)}",
                    "Ask for a version of that package that suits all, with a #r line of its own.");
            default:
                return new($"the packages were not restored: {Sentence(log.Message)} ({log.Code})");
        }
    }

    private static ReferenceException OfVersion(PackageRequest request, IReadOnlyList<PackageVersion> versions)
    {
        if (request.Version is null && versions.Count > 0)
        {
            return new($"{request.Id} has no stable version; there are {List(versions)}.",
                $"Write the version, or #r \"nuget:{request.Id}, *-*\" for the newest.");
        }

        string what = request.Exact is null ? $"no version in {request.Version}" : $"no version {request.Version}";
        return versions.Count == 0
            ? new($"{request.Id} has {what}.", "Check the version.")
            : new($"{request.Id} has {what}; there are {List(versions)}.", "Write one of these versions.");
    }

    /// <summary>Newest first, cut where there are many.</summary>
    private static string List(IReadOnlyList<PackageVersion> versions) =>
        string.Join(", ", versions.Take(MostVersions).Select(v => v.Text))
        + (versions.Count > MostVersions ? $" and {versions.Count - MostVersions} older ones" : "");

    private bool IsHere(PackageRequest request) => local.Versions(request.Id) is { Count: > 0 } versions
        && (request.Exact is not { } exact || versions.Any(v => v.IsSame(exact)));

    private async Task<IReadOnlyList<PackageVersion>> VersionsAsync(string id, CancellationToken stop)
    {
        IEnumerable<PackageVersion> found = (await search([id, "--exact-match", "--prerelease"], stop)
            .ConfigureAwait(false)).Select(p => PackageVersion.TryParse(p.Version)).OfType<PackageVersion>();
        return [.. found.Concat(local.Versions(id)).OrderDescending().DistinctBy(v => v.Text)];
    }

    private async Task<IReadOnlyList<string>> NearAsync(string id, CancellationToken stop)
    {
        IReadOnlyList<string> here = local.Near(id);
        return here.Count > 0
            ? here
            : LocalPackages.Near(id, (await search([id.Split('.', '-')[0], "--take", "100"], stop)
                .ConfigureAwait(false)).Select(p => p.Id).Distinct());
    }

    private static string Sources(AssetsFile.Log log)
    {
        int at = log.Message.IndexOf("source(s): ", StringComparison.Ordinal);
        return at < 0 ? "" : $" ({log.Message[(at + 11)..].Trim().TrimEnd('.')})";
    }

    private static IEnumerable<string> Frameworks(string text) => text.Split('\n', ' ')
        .Select(word => word.Trim().TrimStart('-').Trim()).Where(word => Short().IsMatch(word)).Distinct();

    private static string Either(IReadOnlyList<string> names) => names.Count == 1
        ? names[0]
        : $"{string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    private static string Sentence(string text) => Spaces().Replace(text.Trim(), " ").TrimEnd('.') + ".";

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(https?://[^\s']+?)\.?(?:['\s]|$)")]
    private static partial Regex Address();

    [GeneratedRegex(@"^Package (.+?) is not compatible with [\s\S]*?supports:?([\s\S]*)$")]
    private static partial Regex Incompatible();

    [GeneratedRegex("^(?:net|netstandard|netcoreapp|uap|mono|xamarin|portable|monoandroid|win|sl|wp)[\\w.+-]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Short();

    [GeneratedRegex(@"^.*?error\s+([A-Z]+\d+\s*)?:\s*")]
    private static partial Regex ErrorPrefix();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
