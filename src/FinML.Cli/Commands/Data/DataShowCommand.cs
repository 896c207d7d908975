using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Data;
using FinML.Figures;
using Spectre.Console;
using Panel = FinML.Data.Panel;
using Table = Spectre.Console.Table;

namespace FinML.Cli.Commands;

/// <summary><c>finml data show NAME</c>: what a data set is, its first rows, gaps, numbers and a plot.</summary>
internal static class DataShowCommand
{
    private const int MostColumns = 9, DateWidth = 12, ValueWidth = 11;

    public static Command Create()
    {
        Argument<string> name = new("NAME") { Description = "The data set; finml data list names them." };
        Option<string?> asset = new("--asset")
        {
            Description = "The asset to plot. [default: the first]",
            HelpName = "ASSET",
        };
        Option<string?> field = new("--field")
        {
            Description = "The field to plot. [default: close, or the first]",
            HelpName = "FIELD",
        };
        Option<int> rows = new("--rows")
        {
            Description = "How many first rows to print.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        Option<string?> root = DataOutput.RootOption();
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("show", "Show a data set: source, known defects, first rows, gaps, summary, a plot.")
        {
            name, asset, field, rows, root, json,
        };
        command.WithExamples("finml data show sp500", "finml data show dow30 --asset IBM", "finml data show fred "
            + "--json");
        command.SetGuardedAction(result =>
        {
            int head = result.GetValue(rows);
            if (head is < 0 or > 10_000)
            {
                throw new ArgumentException($"--rows is {head}; it must be in [0, 10000].");
            }

            DataCatalog catalog = DataCatalog.Open(result.GetValue(root));
            DataSet set = catalog.Find(result.GetValue(name)!);
            Panel? panel = set.Kind == DataKind.Panel ? catalog.Load(set.Name) : null;
            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, new
                {
                    Entry = set,
                    Gaps = panel is null || set.IsOrdinal ? null : Gaps(set, panel),
                    Columns = panel is null ? null : ColumnSummary.Of(panel),
                });
                return ExitCode.Success;
            }

            // The choice of a column is checked before anything is printed.
            int a = panel is not null && result.GetValue(asset) is { } wanted ? panel.AssetIndex(wanted) : 0;
            int f = panel?.FieldIndex(result.GetValue(field) ?? (panel.HasField("close") ? "close"
                : panel.Fields[0])) ?? 0;
            IAnsiConsole console = DataOutput.Console(result);
            PrintEntry(console, set, catalog.PathOf(set));
            if (set.Kind == DataKind.Archive)
            {
                return ExitCode.Success;
            }

            if (panel is null)
            {
                string[] lines = catalog.ReadText(set.Name).Split('\n');
                console.WriteLine(string.Join('\n', lines.Take(head + 1).Select(l => l.TrimEnd('\r'))));
                return ExitCode.Success;
            }

            PrintHead(console, set, panel, head);
            PrintGaps(console, set, panel);
            PrintSummary(console, panel);
            console.WriteLine();
            console.WriteLine($"{panel.Assets[a]} {panel.Fields[f]}");
            console.WriteLine(Plot(set, panel, a, f, Math.Clamp(console.Profile.Width - 2, 40, 100)));
            return ExitCode.Success;
        });
        return command;
    }

    private static void PrintEntry(IAnsiConsole console, DataSet set, string path)
    {
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        void Line(string label, string text) => grid.AddRow($"[grey]{label}[/]", Markup.Escape(text));
        console.MarkupLine($"[bold]{Markup.Escape(set.Name)}[/]  {Markup.Escape(set.Title)}");
        Line("file", path);
        Line("sha256", set.Sha256);
        Line("rows",
            set.Start is null ? DataOutput.Count(set.Rows) : $"{DataOutput.Count(set.Rows)}, {set.Start} .. {set.End}"
            + $"{(set.IsOrdinal ? " (numbered, no dates)" : "")}, {set.Frequency}");
        Line("units", set.Units);
        if (set.AvailableAfterHours is { } hours)
        {
            Line("known after", $"{hours:0.##} hours");
        }

        Line("source", $"{set.Source.Registry} {set.Source.Package} {set.Source.Version} {set.Source.Object}");
        Line("licence", set.Licence);
        foreach (string defect in set.Defects)
        {
            Line("defect", defect);
        }

        foreach (string repair in set.Repairs)
        {
            Line("repair", repair);
        }

        console.Write(grid);
    }

    private static void PrintHead(IAnsiConsole console, DataSet set, Panel panel, int head)
    {
        (int Asset, int Field)[] columns = [.. from a in Enumerable.Range(0, panel.Assets.Count)
                                               from f in Enumerable.Range(0, panel.Fields.Count)
                                               select (a, f)];
        int fitting = Math.Clamp((console.Profile.Width - DateWidth) / ValueWidth, 3, MostColumns);
        (int Asset, int Field)[] shown = [.. columns.Take(fitting)];
        Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column(set.Time == "none" ? "row"
            : set.Columns[0]));
        foreach ((int a, int f) in shown)
        {
            table.AddColumn(DataOutput.Column(
                set.Layout == "assets" ? panel.Assets[a] : panel.Fields[f], number: true));
        }

        for (int t = 0; t < Math.Min(head, panel.Length); t++)
        {
            table.AddRow([DataOutput.Time(set, panel.Times[t]),
                .. shown.Select(c =>
                double.IsNaN(panel[t, c.Asset, c.Field]) ? "-" : DataOutput.Number(panel[t, c.Asset, c.Field]))]);
        }

        console.Write(table);
        if (columns.Length > shown.Length)
        {
            console.WriteLine($"and {columns.Length - shown.Length} more columns");
        }
    }

    private static string[] Gaps(DataSet set, Panel panel) => [.. TimeGaps.RowsAfter(panel.Times)
        .Select(t => $"{DataOutput.Time(set, panel.Times[t - 1])} .. {DataOutput.Time(set, panel.Times[t])}")];

    private static void PrintGaps(IAnsiConsole console, DataSet set, Panel panel)
    {
        string[] gaps = set.IsOrdinal ? [] : Gaps(set, panel);
        console.WriteLine(gaps.Length == 0
            ? $"gaps: none longer than {TimeGaps.Factor} times the usual spacing"
            : $"gaps: {gaps.Length} longer than {TimeGaps.Factor} times the usual spacing, the longest: "
            + $"{string.Join("; ", gaps.Take(5))}");
    }

    private static void PrintSummary(IAnsiConsole console, Panel panel)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column("column"));
        string[] headers = ["values", "missing", "flat", "first", "last", "lowest", "highest", "mean"];
        foreach (string header in headers)
        {
            table.AddColumn(DataOutput.Column(header, number: true));
        }

        foreach (ColumnSummary c in ColumnSummary.Of(panel))
        {
            // The part that is the same in every row says nothing.
            string name = panel.Assets.Count == 1 ? c.Field
                : panel.Fields.Count == 1 ? c.Asset : $"{c.Asset}.{c.Field}";
            table.AddRow(Markup.Escape(name), DataOutput.Count(c.Count), DataOutput.Count(c.Missing),
                DataOutput.Count(c.Unchanged), DataOutput.Short(c.First), DataOutput.Short(c.Last),
                DataOutput.Short(c.Minimum), DataOutput.Short(c.Maximum), DataOutput.Short(c.Mean));
        }

        console.Write(table);
    }

    private static string Plot(DataSet set, Panel panel, int asset, int field, int width)
    {
        double[] values = panel.Column(asset, field).ToArray();
        return set.IsOrdinal ? TextPlot.Line(values, width) : TextPlot.Line(panel.Times, values, width);
    }
}
