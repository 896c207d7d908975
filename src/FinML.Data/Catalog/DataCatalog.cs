using System.IO.Compression;
using System.Security.Cryptography;
using FinML.Shared;

namespace FinML.Data;

/// <summary>
/// The data sets of the repository, from data/catalog.json, and the user's own, from data/user/catalog.json. No file is
/// parsed before its SHA-256 is what the catalogue says. A data set that may not be shipped is one of them as soon as
/// <see cref="DataFetch"/> has brought it to data/public/, or the mirror folder holds it.
/// </summary>
public sealed class DataCatalog
{
    /// <summary>The environment variable that names the folder of the catalogue.</summary>
    public const string RootVariable = "FINML_DATA";

    /// <summary>The environment variable that names a folder with the files of data sets that may not be
    /// shipped.</summary>
    public const string MirrorVariable = "FINML_DATA_MIRROR";

    internal const string FileName = "catalog.json";
    internal const string UserFolder = "user";

    private readonly Dictionary<string, string> _folders = new(StringComparer.OrdinalIgnoreCase); // name -> folder

    private DataCatalog(string root)
    {
        Root = root;
        List<DataSet> sets = [.. CatalogFile.Read(Path.Combine(root, FileName)).DataSets];
        sets.ForEach(s => _folders[s.Name] = root);
        string userFolder = Path.Combine(root, UserFolder);
        if (File.Exists(Path.Combine(userFolder, FileName)))
        {
            foreach (DataSet set in CatalogFile.Read(Path.Combine(userFolder, FileName)).DataSets)
            {
                if (!_folders.TryAdd(set.Name, userFolder))
                {
                    throw new DataException($"The name '{set.Name}' in {Path.Combine(userFolder, FileName)} is that "
                        + $"of a "
                        + "data set of the repository; rename yours there.");
                }

                sets.Add(set);
            }
        }

        DataSets = sets;
    }

    /// <summary>Raised when the file of a data set was read and has the hash of the catalogue: what the record of a
    /// run lists. Any thread may raise it.</summary>
    public static event Action<DataSet>? Loaded;

    /// <summary>The folder of the catalogue.</summary>
    public string Root { get; }

    /// <summary>All entries: the repository's, then the user's.</summary>
    public IReadOnlyList<DataSet> DataSets { get; }

    /// <summary>
    /// Opens the catalogue in <paramref name="root"/>; without one, in the folder that FINML_DATA names; without that,
    /// in the first data/ with a catalog.json on the way up from the current directory, then from the program's folder.
    /// </summary>
    /// <exception cref="DataException">There is none, or it cannot be read.</exception>
    public static DataCatalog Open(string? root = null)
    {
        string? given = root ?? Environment.GetEnvironmentVariable(RootVariable);
        if (!string.IsNullOrWhiteSpace(given))
        {
            return File.Exists(Path.Combine(given, FileName))
                ? new DataCatalog(Path.GetFullPath(given))
                : throw new DataException($"There is no {FileName} in {Path.GetFullPath(given)}"
                    + (root is null ? $" (from {RootVariable})." : "."));
        }

        string? found = FindUpward(Directory.GetCurrentDirectory()) ?? FindUpward(AppContext.BaseDirectory);
        return found is not null
            ? new DataCatalog(found)
            : throw new DataException($"There is no data/{FileName} here ({Directory.GetCurrentDirectory()}) or "
            + $"above; run "
                + $"inside the repository, or set {RootVariable} to the folder of the catalogue.");
    }

    /// <summary>The entry of that name, or of that file name without its extensions.</summary>
    /// <exception cref="DataException">There is none; the message lists those there are.</exception>
    public DataSet Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        DataSet? set = DataSets.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? DataSets.FirstOrDefault(s =>
            Path.GetFileName(s.File).Split('.')[0].Equals(name, StringComparison.OrdinalIgnoreCase));
        if (set is not null)
            return set;
        string near = Nearest.Of(name, DataSets.Select(s => s.Name)) is { } other ? $" Did you mean '{other}'?" : "";
        throw new DataException(
            $"There is no data set '{name}'.{near} There are: {string.Join(", ", DataSets.Select(s => s.Name))}.");
    }

    /// <summary>The path of a data set's file: in the catalogue's folder or, where it is not there and may not be
    /// shipped, in the mirror folder.</summary>
    public string PathOf(DataSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        string path = OwnPathOf(set);
        return set.Fetchable && !File.Exists(path) && MirrorPathOf(set) is { } mirrored && File.Exists(mirrored)
            ? mirrored
            : path;
    }

    /// <summary>Whether the data set's file lies here or, where it may not be shipped, in the mirror folder.</summary>
    public bool IsHere(DataSet set) => File.Exists(PathOf(set));

    /// <summary>Loads a time series, after its hash was checked.</summary>
    /// <exception cref="DataException">No such data set; the file is missing, has another hash, or is not what the
    /// catalogue says; or the data set has no time axis.</exception>
    public Panel Load(string name)
    {
        DataSet set = Find(name);
        return set.Kind == DataKind.Panel
            ? Parse(set, Read(set))
            : throw new DataException(set.Kind == DataKind.Archive
                ? $"The data set '{set.Name}' is an archive of a format of its own; a loader reads it at its path."
                : $"The data set '{set.Name}' is a {set.Kind.ToString().ToLowerInvariant()} without a time axis; read "
                + "it with ReadText.");
    }

    /// <summary>The text of a data set's file, decompressed, after its hash was checked.</summary>
    /// <exception cref="DataException">As <see cref="Load"/>.</exception>
    public string ReadText(string name)
    {
        DataSet set = Find(name);
        if (set.Kind == DataKind.Archive)
        {
            throw new DataException($"The data set '{set.Name}' is an archive of a format of its own; a loader reads "
                + "it at its path.");
        }

        using StreamReader reader = new(Decompress(set, Read(set)));
        return reader.ReadToEnd();
    }

    /// <summary>Checks the hash and the invariants of every data set.</summary>
    public VerifyReport Verify() => new([.. DataSets.Select(Verify)]);

    /// <summary>Checks the hash and the invariants of one data set.</summary>
    public DataSetCheck Verify(DataSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (set.Fetchable && !IsHere(set))
        {
            return new DataSetCheck(set.Name, PathOf(set), null, []) { Absent = true };
        }

        List<string> problems = [];
        string? hash = null;
        try
        {
            byte[] bytes = ReadBytes(set);
            hash = Hash(bytes);
            if (!DataContent.IsRight(set, bytes))
            {
                problems.Add(Differs(set, hash));
            }
            else if (set.Kind == DataKind.Panel)
            {
                problems.AddRange(PanelInvariants.Check(set, Parse(set, bytes)));
            }
            else
            {
                int lines = set.Kind == DataKind.Archive ? DataContent.LinesOfArchive(bytes)
                    : DataContent.Lines(Decompress(set, bytes));
                int rows = set.Kind == DataKind.Table ? lines - 1 : lines;
                if (rows != set.Rows)
                {
                    problems.Add($"{set.File} has {rows} rows; the catalogue says {set.Rows}.");
                }
            }
        }
        catch (DataException e)
        {
            problems.Add(e.Message);
        }

        return new DataSetCheck(set.Name, PathOf(set), hash, problems);
    }

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Where the data set's file belongs in the catalogue's folder.</summary>
    internal string OwnPathOf(DataSet set) =>
        Path.Combine(_folders.TryGetValue(set.Name, out string? folder) ? folder : Root, set.File);

    /// <summary>Where the mirror folder has it; null without a mirror folder.</summary>
    internal static string? MirrorPathOf(DataSet set) =>
        Environment.GetEnvironmentVariable(MirrorVariable) is { Length: > 0 } mirror
            ? Path.GetFullPath(Path.Combine(mirror, Path.GetFileName(set.File)))
            : null;

    /// <summary>What to run where a data set is not here.</summary>
    internal static DataException NotHere(DataSet set) => new(
        $"The data set '{set.Name}' may not be shipped and is not here: run 'finml data fetch {set.Name}', or set "
        + $"{MirrorVariable} to a folder that holds {Path.GetFileName(set.File)}.")
    {
        NotFetched = set,
    };

    private byte[] Read(DataSet set)
    {
        if (set.Fetchable && !IsHere(set))
        {
            throw NotHere(set);
        }

        byte[] bytes = ReadBytes(set);
        if (!DataContent.IsRight(set, bytes))
            throw new DataException(Differs(set, Hash(bytes)));
        Loaded?.Invoke(set);
        return bytes;
    }

    private byte[] ReadBytes(DataSet set)
    {
        string path = PathOf(set);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The file of '{set.Name}' cannot be read: {e.Message}", e);
        }
    }

    private string Differs(DataSet set, string hash) =>
        $"{PathOf(set)} is not the file of the catalogue: expected sha256 {set.Sha256}, found {hash}.";

    private static Panel Parse(DataSet set, byte[] bytes) => PanelCsv.Read(set, bytes);

    private static Stream Decompress(DataSet set, byte[] bytes)
    {
        MemoryStream stream = new(bytes);
        return set.File.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(stream, CompressionMode.Decompress)
            : stream;
    }

    private static string? FindUpward(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "data");
            if (File.Exists(Path.Combine(candidate, FileName)))
            {
                return candidate;
            }
        }

        return null;
    }
}
