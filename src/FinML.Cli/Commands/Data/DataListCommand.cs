using System.CommandLine;
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
        Command command = new("list", "List the data sets: name, rows, span, frequency and what they are.") { root,
            json };
        command.WithExamples("finml data list", "finml data list --json");
        command.SetGuardedAction(result =>
        {
            DataCatalog catalog = DataCatalog.Open(result.GetValue(root));
            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, catalog.DataSets);
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
            table.AddColumn(new TableColumn("What it is").PadLeft(0));
            foreach (DataSet set in catalog.DataSets)
            {
                bool panel = set.Kind == DataKind.Panel;
                string[] cells = [set.Name, DataOutput.Count(set.Rows),
                    panel ? DataOutput.Count(set.Columns.Count - 1) : "", panel ? Span(set, wide) : "",
                    .. wide ? [set.Frequency] : Array.Empty<string>(), set.Title];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }

            console.Write(table);
            console.WriteLine($"{catalog.DataSets.Count} data sets in {catalog.Root}.");
            console.WriteLine("finml data show NAME says more, and what is known to be wrong with it.");
            return ExitCode.Success;
        });
        return command;
    }

    private static string Span(DataSet set, bool wide) => wide
        ? $"{Start(set.Start, 10)} .. {Start(set.End, 10)}"
        : set.IsOrdinal ? $"{set.Start}..{set.End}" : $"{Start(set.Start, 4)}..{Start(set.End, 4)}";

    private static string Start(string? time, int length) => time is null ? "" : time[..Math.Min(length, time.Length)];
}
