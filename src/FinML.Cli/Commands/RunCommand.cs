using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml run</c>: executes notebooks and leaves them with their outputs, and as pages.</summary>
internal static class RunCommand
{
    private sealed record Settings(
        IReadOnlyList<string> Notebooks, IReadOnlyList<string> Given, IReadOnlyDictionary<string, string> Parameters,
        bool Resume, bool NoCache, double? TimeoutSeconds, string Output, int Parallel, string? JUnit, bool Json);

    public static Command Create()
    {
        var notebooks = new Argument<string[]>("NOTEBOOK")
        {
            Description = "The notebook, an .ipynb file; several run in processes of their own.",
            Arity = ArgumentArity.OneOrMore,
        };
        var parameters = new Option<string[]>("-p", "--parameter")
        {
            Description = "A value for a variable of the cell tagged 'parameters'; can be given several times.",
            HelpName = "name=value",
            AllowMultipleArgumentsPerToken = false,
        };
        var resume = new Option<bool>("--resume")
        {
            Description = "Keep what an interrupted run with the same code and parameters left, and go on from there.",
        };
        var noCache = new Option<bool>("--no-cache")
        {
            Description = "Run the cells tagged 'cache' too, and replace their stored results.",
        };
        var timeout = NotebookOptions.Timeout();
        var output = new Option<string?>("--output")
        {
            Description = "The folder for the executed notebook, the page and the run's files. [default: artifacts]",
            HelpName = "DIR",
        };
        var parallel = NotebookOptions.Parallel();
        var junit = NotebookOptions.JUnit();
        var json = new Option<bool>("--json") { Description = "Print the result as JSON; a list for several." };

        var command = new Command("run", "Execute notebooks; leave the executed notebooks and HTML pages.")
        {
            notebooks, parameters, resume, noCache, timeout, output, parallel, junit, json,
        };
        command.WithExamples(
            "finml run notebooks/00-quickstart.ipynb",
            "finml run notebooks/00-quickstart.ipynb -p seed=7 -p folds=3",
            "finml run notebooks/00-quickstart.ipynb --resume",
            "finml run notebooks/00-quickstart.ipynb --no-cache",
            "finml run notebooks/*.ipynb --parallel 2 --junit artifacts/notebooks.xml",
            "finml run experiment.ipynb --timeout 3600 --output results --json");
        command.SetAction((result, stop) =>
        {
            var given = result.GetValue(parameters) ?? [];
            var settings = new Settings(
                result.GetValue(notebooks)!, given, ReadParameters(given), result.GetValue(resume),
                result.GetValue(noCache),
                NotebookOptions.Seconds(result.GetValue(timeout)), result.GetValue(output) ?? Workbench.Artifacts(),
                result.GetValue(parallel), result.GetValue(junit), result.GetValue(json));
            return settings.Notebooks.Count == 1
                ? RunAsync(settings, settings.Notebooks[0], stop)
                : RunSeveralAsync(settings, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, string notebook, CancellationToken stop)
    {
        var source = NotebookFile.Read(notebook);
        var name = Path.GetFileNameWithoutExtension(notebook);
        var runs = Path.Combine(settings.Output, "runs");
        var hash = source.SourceHash(settings.Parameters);

        RunFolder? lease = null;
        var options = Workbench.HostOptions(notebook) with
        {
            RunDirectory = RunFolder.PathOf(runs, name, hash),
            Resume = settings.Resume,
            Cache = Workbench.Cache(settings.Output, settings.NoCache),
            Parameters = settings.Parameters,
            Timeout = settings.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            BeforeFirstCell = () =>
            {
                lease = RunFolder.Open(runs, name, hash, settings.Resume);
                if (settings.Resume && !lease.HadFiles)
                    Console.Error.WriteLine("finml: nothing to resume for this code and these parameters: a new run.");
            },
        };
        try
        {
            var result = await RunDisplay.ShowAsync(
                progress => new NotebookRunner(options, progress).RunAsync(source, stop));
            if (settings.JUnit is { } file)
                JUnitReport.Write([JUnitSuite.Of(notebook, result.Executed, result.Error?.Sentence, [])], file);
            return Report(result, settings, notebook, options.RunDirectory);
        }
        catch (NotebookException refused)
        {
            if (settings.JUnit is { } file)
                JUnitReport.Write([JUnitSuite.Refused(notebook, refused.Message)], file);
            if (settings.Json)
                Console.WriteLine(Refusal(notebook, refused.Message).ToJsonString());
            return NotebookOutput.Refuse(notebook, refused);
        }
        finally
        {
            lease?.Dispose();
        }
    }

    /// <summary>Each notebook by this command in a process of its own; then one line for each.</summary>
    private static async Task<int> RunSeveralAsync(Settings settings, CancellationToken stop)
    {
        NotebookOptions.RefuseSameNames(settings.Notebooks);
        var outcomes = await ChildRuns.RunAsync(
            [.. settings.Notebooks.Select(notebook => new ChildRuns.Job(
                Path.GetFileNameWithoutExtension(notebook), Arguments(settings, notebook)))],
            settings.Parallel, stop);

        var results = new List<JsonObject>();
        foreach (var (notebook, outcome) in settings.Notebooks.Zip(outcomes))
        {
            var result = NotebookOutput.Json(outcome.Output) as JsonObject
                ?? Refusal(notebook, outcome.Error ?? "it was stopped.");
            results.Add(result);
            if (settings.Json)
                continue;
            var good = outcome.Code == ExitCode.Success;
            var what = good
                ? FormattableString.Invariant(
                    $"{result["cells"]} cells, peak memory {(double)result["peakMemoryMegabytes"]!:F0} MiB")
                : result["error"]?.ToString();
            Console.WriteLine($"{(good ? "ok    " : "failed")}  {Path.GetFileName(notebook)}  "
                + $"{RunDisplay.Duration(outcome.Elapsed)}  {what}");
        }

        if (settings.Json)
            Console.WriteLine(new JsonArray([.. results.Select(result => (JsonNode)result)]).ToJsonString());
        if (settings.JUnit is { } file)
            JUnitReport.Write([.. settings.Notebooks.Zip(results, Suite)], file);
        return ChildRuns.Worst(outcomes.Select(outcome => outcome.Code));
    }

    private static IReadOnlyList<string> Arguments(Settings settings, string notebook) =>
    [
        "run", notebook, "--output", settings.Output, "--json",
        .. settings.Given.SelectMany(given => (string[])["-p", given]),
        .. settings.Resume ? ["--resume"] : (string[])[],
        .. settings.NoCache ? ["--no-cache"] : (string[])[],
        .. NotebookOptions.TimeoutArguments(settings.TimeoutSeconds),
    ];

    private static JUnitSuite Suite(string notebook, JsonObject result)
    {
        var error = result["error"]?.ToString();
        return result["notebook"]?.ToString() is { } file && File.Exists(file)
            ? JUnitSuite.Of(notebook, NotebookFile.Read(file), error, [])
            : JUnitSuite.Refused(notebook, error ?? "it did not run.");
    }

    /// <summary>Writes what the run left and says where.</summary>
    private static int Report(
        NotebookRunResult result, Settings settings, string notebook, string runDirectory)
    {
        var name = Path.GetFileNameWithoutExtension(notebook);
        var executed = Path.Combine(settings.Output, $"{name}.ipynb");
        var page = Path.Combine(settings.Output, $"{name}.html");
        var failed = Path.Combine(settings.Output, $"{name}.failed.ipynb");
        var good = result.Status == RunStatus.Succeeded;
        if (good)
        {
            // The page first: where the notebook is there, all of the result is.
            HtmlPage.Write(result.Executed, name, Path.GetDirectoryName(Path.GetFullPath(notebook)), page);
            NotebookFile.Write(result.Executed, executed);
            File.Delete(failed);
        }
        else
        {
            NotebookFile.Write(result.Executed, failed);
        }

        if (settings.Json)
        {
            Console.WriteLine(new JsonObject
            {
                ["file"] = notebook,
                ["status"] = result.Status.ToString().ToLowerInvariant(),
                ["cells"] = result.Cells,
                ["cellsRun"] = result.CellsRun,
                ["cellsFromCache"] = result.CellsFromCache,
                ["seconds"] = Math.Round(result.Elapsed.TotalSeconds, 3),
                ["peakMemoryMegabytes"] = Math.Round(result.PeakMemoryMegabytes, 1),
                ["notebook"] = good ? executed : failed,
                ["page"] = good ? page : null,
                ["runDirectory"] = runDirectory,
                ["error"] = result.Error?.Sentence,
            }.ToJsonString());
        }
        else if (good)
        {
            var took = RunDisplay.Duration(result.Elapsed);
            Console.WriteLine(FormattableString.Invariant(
                $"Ran {result.Cells} cells in {took}, peak memory {result.PeakMemoryMegabytes:F0} MiB."));
            if (result.CellsFromCache > 0)
            {
                Console.WriteLine($"  {result.CellsFromCache} of them did not run: their results are an earlier run's, "
                    + "from the cache (--no-cache runs all).");
            }

            Console.WriteLine($"  notebook  {Workbench.Display(executed)}");
            Console.WriteLine($"  page      {Workbench.Display(page)}");
        }

        if (good)
            return ExitCode.Success;
        NotebookOutput.Fail(notebook, result.Error!);
        Console.Error.WriteLine($"  What ran is in {Workbench.Display(failed)}.");
        return NotebookOutput.Code(result.Status);
    }

    private static JsonObject Refusal(string notebook, string why) => new()
    {
        ["file"] = notebook,
        ["status"] = "refused",
        ["error"] = why,
    };

    private static Dictionary<string, string> ReadParameters(string[] given)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var split = text.IndexOf('=');
            if (split <= 0)
                throw new UserErrorException($"-p takes name=value, such as -p seed=7, but was '{text}'.");
            var name = text[..split].Trim();
            if (!parameters.TryAdd(name, text[(split + 1)..]))
                throw new UserErrorException($"The parameter '{name}' was given twice: leave one.");
        }

        return parameters;
    }
}
