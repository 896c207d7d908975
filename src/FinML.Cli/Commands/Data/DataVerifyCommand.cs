using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Data;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary><c>finml data verify</c>: every file against its hash and its invariants.</summary>
internal static class DataVerifyCommand
{
    public static Command Create()
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "The data sets to check. [default: all]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> root = DataOutput.RootOption();
        Option<bool> json = DataOutput.JsonOption();
        Command command = new("verify", "Check every file: its SHA-256, rows, span, order of time, prices above 0, "
            + "bars.")
        {
            names, root, json,
        };
        command.WithExamples("finml data verify", "finml data verify sp500 dow30", "finml data verify --json");
        command.SetGuardedAction(result =>
        {
            DataCatalog catalog = DataCatalog.Open(result.GetValue(root));
            string[] wanted = result.GetValue(names) ?? [];
            VerifyReport report = wanted.Length == 0
                ? catalog.Verify()
                : new VerifyReport([.. wanted.Select(catalog.Find).Distinct().Select(catalog.Verify)]);
            if (result.GetValue(json))
            {
                DataOutput.WriteJson(result, report);
            }
            else
            {
                Print(DataOutput.Console(result), report);
            }

            DataSetCheck[] bad = [.. report.Checks.Where(c => !c.Passed)];
            return bad.Length == 0
                ? ExitCode.Success
                : DataOutput.Fail(result,
                $"{bad.Length} of {report.Checks.Count - report.Absent.Count()} data sets are not what the catalogue "
                    + $"says: {bad[0].Problems[0]} Restore the file with 'git checkout -- data', or fetch or import "
                    + "it again.");
        });
        return command;
    }

    private static void Print(IAnsiConsole console, VerifyReport report)
    {
        foreach (DataSetCheck check in report.Checks.Where(c => !c.Absent))
        {
            console.MarkupLine($"{(check.Passed ? "[green]ok    [/]" : "[red]failed[/]")} {Markup.Escape(check.Name)}");
            foreach (string problem in check.Problems)
            {
                console.MarkupLine($"       {Markup.Escape(problem)}");
            }
        }

        string[] absent = [.. report.Absent.Select(c => c.Name)];
        int here = report.Checks.Count - absent.Length;
        console.WriteLine($"{report.Checks.Count(c => c.Passed && !c.Absent)} of {here} data sets are what the "
            + "catalogue says.");
        if (absent.Length > 0)
        {
            console.WriteLine($"{absent.Length} may not be shipped and are not here (finml data fetch NAME gets them): "
                + $"{string.Join(", ", absent)}.");
        }
    }
}
