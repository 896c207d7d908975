using System.Globalization;
using System.IO.Compression;
using System.Text;
using FinML.Shared;

namespace FinML.Data;

/// <summary>
/// The user's own data sets: a folder with a catalog.json of its own. By default data/user, which git ignores and
/// <see cref="DataCatalog.Open"/> reads beside the repository's; any other folder is opened by its path or FINML_DATA.
/// </summary>
public static class UserCatalog
{
    /// <summary>The folder of the user's data sets beside a catalogue.</summary>
    public static string FolderOf(DataCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Path.Combine(catalog.Root, DataCatalog.UserFolder);
    }

    /// <summary>
    /// Adds an accepted import: the data file first, under a name that has its hash, then the catalogue in one step. A
    /// crash in between leaves the old state and at most a file that no entry names.
    /// </summary>
    /// <param name="folder">The folder of the user's catalogue; made where it is missing.</param>
    /// <param name="report">The import.</param>
    /// <param name="sourceFile">Where it came from: kept in the entry.</param>
    /// <param name="force">Whether an entry of the same name is replaced.</param>
    /// <returns>The new entry.</returns>
    /// <exception cref="ArgumentException">The import was refused.</exception>
    /// <exception cref="DataException">The name is taken, or the folder cannot be written.</exception>
    public static DataSet Add(string folder, ImportReport report, string sourceFile, bool force = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(sourceFile);
        if (report.Panel is not { } panel)
        {
            throw new ArgumentException($"The import of '{report.Name}' was refused; there is nothing to add.",
                nameof(report));
        }

        RefuseNameOfTheRepository(folder, report.Name);
        string catalogPath = Path.Combine(folder, DataCatalog.FileName);
        List<DataSet> sets = File.Exists(catalogPath) ? [.. CatalogFile.Read(catalogPath).DataSets] : [];
        DataSet? old = sets.Find(s => s.Name.Equals(report.Name, StringComparison.OrdinalIgnoreCase));
        if (old is not null && !force)
        {
            throw new DataException($"There is a data set '{report.Name}' in {catalogPath} already; use --force to "
                + $"replace it.");
        }

        (byte[] bytes, DataSet entry) = Encode(panel, report, sourceFile);
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, entry.File), bytes);
            List<DataSet> updated = [.. sets.Where(s => s != old), entry];
            new CatalogFile(CatalogFile.CurrentFormat,
                [.. updated.OrderBy(s => s.Name, StringComparer.Ordinal)]).Write(catalogPath);
            if (old is not null && old.File != entry.File && IsInside(folder, old.File))
            {
                File.Delete(Path.Combine(folder, old.File));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"The data set '{report.Name}' cannot be written to {folder}: {e.Message}", e);
        }

        return entry;
    }

    /// <summary>data/user is read beside data/catalog.json, and one name must mean one thing.</summary>
    private static void RefuseNameOfTheRepository(string folder, string name)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string above = Path.Combine(Path.GetDirectoryName(full) ?? full, DataCatalog.FileName);
        if (Path.GetFileName(full) == DataCatalog.UserFolder && File.Exists(above)
            && CatalogFile.Read(above).DataSets.Any(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DataException($"The name '{name}' is that of a data set of the repository; choose another with "
                + $"--name.");
        }
    }

    private static (byte[] Bytes, DataSet Entry) Encode(Panel panel, ImportReport report, string sourceFile)
    {
        bool dates = panel.Times.All(t => t.TimeOfDay == TimeSpan.Zero);
        string format = dates ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ";
        string timeColumn = dates ? "date" : "timestamp";
        StringBuilder text = new(string.Join(',', panel.Fields.Prepend(timeColumn)) + "\n");
        for (int t = 0; t < panel.Length; t++)
        {
            text.Append(panel.Times[t].ToString(format, CultureInfo.InvariantCulture));
            for (int f = 0; f < panel.Fields.Count; f++)
            {
                double x = panel[t, 0, f];
                text.Append(',').Append(double.IsNaN(x) ? "" : x.ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        using MemoryStream buffer = new();
        using (GZipStream gzip = new(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
        }

        byte[] bytes = buffer.ToArray();
        string hash = DataCatalog.Hash(bytes);
        return (bytes, new DataSet
        {
            Name = report.Name,
            Title = $"Imported from {Path.GetFileName(sourceFile)}",
            File = $"{report.Name}-{hash[..12]}.csv.gz",
            Sha256 = hash,
            Kind = DataKind.Panel,
            Rows = panel.Length,
            Columns = [timeColumn, .. panel.Fields],
            Layout = "fields",
            Asset = panel.Assets[0],
            Time = timeColumn,
            Start = panel.Times[0].ToString(format, CultureInfo.InvariantCulture),
            End = panel.Times[^1].ToString(format, CultureInfo.InvariantCulture),
            AvailableAfterHours = (panel.AvailableAt[0] - panel.Times[0]).TotalHours,
            Positive = true,
            Frequency = report.Frequency,
            Units = "as imported",
            Source = new DataSource("user", Path.GetFileName(sourceFile), "", string.Join("; ", report.Mapping)),
            Licence = "yours to know",
            Defects = report.Notes,
        });
    }

    private static bool IsInside(string folder, string file) =>
        Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder,
            file))) == Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar);
}
