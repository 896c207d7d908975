namespace FinML.Notebooks.Packages;

/// <summary>The packages that are unpacked on this machine: folder/id/version, as NuGet keeps them.</summary>
/// <param name="folder">The packages folder; it need not exist.</param>
internal sealed class LocalPackages(string folder)
{
    internal string Folder { get; } = folder;

    /// <summary>The versions of a package that are whole, highest first.</summary>
    internal IReadOnlyList<PackageVersion> Versions(string id)
    {
        DirectoryInfo home = new(Path.Combine(Folder, id.ToLowerInvariant()));
        if (!home.Exists)
            return [];
        // NuGet writes the metadata last: without it, an unpacking was cut off.
        return
        [
            .. home.EnumerateDirectories().Where(d => File.Exists(Path.Combine(d.FullName, ".nupkg.metadata")))
                .Select(d => PackageVersion.TryParse(d.Name)).OfType<PackageVersion>().OrderDescending(),
        ];
    }

    /// <summary>The names that begin with a text, in lower case as the folder has them.</summary>
    internal IReadOnlyList<string> Ids(string prefix = "")
    {
        DirectoryInfo home = new(Folder);
        return home.Exists
            ? [.. home.EnumerateDirectories().Select(d => d.Name).Where(name =>
                name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>A package's name as its author writes it; the folder's where the package does not say.</summary>
    internal string ProperName(string id)
    {
        try
        {
            if (Versions(id) is [var newest, ..]
                && File.ReadAllText(Path.Combine(Folder, id, newest.Text, id + ".nuspec")) is var text
                && text.IndexOf("<id>", StringComparison.Ordinal) is var at and >= 0
                && text.IndexOf("</id>", at, StringComparison.Ordinal) is var end and > 0)
                return text[(at + 4)..end].Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder's name will do.
        }

        return id;
    }

    /// <summary>Names that a slip of the keyboard could have meant, nearest first.</summary>
    internal IReadOnlyList<string> Near(string id) => [.. Near(id, Ids()).Select(ProperName)];

    /// <summary>The same of any names.</summary>
    internal static IReadOnlyList<string> Near(string id, IEnumerable<string> names)
    {
        string wanted = Plain(id);
        return
        [
            .. names.Select(name => (Name: name, Distance: Distance(Plain(name), wanted)))
                .Where(n => n.Distance <= Math.Max(1, wanted.Length / 5)).OrderBy(n => n.Distance)
                .ThenBy(n => n.Name, StringComparer.Ordinal).Take(3).Select(n => n.Name),
        ];
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Levenshtein's distance: the letters to insert, delete or replace.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
