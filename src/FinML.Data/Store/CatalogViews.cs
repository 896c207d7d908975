using System.Text.RegularExpressions;

namespace FinML.Data.Store;

/// <summary>
/// The data of a workbench as views of SQL: each panel and table of the catalogue that is here, and each store, under
/// its name (quoted where it has a '-', and again with '_' in its place). A data set's file is checked against its hash
/// before a statement that names it runs.
/// </summary>
public static partial class CatalogViews
{
    /// <summary>The folder of a catalogue's stores, one folder each.</summary>
    public static string StoresOf(DataCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return Path.Combine(catalog.Root, "stores");
    }

    /// <summary>Makes the views that a statement may name.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="catalog">The data sets, and the stores in its folder stores/.</param>
    /// <param name="stores">Folders of further stores; each is named as its folder.</param>
    /// <param name="sql">The statement: only names that occur in it are made, all where it asks for the
    /// tables.</param>
    /// <exception cref="DataException">A file that the statement names is not the catalogue's; a store cannot be
    /// read.</exception>
    public static void Create(DuckDbConnection connection, DataCatalog catalog, IReadOnlyList<string> stores,
        string sql)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(sql);
        HashSet<string> words = new(Words().Matches(sql).Select(m => m.Value), StringComparer.OrdinalIgnoreCase);
        bool all = words.Contains("tables"); // SHOW TABLES
        foreach (DataSet set in catalog.DataSets.Where(s =>
            IsRelation(s) && (IsNamed(s.Name, words) || (all && catalog.IsHere(s)))))
        {
            DataSetCheck check = catalog.Verify(set);
            if (check.Absent)
                throw DataCatalog.NotHere(set);
            if (!check.Passed)
                throw new DataException(check.Problems[0]);
            Define(connection, set.Name, SelectOf(set, catalog.PathOf(set)));
        }

        string home = StoresOf(catalog);
        IEnumerable<string> own = Directory.Exists(home) ? Directory.EnumerateDirectories(home) : [];
        foreach (string folder in own.Where(PanelStore.Exists).Concat(stores))
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            if (all || IsNamed(name, words))
                Define(connection, name, SelectOf(PanelStore.Open(folder)));
        }
    }

    /// <summary>Whether a data set is rows and columns.</summary>
    private static bool IsRelation(DataSet set) => set.Kind is DataKind.Panel or DataKind.Table;

    private static bool IsNamed(string name, HashSet<string> words) =>
        words.Contains(name) || words.Contains(Plain(name));

    private static string Plain(string name) => name.Replace('-', '_').Replace('.', '_');

    private static void Define(DuckDbConnection connection, string name, string select)
    {
        foreach (string each in new[] { name, Plain(name) }.Distinct())
            connection.Execute($"CREATE OR REPLACE VIEW {DuckDbConnection.Name(each)} AS {select}");
    }

    /// <summary>All rows of a store, versions included, with the symbol and the year of their folders.</summary>
    private static string SelectOf(PanelStore store)
    {
        if (store.Manifest.Files.Count == 0)
        {
            return "SELECT NULL::VARCHAR AS symbol, NULL::TIMESTAMPTZ AS time, NULL::TIMESTAMPTZ AS available_at"
                + string.Concat(store.Fields.Select(f => $", NULL::DOUBLE AS {DuckDbConnection.Name(f)}"))
                + ", NULL::BIGINT AS year WHERE false";
        }

        string files = string.Join(", ", store.Manifest.Files.Select(f =>
            DuckDbConnection.Literal(Path.Combine(store.DataFolder, f.Path))));
        string fields = string.Concat(store.Fields.Select(f => $", {DuckDbConnection.Name(f)}"));
        return $"SELECT symbol, time, available_at{fields}, year FROM read_parquet([{files}], "
            + "hive_partitioning = true, hive_types = {'symbol': VARCHAR, 'year': BIGINT})";
    }

    /// <summary>A file of the catalogue as its entry describes it: the time column as DATE or TIMESTAMPTZ, numbers as
    /// DOUBLE; a table as DuckDB finds it.</summary>
    private static string SelectOf(DataSet set, string path)
    {
        string file = DuckDbConnection.Literal(path);
        if (set.Kind == DataKind.Table)
            return $"SELECT * FROM read_csv({file}, nullstr = ['', 'NA'])";
        string header = set.Header == "none" ? "false" : "true";
        string types = string.Join(", ", set.Columns.Select((c, i) => $"{DuckDbConnection.Literal(c)}: "
            + (i == 0 && set.Time != "none" ? "'VARCHAR'" : "'DOUBLE'")));
        string rows = $"read_csv({file}, delim = ',', header = {header}, auto_detect = false, nullstr = ['', 'NA'], "
            + $"columns = {{{types}}})";
        if (set.Time == "none")
            return $"SELECT row_number() OVER () AS \"row\", * FROM {rows}";
        string first = DuckDbConnection.Name(set.Columns[0]);
        string time = set.Time switch
        {
            "compact-date" => $"strptime({first}, '%Y%m%d')::DATE",
            "month" => $"strptime({first} || '-01', '%Y-%m-%d')::DATE",
            "timestamp" => $"{first}::TIMESTAMPTZ",
            "ordinal" => $"{first}::BIGINT",
            _ => $"{first}::DATE",
        };
        return $"SELECT {time} AS {first}, * EXCLUDE ({first}) FROM {rows}";
    }

    [GeneratedRegex(@"[\w.-]+")]
    private static partial Regex Words();
}
