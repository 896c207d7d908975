using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Evaluation;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary><c>finml evaluate ledger</c>: what was tried, and whether the book of it is whole.</summary>
internal static class EvaluateLedgerCommand
{
    public static Command Create()
    {
        Option<string?> file = new("--file")
        {
            Description = "The ledger's file. [default: artifacts/ledger.db in the clone around this folder]",
            HelpName = "FILE",
        };
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("ledger", "List the experiments and their trials, and check the chain of hashes.")
        {
            file, json,
        };
        command.WithExamples("finml evaluate ledger", "finml evaluate ledger --file study/ledger.db --json");
        command.SetGuardedAction(result =>
        {
            try
            {
                using TrialLedger ledger = TrialLedger.OpenExisting(result.GetValue(file) ?? DefaultFile());
                return Show(result, ledger, result.GetValue(json));
            }
            catch (LedgerException error)
            {
                return DataOutput.Fail(result, error.Message);
            }
        });
        return command;
    }

    /// <summary>Where the notebooks keep their ledger.</summary>
    private static string DefaultFile() =>
        Path.Combine(Workbench.FindRoot(Environment.CurrentDirectory) ?? ".", "artifacts", "ledger.db");

    private static int Show(ParseResult result, TrialLedger ledger, bool json)
    {
        LedgerVerification chain = ledger.Verify();
        var experiments = ledger.Entries().GroupBy(entry => entry.Record.Experiment)
            .Select(group => (Name: group.Key, Entries: group.Count(), Trials: ledger.TrialCount(group.Key)))
            .ToList();
        if (json)
        {
            DataOutput.WriteJson(result, new
            {
                ledger.Path,
                chain.IsIntact,
                chain.Head,
                chain.Faults,
                Experiments = experiments.Select(e => new { e.Name, e.Entries, e.Trials }),
            });
        }
        else
        {
            Table table = new Table().Border(TableBorder.Simple).AddColumn(DataOutput.Column("Experiment"))
                .AddColumn(DataOutput.Column("Entries", number: true))
                .AddColumn(DataOutput.Column("Trials", number: true));
            foreach (var (name, entries, trials) in experiments)
                table.AddRow(Markup.Escape(name), DataOutput.Count(entries), DataOutput.Count(trials));
            IAnsiConsole console = DataOutput.Console(result);
            console.Write(table);
            console.WriteLine($"{chain.Entries} entries in {ledger.Path}; head {chain.Head}");
        }

        return chain.IsIntact
            ? ExitCode.Success
            : DataOutput.Fail(result, $"The ledger is not whole, {chain.Faults.Count} faults: {chain.Faults[0]}");
    }
}
