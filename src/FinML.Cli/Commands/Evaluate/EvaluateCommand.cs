using System.CommandLine;
using FinML.Cli.Terminal;

namespace FinML.Cli.Commands;

/// <summary><c>finml evaluate</c>: what results are evidence for.</summary>
internal static class EvaluateCommand
{
    public static Command Create() =>
        new Command("evaluate", "What results are evidence for: a report on returns, and the ledger of all that was "
            + "tried.")
    {
        EvaluateLedgerCommand.Create(),
    }.WithReturns().WithExamples(
        "finml evaluate returns.csv --benchmark market.csv --trials 40",
        "finml evaluate funds.csv --benchmark SP500 --strategy 'fund 3' --risk-free 0.02",
        "finml evaluate account.csv --prices --output report",
        "finml evaluate ledger",
        "finml evaluate ledger --json");
}
