using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Data;

namespace FinML.Cli.Commands;

/// <summary><c>finml data import</c>: a user's price file into the user's catalogue, or the reasons why not.</summary>
internal static class DataImportCommand
{
    public static Command Create()
    {
        Argument<string> file = new("FILE.csv")
        {
            Description = "The file: CSV with , ; | or tab, plain, gzip or in a zip archive.",
        };
        Option<string> name = new("--name")
        {
            Description = "The name of the data set: a-z, 0-9, '.', '_', '-'.",
            Required = true,
            HelpName = "NAME",
        };
        Option<string?> into = new("--into")
        {
            Description = "The folder to write to; read it with FINML_DATA=DIR or --data DIR. [default: user/ beside "
                + "the "
                + "catalogue, which is listed with the rest and ignored by git]",
            HelpName = "DIR",
        };
        Option<bool> force = new("--force")
        {
            Description = "Replace your data set of that name. Bad rows are refused all the same.",
        };
        Option<string?> order = new("--date-order") { Description = "dmy or mdy, for dates such as 03/04/2020." };
        Option<string?> mark = new("--decimal") { Description = "The decimal mark, '.' or ','." };
        order.AcceptOnlyFromAmong("dmy", "mdy");
        mark.AcceptOnlyFromAmong(".", ",");
        Option<string?> root = DataOutput.RootOption();
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("import", "Add a price file of yours: Date, Open, High, Low, Close, Adj Close, Volume "
            + "by their "
            + "usual names. Refuses what cannot be trusted, by row, and then writes nothing.")
        {
            file, name, into, force, order, mark, root, json,
        };
        command.WithExamples(
            "finml data import prices.csv --name mine",
            "finml data import kurse.csv --name dax --date-order dmy --decimal ,",
            "finml data import prices.csv --name mine --into ~/market-data --force");
        command.SetGuardedAction(result =>
        {
            string path = result.GetValue(file)!;
            ImportReport report = CsvImport.Read(SourceOf(path), new ImportOptions
            {
                Name = result.GetValue(name)!,
                Now = DateTime.UtcNow,
                DateOrder = result.GetValue(order),
                DecimalMark = result.GetValue(mark)?[0],
            });
            DataSet? entry = null;
            string? folder = null;
            if (report.Accepted)
            {
                folder = result.GetValue(into) ?? UserCatalog.FolderOf(DataCatalog.Open(result.GetValue(root)));
                entry = UserCatalog.Add(folder, report, path, result.GetValue(force));
            }

            return Report(result, result.GetValue(json), report, entry, folder, path);
        });
        return command;
    }

    private static TextSource SourceOf(string path) => File.Exists(path)
        ? TextSource.OfFile(path)
        : throw new DataException($"There is no file {Path.GetFullPath(path)}.");

    private static int Report(ParseResult result, bool json, ImportReport report, DataSet? entry, string? folder,
        string path)
    {
        if (json)
        {
            DataOutput.WriteJson(result, new
            {
                report.Name,
                report.Accepted,
                report.ProblemCount,
                report.Problems,
                report.Repairs,
                report.Notes,
                report.Mapping,
                Entry = entry,
                Folder = folder,
            });
        }
        else
        {
            TextWriter output = result.InvocationConfiguration.Output;
            if (report.Mapping.Count > 0)
            {
                output.WriteLine($"columns: {string.Join(", ", report.Mapping)}");
            }

            foreach (ImportProblem problem in report.Problems)
            {
                output.WriteLine($"refused: {problem}");
            }

            foreach (string note in report.Notes)
            {
                output.WriteLine($"note:    {note}");
            }

            if (entry is not null)
            {
                output.WriteLine($"imported '{entry.Name}': {DataOutput.Count(entry.Rows)} rows, {entry.Frequency}, "
                    + $"{entry.Start} .. "
                    + $"{entry.End}, into {Path.Combine(folder!, entry.File)}");
            }
        }

        return report.Accepted
            ? ExitCode.Success
            : DataOutput.Fail(result, $"{path} was refused and nothing was written: {report.ProblemCount} "
                + $"problem{(report.ProblemCount == 1 ? "" : "s")}, first: {report.Problems[0]}");
    }
}
