using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml run</c>: executes a notebook and leaves it with its outputs, and as a page.</summary>
internal static class RunCommand
{
    private sealed record Settings(
        string Notebook, IReadOnlyDictionary<string, string> Parameters, bool Resume, double? TimeoutSeconds,
        string Output, bool Json);

    public static Command Create()
    {
        var notebook = new Argument<string>("NOTEBOOK") { Description = "The notebook, an .ipynb file." };
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
        var timeout = new Option<double?>("--timeout")
        {
            Description = "Stop after this many seconds, with exit code 2.",
            HelpName = "SECONDS",
        };
        var output = new Option<string?>("--output")
        {
            Description = "The folder for the executed notebook, the page and the run's files. [default: artifacts]",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };

        var command = new Command("run", "Execute a notebook; leave the executed notebook and an HTML page.")
        {
            notebook, parameters, resume, timeout, output, json,
        };
        command.WithExamples(
            "finml run notebooks/00-quickstart.ipynb",
            "finml run notebooks/00-quickstart.ipynb -p seed=7 -p folds=3",
            "finml run notebooks/00-quickstart.ipynb --resume",
            "finml run experiment.ipynb --timeout 3600 --output results --json");
        command.SetAction((result, stop) => RunAsync(
            new Settings(
                result.GetValue(notebook)!, ReadParameters(result.GetValue(parameters) ?? []),
                result.GetValue(resume), result.GetValue(timeout),
                result.GetValue(output) ?? DefaultOutput(), result.GetValue(json)),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, CancellationToken stop)
    {
        if (settings.TimeoutSeconds is { } limit && !(limit > 0 && limit <= 24 * 86_400))
            throw new UserErrorException($"--timeout takes seconds above 0 and up to 2073600, but was {limit}.");

        var source = NotebookFile.Read(settings.Notebook);
        var name = Path.GetFileNameWithoutExtension(settings.Notebook);
        var folder = Path.GetDirectoryName(Path.GetFullPath(settings.Notebook))!;
        var runs = Path.Combine(settings.Output, "runs");
        var hash = source.SourceHash(settings.Parameters);

        RunFolder? lease = null;
        var options = new NotebookHostOptions
        {
            References = Workbench.Assemblies(),
            Usings = Workbench.Usings,
            BaseDirectory = folder,
            RunDirectory = RunFolder.PathOf(runs, name, hash),
            Resume = settings.Resume,
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
            return Report(result, settings, name, folder, options.RunDirectory);
        }
        catch (NotebookException refused)
        {
            if (settings.Json)
                Console.WriteLine(Refusal(refused).ToJsonString());
            var place = refused.Error is null ? ": " : " ";
            CommandLine.Fail($"{settings.Notebook}{place}{refused.Message}");
            Excerpt(refused.Error);
            return ExitCode.Failure;
        }
        finally
        {
            lease?.Dispose();
        }
    }

    /// <summary>Writes what the run left and says where.</summary>
    private static int Report(
        NotebookRunResult result, Settings settings, string name, string folder, string runDirectory)
    {
        var executed = Path.Combine(settings.Output, $"{name}.ipynb");
        var page = Path.Combine(settings.Output, $"{name}.html");
        var failed = Path.Combine(settings.Output, $"{name}.failed.ipynb");
        var good = result.Status == RunStatus.Succeeded;
        if (good)
        {
            // The page first: where the notebook is there, all of the result is.
            HtmlPage.Write(result.Executed, name, folder, page);
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
                ["status"] = result.Status.ToString().ToLowerInvariant(),
                ["cells"] = result.Cells,
                ["cellsRun"] = result.CellsRun,
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
            Console.WriteLine($"  notebook  {Workbench.Display(executed)}");
            Console.WriteLine($"  page      {Workbench.Display(page)}");
        }

        if (good)
            return ExitCode.Success;
        CommandLine.Fail($"{settings.Notebook} {result.Error!.Sentence}");
        Excerpt(result.Error);
        foreach (var frame in result.Error.Frames)
            Console.Error.WriteLine($"    from {frame}");
        Console.Error.WriteLine($"  What ran is in {Workbench.Display(failed)}.");
        return result.Status switch
        {
            RunStatus.TimedOut => ExitCode.Timeout,
            RunStatus.Cancelled => ExitCode.Interrupted,
            _ => ExitCode.Failure,
        };
    }

    private static void Excerpt(NotebookError? error)
    {
        foreach (var line in error?.SourceExcerpt() ?? [])
            Console.Error.WriteLine(line);
    }

    private static JsonObject Refusal(NotebookException refused) => new()
    {
        ["status"] = "refused",
        ["error"] = refused.Message,
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

    private static string DefaultOutput() =>
        Path.Combine(Workbench.FindRoot(Environment.CurrentDirectory) ?? Environment.CurrentDirectory, "artifacts");
}
