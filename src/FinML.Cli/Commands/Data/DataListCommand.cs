using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Data;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary><c>finml data list</c>: all data sets of the catalogue, and the user's.</summary>
internal static class DataListCommand
{
    private const int WideTerminal = 110;

    public static Command Create()
    {
        Option<string?> root = DataOutput.RootOption();
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("list", "List the data sets: name, rows, span, frequency and what they are, and which "
            + "can be fetched.")
        {
            root, json,
        };
        command.WithExamples("finml data list", "finml data list --json");
        command.SetGuardedAction(result =>
        {
            DataCatalog catalog = DataCatalog.Open(result.GetValue(root));
            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, catalog.DataSets.Select(set => Entry(catalog, set)));
                return ExitCode.Success;
            }

            IAnsiConsole console = DataOutput.Console(result);
            // Years alone, and no column of frequencies (the title says it), where the terminal is narrow.
            bool wide = console.Profile.Width >= WideTerminal;
            Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column("Name"))
                .AddColumn(DataOutput.Column("Rows", number: true))
                .AddColumn(DataOutput.Column("Series", number: true)).AddColumn(DataOutput.Column("Span"));
            if (wide)
                table.AddColumn(DataOutput.Column("Frequency"));
            table.AddColumn(new TableColumn("What it is").PadLeft(0)).AddColumn(DataOutput.Column(""));
            foreach (DataSet set in catalog.DataSets)
            {
                bool here = !set.Fetchable || catalog.IsHere(set);
                bool panel = set.Kind == DataKind.Panel;
                string[] cells = [set.Name, DataOutput.Count(set.Rows),
                    panel ? DataOutput.Count(set.SeriesCount) : "", panel ? Span(set, wide) : "",
                    .. wide ? [set.Frequency] : Array.Empty<string>(), set.Title];
                table.AddRow([.. cells.Select(Markup.Escape).Select(cell => here ? cell : $"[grey]{cell}[/]"),
                    set.Fetchable ? here ? "here" : "[grey]fetch it[/]" : ""]);
            }

            console.Write(table);
            int absent = catalog.DataSets.Count(s => s.Fetchable && !catalog.IsHere(s));
            string more = absent == 0
                ? "."
                : $"; {absent} more may not be shipped: finml data fetch NAME gets them.";
            console.WriteLine($"{catalog.DataSets.Count - absent} data sets in {catalog.Root}{more}");
            console.WriteLine("finml data show NAME says more, and what is known to be wrong with it.");
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>The entry as catalog.json has it, and whether its file is here.</summary>
    private static JsonObject Entry(DataCatalog catalog, DataSet set)
    {
        JsonObject entry = DataOutput.ToJson(set);
        entry["here"] = catalog.IsHere(set);
        return entry;
    }

    private static string Span(DataSet set, bool wide) => wide
        ? $"{Start(set.Start, 10)} .. {Start(set.End, 10)}"
        : set.IsOrdinal ? $"{set.Start}..{set.End}" : $"{Start(set.Start, 4)}..{Start(set.End, 4)}";

    private static string Start(string? time, int length) => time is null ? "" : time[..Math.Min(length, time.Length)];
}
