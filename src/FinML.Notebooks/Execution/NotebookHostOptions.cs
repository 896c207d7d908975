using System.Reflection;

namespace FinML.Notebooks;

/// <summary>What the host gives to a run.</summary>
public sealed record NotebookHostOptions
{
    /// <summary>Assemblies that every cell can use without <c>#r</c>.</summary>
    public IReadOnlyList<Assembly> References { get; init; } = [];

    /// <summary>
    /// Namespaces that every cell can use without a using, and types (as "Namespace.Type") whose static members it can
    /// use. Those that no reference has are left out.
    /// </summary>
    public IReadOnlyList<string> Usings { get; init; } =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text",
        "System.Threading.Tasks",
    ];

    /// <summary>What relative paths in <c>#r</c> and <c>#load</c> start from: the notebook's folder.</summary>
    public string BaseDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>The folder that the notebook sees as RunDirectory.</summary>
    public string RunDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>
    /// Called once all checks have passed and before the first cell runs: the place to make or empty
    /// <see cref="RunDirectory"/>, so that a notebook that cannot be run touches nothing.
    /// </summary>
    public Action? BeforeFirstCell { get; init; }

    /// <summary>What the notebook sees as Resume.</summary>
    public bool Resume { get; init; }

    /// <summary>Values for variables of the cell tagged <c>parameters</c>, as text.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>How long the run may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Where the closures of <c>#r "nuget:..."</c> lines are kept; null for the user's own folder.</summary>
    public string? PackageCache { get; init; }

    /// <summary>Where packages are unpacked; null for NuGet's folder: NUGET_PACKAGES, else ~/.nuget/packages.</summary>
    public string? PackagesFolder { get; init; }

    /// <summary>
    /// Databases that <c>#!sql NAME</c> reads without <c>#!connect</c>: asked when first used, for a SQLite file or a
    /// connection string of PostgreSQL.
    /// </summary>
    public IReadOnlyDictionary<string, Func<string>> Connections { get; init; } =
        new Dictionary<string, Func<string>>();

    /// <summary>What <c>#!data NAME</c> shows; null asks for the list of all data sets.</summary>
    public Func<string?, object>? ShowData { get; init; }

    /// <summary>Hears the number of <c>#!seed NUMBER</c>.</summary>
    public Action<long>? Seed { get; init; }

    /// <summary>The package lock file whose SHA-256 the run's record holds; null for none.</summary>
    public string? LockFile { get; init; }

    /// <summary>Asked when the run ends: the SHA-256 of each data set that it read, by name.</summary>
    public Func<IReadOnlyDictionary<string, string>>? DataHashes { get; init; }

    /// <summary>The SHA-256 of a data set as it lies now; null where it is not there, or is not what it should be. A
    /// cached result that read data is used where this is given.</summary>
    public Func<string, string?>? DataHash { get; init; }

    /// <summary>Results of cells tagged <c>cache</c>; null runs them all.</summary>
    public CellCache? Cache { get; init; }

    /// <summary>What the cache calls the notebook.</summary>
    public string Name { get; init; } = "notebook";

    /// <summary>The clock that times cells and the limit.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public void Validate()
    {
        if (Timeout is { } limit && (limit <= TimeSpan.Zero || limit > TimeSpan.FromDays(24)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Timeout), $"Timeout is above 0 s and up to 24 days, but was {limit.TotalSeconds} s.");
        }

        if (!Directory.Exists(BaseDirectory))
            throw new ArgumentException($"BaseDirectory \"{BaseDirectory}\" is not there.", nameof(BaseDirectory));
    }
}
