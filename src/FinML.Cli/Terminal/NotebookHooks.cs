using System.Globalization;
using FinML.Data;
using FinML.Figures;
using FinML.Notebooks;

namespace FinML.Cli.Terminal;

/// <summary>What the workbench gives to the magics of its notebooks: #!sql ledger, #!data and #!seed.</summary>
internal static class NotebookHooks
{
    /// <summary>Where the server of the shared ledger is named.</summary>
    public const string LedgerServer = "FINML_LEDGER_POSTGRES";

    /// <summary>The options with the hooks.</summary>
    public static NotebookHostOptions WithHooks(this NotebookHostOptions options) => options with
    {
        Connections = new Dictionary<string, Func<string>>
        {
            ["ledger"] = () => File.Exists(LedgerFile())
                ? LedgerFile()
                : throw new InvalidOperationException(
                    $"there is no ledger yet: the first backtest that is counted makes {LedgerFile()}."),
            ["ledger-server"] = () => Environment.GetEnvironmentVariable(LedgerServer) is { Length: > 0 } server
                ? server
                : throw new InvalidOperationException($"the ledger's server is named by {LedgerServer}, which is not "
                    + "set."),
        },
        ShowData = name => name is null ? List() : Show(name),
        Seed = seed => torch.manual_seed(seed),
    };

    /// <summary>Where notebooks keep their ledger.</summary>
    public static string LedgerFile() =>
        Path.Combine(Workbench.FindRoot(Environment.CurrentDirectory) ?? ".", "artifacts", "ledger.db");

    private static Table List()
    {
        DataCatalog catalog = DataCatalog.Open();
        Table table = Table.Create().Column("name").Column("rows", CellFormat.Integer).Column("span")
            .Column("frequency").Column("what it is").Column("here");
        foreach (DataSet set in catalog.DataSets)
        {
            table = table.Row(
                set.Name, set.Rows, Span(set), set.Frequency, set.Title, catalog.IsHere(set) ? "yes" : "fetch it");
        }

        return table.Footnote("#!data NAME says more; DataCatalog.Open().Load(NAME) gives the panel.");
    }

    private static Table Show(string name)
    {
        DataCatalog catalog = DataCatalog.Open();
        DataSet set = catalog.Find(name);
        Table table = Table.Create(set.Title).Column("").Column("");
        void Add(string what, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
                table = table.Row(what, text);
        }

        Add("name", set.Name);
        Add("rows", set.Rows.ToString("N0", CultureInfo.InvariantCulture));
        Add("columns", string.Join(", ", set.Columns));
        Add("span", Span(set));
        Add("frequency", set.Frequency);
        Add("units", set.Units);
        Add("source", $"{set.Source.Registry} {set.Source.Object}".Trim());
        Add("licence", set.Licence);
        foreach (string defect in set.Defects)
            Add("known defect", defect);
        foreach (string repair in set.Repairs)
            Add("repair", repair);
        return table.Footnote(!catalog.IsHere(set)
            ? $"It is not here: finml data fetch {set.Name} gets it."
            : set.Kind == DataKind.Panel
                ? $"DataCatalog.Open().Load(\"{set.Name}\") gives the panel."
                : $"It is {Workbench.Display(catalog.PathOf(set))}.");
    }

    private static string Span(DataSet set) => set.Start is null ? "" : $"{set.Start} to {set.End}";
}
