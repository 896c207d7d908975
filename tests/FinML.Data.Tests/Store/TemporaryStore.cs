using FinML.Data.Store;

namespace FinML.Data.Tests.Store;

/// <summary>A folder for a store, deleted with the object.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("finml-store-").FullName;

    public string Folder => Path.Combine(_parent, "store");

    public PanelStore Create(params string[] fields) => PanelStore.Create(Folder, fields);

    public PanelStore Open() => PanelStore.Open(Folder);

    /// <summary>All files of the store, relative to its folder, without its lock.</summary>
    public string[] Files() => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Folder, f)).Where(f => f != ".lock").Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    public static DateTime Day(int day) => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day);

    /// <summary>A panel of one asset and the field "close".</summary>
    public static Panel Of(string asset, int[] days, double[] values, int[]? known = null) => Panel.Create(
        [.. days.Select(Day)], [asset], ["close"], [values], [.. (known ?? days).Select(Day)]);
}
