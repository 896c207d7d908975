using System.Reflection;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;

namespace FinML.Notebooks.Packages;

/// <summary>
/// The packages and projects that a session's cells have asked for. What is loaded stays: a later line that needs
/// another version of it is refused, and what was asked for before goes on working.
/// </summary>
internal sealed class SessionReferences
{
    private const string Restart = "Restart the kernel, and write the #r lines into one cell.";

    private readonly CellAssemblies _loader;
    private readonly SessionAssemblies _assemblies = new();
    private readonly PackageResolver _resolver;
    private readonly string _cacheFolder;
    private readonly List<string> _sources = [];
    private readonly HashSet<PackageRequest> _answered = [];
    private readonly List<MetadataReference> _metadata = [];
    private readonly HashSet<string> _referenced = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _projectPackages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (int Generation, string Hash)> _projects = new(StringComparer.Ordinal);
    private Dictionary<string, PackageRequest> _requests = new(StringComparer.OrdinalIgnoreCase);
    private PackageClosure _closure = PackageClosure.Empty;

    internal SessionReferences(NotebookHostOptions host, CellAssemblies loader)
    {
        _loader = loader;
        _cacheFolder = host.PackageCache ?? PackageCache.DefaultFolder;
        _resolver = new PackageResolver(host.BaseDirectory, _cacheFolder, host.PackagesFolder, host.TimeProvider);
        foreach (Assembly assembly in host.References)
            _referenced.Add(assembly.GetName().Name!);
    }

    /// <summary>What code is compiled against beyond the host's references.</summary>
    internal IReadOnlyList<MetadataReference> Metadata => _metadata;

    /// <summary>The packages on this machine.</summary>
    internal LocalPackages Local => _resolver.Local;

    /// <summary>Id and version of every package of the session, those that others brought too.</summary>
    internal IReadOnlyDictionary<string, string> Packages
    {
        get
        {
            SortedDictionary<string, string> all = new(_projectPackages, StringComparer.OrdinalIgnoreCase);
            foreach ((string id, string version) in _closure.Packages)
                all[id] = version;
            return all;
        }
    }

    /// <summary>Makes what lines of one cell or file ask for available to the code below them.</summary>
    /// <param name="directives">The lines.</param>
    /// <param name="folder">What their relative paths start from.</param>
    /// <param name="progress">Makes a bar for work that takes long.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>What the user should know, a sentence each.</returns>
    /// <exception cref="ReferenceException">A line asks for what cannot be had; Directive is the line.</exception>
    internal async Task<IReadOnlyList<string>> AddAsync(
        IReadOnlyList<ReferenceDirective> directives, string folder, Func<string, IProgress<double>> progress,
        CancellationToken stop)
    {
        List<string> notes = [];
        List<(PackageRequest Request, ReferenceDirective Directive)> packages = [];
        ReferenceDirective at = directives[0];
        try
        {
            foreach (ReferenceDirective directive in directives)
            {
                at = directive;
                if (directive.Kind == ReferenceKind.Unquoted)
                    throw new ReferenceException("the quotes are missing or not closed.",
                        "Write #r \"nuget:NAME, VERSION\", as in #r \"nuget:MathNet.Numerics, 5.0.0\".");
                if (directive.Kind == ReferenceKind.Source && Source(directive.Target, folder) is var source
                    && !_sources.Contains(source))
                    _sources.Add(source);
                if (directive.Kind == ReferenceKind.Package)
                    packages.Add((PackageRequest.Parse(directive.Target), directive));
            }

            if (packages.Count > 0)
            {
                at = packages[0].Directive;
                await AddPackagesAsync([.. packages.Select(p => p.Request)], progress, notes, stop)
                    .ConfigureAwait(false);
            }

            foreach (ReferenceDirective directive in directives.Where(d => d.Kind == ReferenceKind.Project))
            {
                at = directive;
                await AddProjectAsync(
                    Path.GetFullPath(Path.Combine(folder, directive.Target)), progress, notes, stop)
                    .ConfigureAwait(false);
            }

            return notes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            throw new ReferenceException($"what this line asks for cannot be read: {error.Message}") { Directive = at };
        }
        catch (ReferenceException error)
        {
            // Of several package lines, the one whose package the error names.
            error.Directive = at.Kind == ReferenceKind.Package
                ? packages.FirstOrDefault(p => error.Message.Contains(p.Request.Id, StringComparison.OrdinalIgnoreCase))
                    .Directive ?? at
                : at;
            throw;
        }
    }

    private async Task AddPackagesAsync(
        IReadOnlyList<PackageRequest> asked, Func<string, IProgress<double>> progress, List<string> notes,
        CancellationToken stop)
    {
        if (asked.All(_answered.Contains))
            return;
        Dictionary<string, PackageRequest> next = new(_requests, StringComparer.OrdinalIgnoreCase);
        foreach (PackageRequest request in asked.Where(r => !_answered.Contains(r)))
        {
            next[request.Id] = request;
            Keep(request);
        }

        IProgress<double>? bar = null;
        try
        {
            PackageClosure closure = await _resolver.ResolveAsync(
                [.. next.Values], _sources, () => bar = progress($"packages {string.Join(", ", asked)}"), stop)
                .ConfigureAwait(false);
            Use(closure, next, notes);
            // What "the newest" was stays so for the session.
            _requests = next.ToDictionary(p => p.Key, p => new PackageRequest(
                p.Value.Id, closure.Packages.GetValueOrDefault(p.Key) ?? p.Value.Version),
                StringComparer.OrdinalIgnoreCase);
            _closure = closure;
            foreach (PackageRequest request in asked)
            {
                if (_answered.Add(request) && request.Exact is null && _requests[request.Id].Version is { } version)
                    notes.Add($"{_requests[request.Id].Id} {version}");
            }

            notes.AddRange(closure.Notes);
        }
        finally
        {
            (bar as IDisposable)?.Dispose();
        }
    }

    private async Task AddProjectAsync(
        string project, Func<string, IProgress<double>> progress, List<string> notes, CancellationToken stop)
    {
        IProgress<double> bar = progress($"building {Path.GetFileName(project)}");
        try
        {
            ProjectBuild.Output output = await new ProjectBuild(project, _cacheFolder).RunAsync(stop)
                .ConfigureAwait(false);
            string name = Path.GetFileNameWithoutExtension(output.Assembly);
            if (SessionAssemblies.Own.ContainsKey(name))
                throw new ReferenceException($"{name} is a part of the workbench, which has it loaded: it stays.",
                    "Rebuild the workbench with the change and restart it, or give the project another name.");
            string[] files = [output.Assembly, .. output.Others.Where(file =>
                !SessionAssemblies.Own.ContainsKey(Path.GetFileNameWithoutExtension(file)))];
            if (!Load(project, name, () => [.. files.Select(ProjectAssemblies.Image.Read)],
                () => Use(output.Packages, [], notes), notes))
                return;
            foreach ((string id, string version) in output.Packages.Packages)
                _projectPackages[id] = version;
        }
        finally
        {
            (bar as IDisposable)?.Dispose();
        }
    }

    /// <summary>Makes the types of a file with namespaces available, as those of a small project.</summary>
    /// <param name="path">The file.</param>
    /// <param name="code">Its code.</param>
    /// <param name="references">What it is compiled against.</param>
    /// <param name="usings">The namespaces and types that cells have without a using.</param>
    /// <param name="notes">Gets what the user should know.</param>
    /// <returns>The compiler's errors; none where it worked.</returns>
    internal IReadOnlyList<Diagnostic> AddLibrary(
        string path, string code, IEnumerable<MetadataReference> references, IEnumerable<string> usings,
        List<string> notes)
    {
        (ProjectAssemblies.Image? image, IReadOnlyList<Diagnostic> errors) =
            LibraryCompiler.Compile(path, code, references, usings);
        if (image is not null)
            Load(path, Path.GetFileName(path), () => [image], () => { }, notes);
        return errors;
    }

    /// <summary>Loads a build beside what was loaded of it before; false where it is the same.</summary>
    /// <param name="source">The project or file.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="read">Gives the build's assemblies.</param>
    /// <param name="prepare">Called where it is new, before it is loaded.</param>
    /// <param name="notes">Gets what the user should know.</param>
    private bool Load(
        string source, string name, Func<IReadOnlyList<ProjectAssemblies.Image>> read, Action prepare,
        List<string> notes)
    {
        IReadOnlyList<ProjectAssemblies.Image> images = read();
        string hash = Hash(images);
        bool seen = _projects.TryGetValue(source, out (int Generation, string Hash) before);
        if (seen && before.Hash == hash)
            return false;
        prepare();
        int generation = seen ? before.Generation + 1 : 0;
        foreach ((Assembly assembly, byte[] code) in new ProjectAssemblies(images, generation, _assemblies).Pairs())
        {
            _assemblies.Put(assembly);
            _loader.Register(assembly);
            _metadata.Add(MetadataReference.CreateFromImage(code));
        }

        _projects[source] = (generation, hash);
        if (seen)
            notes.Add($"{name} has changed: from here on its new build is meant; make again what was made with "
                + "the old one.");
        return true;
    }

    /// <summary>Refuses a closure that does not go with what is loaded, else loads what code is compiled
    /// against.</summary>
    private void Use(PackageClosure closure, Dictionary<string, PackageRequest> requests, List<string> notes)
    {
        foreach (string file in closure.Runtime)
            Check(file, closure, requests, notes);
        foreach (string file in closure.Runtime)
            _assemblies.Add(file);
        foreach (string file in closure.Frameworks.SelectMany(SharedFramework))
        {
            _assemblies.Add(file);
            Refer(file);
        }

        _assemblies.AddNative(closure.Native);
        foreach (string file in closure.Compile)
            Refer(file);
    }

    private void Check(
        string file, PackageClosure closure, Dictionary<string, PackageRequest> requests, List<string> notes)
    {
        string name = Path.GetFileNameWithoutExtension(file), owner = closure.Owner(file) ?? name;
        bool isAsked = requests.ContainsKey(owner.Split(' ')[0]);
        if (SessionAssemblies.Own.TryGetValue(name, out string? own))
        {
            (Version here, Version wanted) = (SessionAssemblies.VersionOf(own), SessionAssemblies.VersionOf(file));
            if (wanted > here)
            {
                throw new ReferenceException(
                    $"{owner} has {name} {wanted}, but the workbench itself runs on {name} {here}, which stays.",
                    $"Ask for a version that goes with {name} {here}.");
            }

            if (here > wanted && isAsked)
                notes.Add($"{name} {here}, on which the workbench itself runs, stands in for {wanted} of {owner}.");
        }
        else if (_assemblies.Find(name) is { IsLoaded: true } loaded && loaded.File != file)
        {
            Version here = SessionAssemblies.VersionOf(loaded.File), wanted = SessionAssemblies.VersionOf(file);
            if (isAsked || wanted > here)
            {
                throw new ReferenceException(
                    $"{owner} cannot be loaded: the session has {_closure.Owner(loaded.File) ?? $"{name} {here}"} "
                    + "loaded, which stays.",
                    Restart);
            }
        }
    }

    /// <summary>Refuses another version of what is loaded, before anything is fetched for it.</summary>
    private void Keep(PackageRequest request)
    {
        if (request.Exact is not { } exact || !_closure.Packages.TryGetValue(request.Id, out string? here)
            || PackageVersion.TryParse(here) is not { } version || version.IsSame(exact))
            return;
        if (_closure.Runtime.Any(file => _closure.Owner(file) == $"{request.Id} {here}"
            && _assemblies.Find(Path.GetFileNameWithoutExtension(file)) is { IsLoaded: true }))
        {
            throw new ReferenceException(
                $"{request.Id} {request.Version} cannot be loaded: the session has {request.Id} {here} loaded, "
                + "which stays.", Restart);
        }
    }

    private void Refer(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        if (!_referenced.Add(name))
            return;
        if (SessionAssemblies.Own.TryGetValue(name, out string? own))
        {
            // The framework's are referenced from the start.
            if (Path.GetDirectoryName(own) == Path.GetDirectoryName(typeof(object).Assembly.Location))
                return;
            _loader.Register(Assembly.Load(name));
            file = own;
        }
        else if (_assemblies.Get(name) is { } assembly)
        {
            _loader.Register(assembly);
        }

        _metadata.Add(MetadataReference.CreateFromFile(file));
    }

    /// <summary>The assemblies of a shared framework of this machine, in the version that goes with ours.</summary>
    private static IEnumerable<string> SharedFramework(string name)
    {
        DirectoryInfo own = new(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        DirectoryInfo home = new(Path.Combine(own.Parent!.Parent!.FullName, name));
        DirectoryInfo? version = home.Exists
            ? home.EnumerateDirectories($"{Environment.Version.Major}.*")
                .MaxBy(d => Version.TryParse(d.Name, out Version? v) ? v : new Version(0, 0))
            : null;
        return version is null
            ? throw new ReferenceException($"the packages need the shared framework {name}, which is not installed.",
                $"Install {name} {Environment.Version.Major}.0.")
            : version.EnumerateFiles("*.dll").Where(f => !SessionAssemblies.Own.ContainsKey(
                Path.GetFileNameWithoutExtension(f.Name)) && IsManaged(f.FullName)).Select(f => f.FullName);
    }

    private static bool IsManaged(string file)
    {
        try
        {
            AssemblyName.GetAssemblyName(file);
            return true;
        }
        catch (BadImageFormatException)
        {
            return false;
        }
    }

    private static string Source(string text, string folder) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && !uri.IsFile
            ? text
            : Path.GetFullPath(Path.Combine(folder, text));

    private static string Hash(IReadOnlyList<ProjectAssemblies.Image> images)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ProjectAssemblies.Image image in images)
            hash.AppendData(image.Code);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
