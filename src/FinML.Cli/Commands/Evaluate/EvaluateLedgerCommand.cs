using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Evaluation;

namespace FinML.Cli.Commands;

/// <summary><c>finml evaluate ledger</c>: what was tried, registered and opened, and whether the book of it is
/// whole.</summary>
internal static class EvaluateLedgerCommand
{
    private const string PostgresVariable = NotebookHooks.LedgerServer;

    public static Command Create()
    {
        Option<string?> file = new("--file")
        {
            Description = "The ledger's file. [default: artifacts/ledger.db in the clone around this folder]",
            HelpName = "FILE",
        };
        Option<string?> postgres = new("--postgres")
        {
            Description = "The ledger on a PostgreSQL server: a connection string, or that of "
                + $"{PostgresVariable} where none is given; the password best in PGPASSWORD.",
            HelpName = "CONNECTION",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> head = new("--head")
        {
            Description = "A head that was published before, which must still be in the chain.",
            HelpName = "HASH",
        };
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("ledger",
            "Show what was tried: experiments with their raw and effective number of trials, registered hypotheses, "
            + "openings of hold-outs, and whether the chain of hashes is whole.")
        {
            file, postgres, head, json,
        };
        command.WithExamples(
            "finml evaluate ledger",
            "finml evaluate ledger --file study/ledger.db --json",
            "finml evaluate ledger --postgres \"Host=db;Database=research;Username=me\"",
            "finml evaluate ledger --head 648fd78434ca...  # the head that a report printed");
        command.SetGuardedAction(result =>
        {
            bool onServer = result.GetResult(postgres) is { Implicit: false };
            if (onServer && result.GetValue(file) is not null)
                throw new ArgumentException("--file and --postgres exclude each other.");
            try
            {
                using TrialLedger ledger = onServer
                    ? TrialLedger.OpenExistingPostgres(Connection(result.GetValue(postgres)))
                    : TrialLedger.OpenExisting(result.GetValue(file) ?? NotebookHooks.LedgerFile());
                return Show(result, ledger, result.GetValue(head), result.GetValue(json));
            }
            catch (LedgerException error)
            {
                return DataOutput.Fail(result, error.Message);
            }
        });
        return command;
    }

    private static int Show(ParseResult result, TrialLedger ledger, string? head, bool json)
    {
        LedgerVerification chain = ledger.Verify(head);
        if (json)
            DataOutput.WriteJson(result, LedgerOutput.Json(ledger, chain));
        else
            LedgerOutput.Write(DataOutput.Console(result), ledger, chain);
        return chain.IsIntact
            ? ExitCode.Success
            : DataOutput.Fail(result, $"The ledger is not whole ({chain.Faults.Count} "
                + $"fault{(chain.Faults.Count == 1 ? "" : "s")}): {chain.Faults[0]}");
    }

    private static string Connection(string? given) => !string.IsNullOrWhiteSpace(given)
        ? given
        : Environment.GetEnvironmentVariable(PostgresVariable) is { Length: > 0 } variable
            ? variable
            : throw new ArgumentException(
                $"--postgres needs a connection string, such as \"Host=db;Database=research\", or {PostgresVariable}.");
}
