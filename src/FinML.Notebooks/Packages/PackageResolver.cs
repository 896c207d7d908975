using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FinML.Notebooks.Packages;

/// <summary>
/// Turns requests into a closure: from the cache without starting anything, else by <c>dotnet restore</c> of a project
/// that asks for just these packages. NuGet takes what is unpacked on this machine before it asks a source.
/// </summary>
internal sealed partial class PackageResolver
{
    private readonly string _folder;
    private readonly string? _givenPackages;
    private readonly PackageCache _cache;
    private readonly TimeProvider _clock;

    /// <param name="folder">The notebook's folder, whose nuget.config counts.</param>
    /// <param name="cacheFolder">Where closures are kept; null for the user's folder.</param>
    /// <param name="packagesFolder">Where packages are unpacked; null for where NuGet unpacks them.</param>
    /// <param name="clock">The clock.</param>
    internal PackageResolver(string folder, string? cacheFolder, string? packagesFolder, TimeProvider clock)
    {
        _folder = Path.GetFullPath(folder);
        _givenPackages = packagesFolder is null ? null : Path.GetFullPath(packagesFolder);
        _cache = new PackageCache(cacheFolder ?? PackageCache.DefaultFolder, clock);
        _clock = clock;
        Local = new LocalPackages(_givenPackages ?? NuGetSettings.PackagesFolder(_folder));
    }

    /// <summary>What is unpacked on this machine.</summary>
    internal LocalPackages Local { get; }

    /// <summary>What the requests come to together.</summary>
    /// <param name="requests">All of the session.</param>
    /// <param name="sources">Further sources: folders and addresses.</param>
    /// <param name="progress">Hears how far a restore is, 0 to 1; not called where the cache knows.</param>
    /// <param name="stop">Ends the restore.</param>
    /// <exception cref="ReferenceException">They cannot be had.</exception>
    internal async Task<PackageClosure> ResolveAsync(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, Func<IProgress<double>?> progress,
        CancellationToken stop)
    {
        // Without a version, the highest that is here: a notebook works offline as it did online.
        PackageRequest[] fixedOnes =
        [
            .. requests.Select(r => r.Version is null && Local.Versions(r.Id).FirstOrDefault(v => v.IsStable) is { } v
                ? r with { Version = v.Text }
                : r),
        ];
        bool floating = fixedOnes.Any(r => r.IsFloating);
        string key = PackageCache.Key(fixedOnes, sources, Local.Folder, NuGetSettings.Files(_folder));
        if (_cache.Find(key, floating ? PackageCache.FloatingAge : null) is { } known)
            return known;
        try
        {
            PackageClosure closure =
                await RestoreAsync(fixedOnes, sources, false, progress, stop).ConfigureAwait(false);
            _cache.Keep(key, closure);
            return closure;
        }
        catch (ReferenceException error) when (error.IsUnreachable)
        {
            // "The newest" is what it was when there was a network, else the newest that is here.
            if (_cache.Find(key, null) is { } older)
                return older;
            try
            {
                return await RestoreAsync(fixedOnes, sources, true, progress, stop).ConfigureAwait(false);
            }
            catch (ReferenceException)
            {
                throw error;
            }
        }
    }

    private async Task<PackageClosure> RestoreAsync(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, bool offline,
        Func<IProgress<double>?> progress, CancellationToken stop)
    {
        DirectoryInfo workplace = _cache.Workplace();
        try
        {
            string project = Path.Combine(workplace.FullName, "notebook.csproj");
            await File.WriteAllTextAsync(project, Project(requests, sources, offline).ToString(), stop)
                .ConfigureAwait(false);
            Directory.CreateDirectory(Local.Folder);
            Gauge gauge = new(progress());
            DotnetCommand.Result run = await DotnetCommand.RunAsync(
                ["restore", project, "-nologo", "-v:n", "-nodeReuse:false"], workplace.FullName, Variables(),
                gauge.Hear, stop).ConfigureAwait(false);
            AssetsFile? assets = AssetsFile.TryRead(Path.Combine(workplace.FullName, "obj", "project.assets.json"));
            RestoreFailure failure = new(requests, Local, SdkSearch.In(_folder, Variables()));
            await failure.ThrowIfAnyAsync(run, assets, stop).ConfigureAwait(false);
            PackageClosure closure = assets!.Closure(RuntimeIdentifiers.Current);
            return closure with
            {
                Notes = [.. assets.Logs.Where(l => l.Code == "NU1701").Select(l => OldFramework(l.Message)).Distinct()],
                Resolved = _clock.GetUtcNow(),
            };
        }
        finally
        {
            PackageCache.Discard(workplace);
        }
    }

    /// <summary>A project that asks for the packages and stands outside of whatever lies around it.</summary>
    private XElement Project(
        IReadOnlyList<PackageRequest> requests, IReadOnlyList<string> sources, bool offline) => new(
        "Project",
        new XElement("PropertyGroup",
            new XElement("ImportDirectoryBuildProps", "false"),
            new XElement("ImportDirectoryBuildTargets", "false"),
            new XElement("ImportDirectoryPackagesProps", "false")),
        new XElement("Import", new XAttribute("Project", "Sdk.props"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
        new XElement("PropertyGroup",
            new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
            new XElement("RuntimeIdentifier", RuntimeIdentifiers.Current),
            new XElement("SelfContained", "false"),
            new XElement("ManagePackageVersionsCentrally", "false"),
            new XElement("RestorePackagesWithLockFile", "false"),
            new XElement("NuGetAudit", "false"), // it asks the network, and is for projects that ship
            new XElement("RestoreRootConfigDirectory", _folder),
            offline ? new XElement("RestoreSources", Local.Folder) : null,
            sources.Count == 0 ? null : new XElement("RestoreAdditionalProjectSources", string.Join(';', sources))),
        new XElement("ItemGroup", requests.Select(r => new XElement("PackageReference",
            new XAttribute("Include", r.Id), new XAttribute("Version", r.Version ?? "*")))),
        new XElement("Import", new XAttribute("Project", "Sdk.targets"), new XAttribute("Sdk", "Microsoft.NET.Sdk")));

    private Dictionary<string, string> Variables() =>
        _givenPackages is null ? [] : new() { ["NUGET_PACKAGES"] = _givenPackages };

    private static string OldFramework(string message) => OldPackage().Match(message) is { Success: true } match
        ? $"{match.Groups[1].Value} was made for the old .NET Framework: parts of it may not work here."
        : message;

    [GeneratedRegex("^Package '([^']+)' was restored using")]
    private static partial Regex OldPackage();

    /// <summary>How far a restore is: the packages that were unpacked, of those that were fetched.</summary>
    private sealed partial class Gauge(IProgress<double>? progress)
    {
        private readonly HashSet<string> _fetched = [];
        private int _installed;

        internal void Hear(string line)
        {
            if (progress is null)
                return;
            if (Fetch().Match(line) is { Success: true } fetch)
                _fetched.Add(fetch.Groups[1].Value);
            else if (line.TrimStart().StartsWith("Installed ", StringComparison.Ordinal))
                _installed++;
            else
                return;
            progress.Report(Math.Min(0.99, _installed / (1.0 + Math.Max(_fetched.Count, _installed))));
        }

        [GeneratedRegex(@"^\s*(?:GET|CACHE)\s+(\S+\.nupkg)\s*$")]
        private static partial Regex Fetch();
    }
}
