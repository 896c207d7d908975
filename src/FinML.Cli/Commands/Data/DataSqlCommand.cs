using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Data;
using FinML.Data.Store;

namespace FinML.Cli.Commands;

/// <summary><c>finml data sql</c>: a statement of SQL over the data sets and stores, as a table, JSON or
/// CSV.</summary>
internal static class DataSqlCommand
{
    private const long Megabyte = 1 << 20;

    public static Command Create()
    {
        Argument<string> sql = new("SQL")
        {
            Description = "The statement, in DuckDB's SQL. The data sets and stores are views of their names, with _ "
                + "for -.",
        };
        Option<string[]> stores = new("--store")
        {
            Description = "The folder of a panel store; the view has the folder's name. [default: those in stores/ "
                + "beside the catalogue]",
            HelpName = "DIR",
        };
        Option<int> rows = new("--rows")
        {
            Description = "The most rows of a table that are printed; JSON and CSV have all.",
            HelpName = "N",
            DefaultValueFactory = _ => 40,
        };
        Option<int> memory = new("--memory")
        {
            Description = "DuckDB's memory in MB; what does not fit is spilled to the disk.",
            HelpName = "MB",
            DefaultValueFactory = _ => 1024,
        };
        Option<bool> csv = new("--csv") { Description = "Print CSV." };
        Option<string?> root = DataOutput.RootOption();
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("sql", "Ask the data sets and panel stores with SQL (DuckDB).")
        {
            sql, stores, rows, memory, root, csv, json,
        };
        command.WithExamples(
            "finml data sql \"SELECT year(date) AS year, last(close ORDER BY date) AS close FROM sp500 GROUP BY 1 "
                + "ORDER BY 1\"",
            "finml data sql \"SHOW TABLES\"",
            "finml data sql \"SELECT corr(g.gold, g.silver) FROM gold_silver g\" --json",
            "finml data sql \"SELECT symbol, count(*) FROM bars GROUP BY 1\" --store ~/stores/bars --csv");
        command.SetGuardedAction((result, stop) =>
        {
            if (result.GetValue(csv) && result.GetValue(json))
                throw new ArgumentException("--csv and --json exclude each other.");
            if (result.GetValue(rows) < 1)
                throw new ArgumentException($"--rows is {result.GetValue(rows)}; it must be 1 or more.");
            string statement = result.GetValue(sql)!;
            try
            {
                using DuckDbConnection connection = DuckDbConnection.Open(new DuckDbOptions
                { MemoryBytes = result.GetValue(memory) * Megabyte });
                CatalogViews.Create(connection, DataCatalog.Open(result.GetValue(root)), result.GetValue(stores) ?? [],
                    statement);
                using DuckDbResult rowsOfIt = connection.Query(statement, stop);
                TextWriter output = result.InvocationConfiguration.Output;
                if (result.GetValue(json))
                    SqlOutput.WriteJson(rowsOfIt, output);
                else if (result.GetValue(csv))
                    SqlOutput.WriteCsv(rowsOfIt, output);
                else
                    SqlOutput.WriteTable(rowsOfIt, DataOutput.Console(result), result.GetValue(rows));
                return Task.FromResult(ExitCode.Success);
            }
            catch (DuckDbException e)
            {
                return Task.FromResult(DataOutput.Fail(result, e.Message));
            }
        });
        return command;
    }
}
