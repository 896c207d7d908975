using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Doctor;
using FinML.Cli.Terminal;
using Spectre.Console;

namespace FinML.Cli.Commands;

/// <summary><c>finml doctor</c>: this machine beside environment.json.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        var root = new Option<string?>("--root")
        {
            Description = "The folder of the clone. [default: the one around the current directory]",
            HelpName = "DIR",
        };
        var command = new Command(
            "doctor", "Compare this machine with environment.json: SDK, packages, torch engine, data, hardware.")
        {
            root, json,
        };
        command.WithExamples("finml doctor", "finml doctor --json");
        command.SetAction(async (result, stop) =>
        {
            var folder = result.GetValue(root) ?? Workbench.FindRoot(Environment.CurrentDirectory)
                ?? throw new UserErrorException(
                    $"No environment.json in {Environment.CurrentDirectory} or above: "
                    + "run it in the clone, or give --root.");
            var findings = await Examination.RunAsync(folder, stop);
            return Report(findings, result.GetValue(json));
        });
        return command;
    }

    private static int Report(IReadOnlyList<Finding> findings, bool json)
    {
        var bad = findings.Where(f => f.Verdict is Verdict.Missing or Verdict.Wrong).ToList();
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["ok"] = bad.Count == 0,
                ["findings"] = new JsonArray([.. findings.Select(f => (JsonNode)new JsonObject
                {
                    ["name"] = f.Name,
                    ["expected"] = f.Expected,
                    ["found"] = f.Found,
                    ["verdict"] = f.Verdict.ToString().ToLowerInvariant(),
                })]),
            }.ToJsonString());
        }
        else
        {
            Print(findings);
        }

        if (bad.Count == 0)
            return ExitCode.Success;
        var first = bad[0];
        var more = bad.Count > 1 ? $", and {bad.Count - 1} more" : "";
        return CommandLine.Fail($"{first.Name} is {first.Verdict.ToString().ToLowerInvariant()} "
            + $"(expected {first.Expected}, found {first.Found}){more}. "
            + (first.Advice ?? "Restore it from the repository with 'git checkout'."));
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = Console.IsOutputRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
            console.Profile.Width = 200;
        var table = new Spectre.Console.Table().Border(TableBorder.Simple)
            .AddColumns("", "What", "environment.json", "This machine");
        foreach (var finding in findings)
        {
            var mark = finding.Verdict switch
            {
                Verdict.Same => "[green]same[/]",
                Verdict.Differs => "[yellow]differs[/]",
                Verdict.Noted => "[grey]noted[/]",
                _ => $"[red]{finding.Verdict.ToString().ToLowerInvariant()}[/]",
            };
            table.AddRow(
                mark, Markup.Escape(finding.Name), Markup.Escape(finding.Expected), Markup.Escape(finding.Found));
        }

        console.Write(table);
        var differs = findings.Count(f => f.Verdict == Verdict.Differs);
        var bad = findings.Count(f => f.Verdict is Verdict.Missing or Verdict.Wrong);
        console.WriteLine(differs == 0
            ? bad == 0 ? "Nothing differs." : "Apart from what is missing or wrong, nothing differs."
            : $"{differs} differ: expect other times and memory, and other last digits with another torch engine.");
    }
}
