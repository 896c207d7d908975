using System.CommandLine;
using FinML.Cli.Terminal;

namespace FinML.Cli.Commands;

/// <summary><c>finml data</c>: what market data there is, whether it is intact, and how to add your own.</summary>
internal static class DataCommand
{
    public static Command Create() =>
        new Command("data", "The market data: list it, look at it, check it, get more, add your own, ask it with SQL.")
    {
        DataListCommand.Create(),
        DataShowCommand.Create(),
        DataVerifyCommand.Create(),
        DataFetchCommand.Create(),
        DataImportCommand.Create(),
        DataSqlCommand.Create(),
        DataEngineCommand.Create(),
    }.WithExamples(
        "finml data list",
        "finml data show sp500",
        "finml data verify",
        "finml data fetch vix",
        "finml data import prices.csv --name mine",
        "finml data sql \"SELECT max(close) FROM sp500\"");
}
