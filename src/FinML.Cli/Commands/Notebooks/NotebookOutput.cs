using System.Text.Json;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary>How commands on notebooks say what went wrong, and with which exit code.</summary>
internal static class NotebookOutput
{
    public static int Code(RunStatus status) => status switch
    {
        RunStatus.Succeeded => ExitCode.Success,
        RunStatus.TimedOut => ExitCode.Timeout,
        RunStatus.Cancelled => ExitCode.Interrupted,
        _ => ExitCode.Failure,
    };

    /// <summary>A notebook that could not be run.</summary>
    public static int Refuse(string notebook, NotebookException refused)
    {
        var place = refused.Error is null ? ": " : " ";
        CommandLine.Fail($"{notebook}{place}{refused.Message}");
        Excerpt(refused.Error);
        return ExitCode.Failure;
    }

    /// <summary>A cell that ended a run, with its line and the calls below it.</summary>
    public static void Fail(string notebook, NotebookError error)
    {
        CommandLine.Fail($"{notebook} {error.Sentence}");
        Excerpt(error);
        foreach (var frame in error.Frames)
            Console.Error.WriteLine($"    from {frame}");
    }

    /// <summary>What a process printed as JSON, or null where it did not get to it.</summary>
    public static JsonNode? Json(string output)
    {
        try
        {
            return string.IsNullOrWhiteSpace(output) ? null : JsonNode.Parse(output);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Excerpt(NotebookError? error)
    {
        foreach (var line in error?.SourceExcerpt() ?? [])
            Console.Error.WriteLine(line);
    }
}
