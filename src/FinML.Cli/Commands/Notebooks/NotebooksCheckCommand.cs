using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml notebooks check</c>: runs committed notebooks again and compares stored with fresh
/// outputs.</summary>
internal static class NotebooksCheckCommand
{
    private sealed record Settings(
        IReadOnlyList<string> Notebooks, OutputTolerance Tolerance, double? TimeoutSeconds, string Output, int Parallel,
        string? JUnit, bool Json);

    public static Command Create()
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "Notebooks, or folders of them. [default: notebooks/ of the clone]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var relative = new Option<double>("--tolerance")
        {
            Description = "How far a number may differ, relative to the larger of the two.",
            HelpName = "R",
            DefaultValueFactory = _ => new OutputTolerance().Relative,
        };
        var absolute = new Option<double>("--absolute")
        {
            Description = "How far a number may differ in its own units, whatever its size.",
            HelpName = "A",
            DefaultValueFactory = _ => new OutputTolerance().Absolute,
        };
        var timeout = NotebookOptions.Timeout();
        var output = new Option<string?>("--output")
        {
            Description = "The folder for the fresh notebooks and their runs' files. [default: artifacts/check]",
            HelpName = "DIR",
        };
        var parallel = NotebookOptions.Parallel();
        var junit = NotebookOptions.JUnit();
        var json = new Option<bool>("--json") { Description = "Print the findings as a JSON list." };

        var command = new Command(
            "check",
            "Run notebooks again and compare stored with fresh outputs. Exit code 0: the same; 3: something differs;"
            + " 1: a cell threw; 2: time-out.\n"
            + "Tags of cells: nbval-ignore-output (run, not compared), nbval-skip (not run), raises-exception.")
        {
            files, relative, absolute, timeout, output, parallel, junit, json,
        };
        command.WithExamples(
            "finml notebooks check",
            "finml notebooks check notebooks/01-stylized-facts.ipynb --tolerance 1e-6",
            "finml notebooks check notebooks --parallel 2 --timeout 1800 --junit artifacts/check.xml",
            "finml notebooks check paper.ipynb --json");
        command.SetAction(async (result, stop) =>
        {
            var tolerance = new OutputTolerance
            {
                Relative = result.GetValue(relative),
                Absolute = result.GetValue(absolute),
            };
            tolerance.Validate();
            var settings = new Settings(
                NotebookOptions.Expand(result.GetValue(files) is { Length: > 0 } given ? given : [DefaultFolder()]),
                tolerance, NotebookOptions.Seconds(result.GetValue(timeout)),
                result.GetValue(output) ?? Path.Combine(Workbench.Artifacts(), "check"),
                result.GetValue(parallel), result.GetValue(junit), result.GetValue(json));
            NotebookOptions.RefuseSameNames(settings.Notebooks);
            var reports = settings.Notebooks.Count == 1
                ? [await CheckAsync(settings, settings.Notebooks[0], stop)]
                : await CheckSeveralAsync(settings, stop);
            return Finish(settings, reports);
        });
        return command;
    }

    private static async Task<CheckReport> CheckAsync(Settings settings, string notebook, CancellationToken stop)
    {
        var stored = NotebookFile.Read(notebook);
        var name = Path.GetFileNameWithoutExtension(notebook);
        var fresh = Path.Combine(settings.Output, $"{name}.ipynb");
        if (string.Equals(Path.GetFullPath(fresh), Path.GetFullPath(notebook), StringComparison.Ordinal))
        {
            throw new UserErrorException(
                $"--output {settings.Output} is the folder of {notebook}, which a check leaves as it is.");
        }

        var runs = Path.Combine(settings.Output, "runs");
        var hash = stored.SourceHash(new Dictionary<string, string>());
        RunFolder? lease = null;
        var options = Workbench.HostOptions(notebook) with
        {
            RunDirectory = RunFolder.PathOf(runs, name, hash),
            Timeout = settings.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            BeforeFirstCell = () => lease = RunFolder.Open(runs, name, hash, resume: false),
        };
        try
        {
            var result = await RunDisplay.ShowAsync(
                progress => new NotebookChecker(options, settings.Tolerance, progress).CheckAsync(stored, stop));
            if (result.Run is not { } run)
                return CheckReport.Of(notebook, result, fresh: null);
            NotebookFile.Write(run.Executed, fresh);
            if (run.Error is { } error)
                NotebookOutput.Fail(notebook, error);
            return CheckReport.Of(notebook, result, fresh);
        }
        catch (NotebookException refused)
        {
            NotebookOutput.Refuse(notebook, refused);
            return CheckReport.Refused(notebook, refused.Message);
        }
        finally
        {
            lease?.Dispose();
        }
    }

    private static async Task<IReadOnlyList<CheckReport>> CheckSeveralAsync(Settings settings, CancellationToken stop)
    {
        string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var outcomes = await ChildRuns.RunAsync(
            [.. settings.Notebooks.Select(notebook => new ChildRuns.Job(
                Path.GetFileNameWithoutExtension(notebook),
                [
                    "notebooks", "check", notebook, "--output", settings.Output, "--json",
                    "--tolerance", Exact(settings.Tolerance.Relative), "--absolute", Exact(settings.Tolerance.Absolute),
                    .. NotebookOptions.TimeoutArguments(settings.TimeoutSeconds),
                ]))],
            settings.Parallel, stop);
        return
        [
            .. settings.Notebooks.Zip(outcomes, (notebook, outcome) =>
                NotebookOutput.Json(outcome.Output) is { } json
                    ? json.Deserialize<CheckReport[]>(CheckReport.Format)![0]
                    : CheckReport.Refused(notebook, outcome.Error ?? "it was stopped.", outcome.Code)),
        ];
    }

    private static int Finish(Settings settings, IReadOnlyList<CheckReport> reports)
    {
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(reports, CheckReport.Format));
        }
        else
        {
            foreach (var report in reports)
                report.Write(Console.Out);
        }

        if (settings.JUnit is { } file)
            JUnitReport.Write([.. reports.Select(report => report.Suite())], file);
        return ChildRuns.Worst(reports.Select(report => report.Code));
    }

    private static string DefaultFolder()
    {
        var root = Workbench.FindRoot(Environment.CurrentDirectory);
        var folder = Path.Combine(root ?? Environment.CurrentDirectory, "notebooks");
        return Directory.Exists(folder)
            ? folder
            : throw new UserErrorException($"{folder} is not there: name the notebooks to check.");
    }
}
