using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary>A notebook that was run for a check.</summary>
/// <param name="Code">The exit code for this notebook alone.</param>
/// <param name="Executed">The notebook with what ran; null where nothing did.</param>
/// <param name="Error">What ended the run early, or why there was none; null for a whole run.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record FreshRun(int Code, Notebook? Executed, string? Error, TimeSpan Elapsed)
{
    /// <summary>Runs notebooks, one in this process, several in processes of their own.</summary>
    public static async Task<Dictionary<string, FreshRun>> OfAsync(
        IReadOnlyList<string> notebooks, string output, double? timeoutSeconds, int parallel, CancellationToken stop)
    {
        if (notebooks.Count == 1)
        {
            return new(StringComparer.Ordinal)
            {
                [notebooks[0]] = await OneAsync(notebooks[0], output, timeoutSeconds, stop),
            };
        }

        var outcomes = await ChildRuns.RunAsync(
            [.. notebooks.Select(notebook => new ChildRuns.Job(
                Path.GetFileNameWithoutExtension(notebook),
                ["run", notebook, "--output", output, "--json", .. NotebookOptions.TimeoutArguments(timeoutSeconds)]))],
            parallel, stop);
        return notebooks.Zip(outcomes).ToDictionary(
            pair => pair.First,
            pair =>
            {
                var json = NotebookOutput.Json(pair.Second.Output) as JsonObject;
                var file = json?["notebook"]?.ToString();
                return new FreshRun(
                    pair.Second.Code, file is not null && File.Exists(file) ? NotebookFile.Read(file) : null,
                    json?["error"]?.ToString() ?? pair.Second.Error, pair.Second.Elapsed);
            },
            StringComparer.Ordinal);
    }

    private static async Task<FreshRun> OneAsync(
        string notebook, string output, double? timeoutSeconds, CancellationToken stop)
    {
        var source = NotebookFile.Read(notebook);
        var name = Path.GetFileNameWithoutExtension(notebook);
        var runs = Path.Combine(output, "runs");
        var hash = source.SourceHash(new Dictionary<string, string>());
        RunFolder? lease = null;
        var options = Workbench.HostOptions(notebook) with
        {
            RunDirectory = RunFolder.PathOf(runs, name, hash),
            Timeout = timeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            BeforeFirstCell = () => lease = RunFolder.Open(runs, name, hash, resume: false),
        };
        try
        {
            var result = await RunDisplay.ShowAsync(
                progress => new NotebookRunner(options, progress).RunAsync(source, stop));
            NotebookFile.Write(result.Executed, Path.Combine(output, $"{name}.ipynb"));
            if (result.Error is { } error)
                NotebookOutput.Fail(notebook, error);
            return new FreshRun(
                NotebookOutput.Code(result.Status), result.Executed, result.Error?.Sentence, result.Elapsed);
        }
        catch (NotebookException refused)
        {
            return new FreshRun(NotebookOutput.Refuse(notebook, refused), null, refused.Message, TimeSpan.Zero);
        }
        finally
        {
            lease?.Dispose();
        }
    }
}
