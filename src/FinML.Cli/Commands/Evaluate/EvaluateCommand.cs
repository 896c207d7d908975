using System.CommandLine;
using FinML.Cli.Terminal;

namespace FinML.Cli.Commands;

/// <summary><c>finml evaluate</c>: what results are evidence for.</summary>
internal static class EvaluateCommand
{
    public static Command Create() =>
        new Command("evaluate", "What results are evidence for: the ledger of everything that was tried.")
    {
        EvaluateLedgerCommand.Create(),
    }.WithExamples(
        "finml evaluate ledger",
        "finml evaluate ledger --json");
}
