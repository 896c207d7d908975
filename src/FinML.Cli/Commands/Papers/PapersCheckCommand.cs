using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary><c>finml papers check</c>: runs the notebooks of papers and holds every claim against what comes
/// out.</summary>
internal static class PapersCheckCommand
{
    private sealed record Settings(double? TimeoutSeconds, string Output, int Parallel, string? JUnit, bool Json);

    public static Command Create()
    {
        var names = PaperFolders.Names();
        var timeout = NotebookOptions.Timeout();
        var output = new Option<string?>("--output")
        {
            Description = "The folder for the fresh notebooks and their runs' files. [default: artifacts/papers/check]",
            HelpName = "DIR",
        };
        var parallel = NotebookOptions.Parallel();
        var junit = new Option<string?>("--junit")
        {
            Description = "Also write a JUnit report: a suite for each paper, a case for each claim.",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Print the verdicts as a JSON list." };
        var command = new Command(
            "check",
            "Run the notebooks of papers and compare each claim with its published value and with the stored run."
            + " Exit code 0: all is as the papers say; 3: a claim differs or moved; 1: a mistake, or a cell threw;"
            + " 2: time-out.")
        {
            names, timeout, output, parallel, junit, json,
        };
        command.WithExamples(
            "finml papers check",
            "finml papers check stylized-facts --timeout 600",
            "finml papers check --parallel 2 --junit artifacts/papers.xml");
        command.SetAction(async (result, stop) =>
        {
            var settings = new Settings(
                NotebookOptions.Seconds(result.GetValue(timeout)),
                result.GetValue(output) ?? Path.Combine(Workbench.Artifacts(), "papers", "check"),
                result.GetValue(parallel), result.GetValue(junit), result.GetValue(json));
            return await CheckAsync(PaperFolders.Read(result.GetValue(names) ?? []), settings, stop);
        });
        return command;
    }

    private static async Task<int> CheckAsync(
        IReadOnlyList<Paper> papers, Settings settings, CancellationToken stop)
    {
        // A slip in a file must not cost the time of the runs.
        var slips = papers.SelectMany(paper => paper.Problems).ToList();
        if (slips.Count > 0)
        {
            PaperFolders.Say(slips);
            return CommandLine.Fail($"nothing was run: {PaperFolders.Count(slips.Count, "mistake")}.");
        }

        var notebooks = papers.SelectMany(paper => paper.Notebooks.Select(name => Path.Combine(paper.Root, name)))
            .Distinct().Select(Workbench.Display).ToList();
        NotebookOptions.RefuseSameNames(notebooks);
        var runs = notebooks.Count == 0 ? new Dictionary<string, FreshRun>()
            : await FreshRun.OfAsync(
                notebooks, settings.Output, settings.TimeoutSeconds, settings.Parallel, stop);
        var reports = papers.Select(paper => PaperReport.Of(paper, name =>
            runs[Workbench.Display(Path.Combine(paper.Root, name))])).ToList();

        if (settings.Json)
            Console.WriteLine(new JsonArray([.. reports.Select(report => (JsonNode)report.Json())]).ToJsonString());
        else
            reports.ForEach(report => report.Write(Console.Out));
        foreach (var report in reports)
            PaperFolders.Say(report.Mistakes);
        if (settings.JUnit is { } file)
            JUnitReport.Write([.. reports.Select(report => report.Suite())], file);
        return ChildRuns.Worst(reports.Select(report => report.Code).Concat(runs.Values.Select(run => run.Code)));
    }
}
