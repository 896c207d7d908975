using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml notebooks cache</c>: the stored results of cells tagged 'cache'.</summary>
internal static class NotebooksCacheCommand
{
    public static Command Create() => new Command(
        "cache",
        "The stored results of cells tagged 'cache'. 'finml run' uses one where nothing that the cell depends on has\n"
        + "changed: its code and that of the cells above it, the parameters, the libraries, the data sets, and the\n"
        + "files that the code names or a tag 'cache-input:PATTERN' declares. A file whose name the code computes has\n"
        + "to be declared. The cell's output says when and by which commit it was made; 'finml notebooks check'\n"
        + "never uses the cache.")
    {
        List(), Clear(),
    }.WithExamples(
        "finml notebooks cache list", "finml notebooks cache clear 00-quickstart.ipynb", "finml notebooks cache clear",
        "finml run notebooks/00-quickstart.ipynb --no-cache");

    private static Command List()
    {
        var output = OutputOption();
        var json = new Option<bool>("--json") { Description = "Print the entries as a JSON list." };
        var command = new Command("list", "Show what is stored, the newest first.") { output, json };
        command.WithExamples("finml notebooks cache list", "finml notebooks cache list --json");
        command.SetAction(result =>
        {
            var cache = Workbench.Cache(result.GetValue(output) ?? Workbench.Artifacts());
            var entries = cache.List();
            if (result.GetValue(json))
            {
                Console.WriteLine(new JsonArray([.. entries.Select(found => (JsonNode)Json(found.Entry, found.Bytes))])
                    .ToJsonString());
                return ExitCode.Success;
            }

            foreach (var (entry, bytes) in entries)
            {
                var by = entry.Commit is { } commit
                    ? $"commit {commit[..Math.Min(10, commit.Length)]}{(entry.Dirty == true ? " with changes" : "")}"
                    : "no commit";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{entry.Notebook}  cell {entry.Cell}  {entry.Made.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC  {by}  "
                    + $"{entry.Seconds:0.0} s  {string.Join(", ", entry.Variables.Keys)}  {Size(bytes)}"));
            }

            Console.WriteLine($"{entries.Count} results, {Size(entries.Sum(found => found.Bytes))}, "
                + $"in {Workbench.Display(cache.Folder)}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Clear()
    {
        var notebook = new Argument<string?>("NOTEBOOK")
        {
            Description = "Only the results of the notebook of this file name.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var output = OutputOption();
        var command = new Command("clear", "Remove what is stored.") { notebook, output };
        command.WithExamples("finml notebooks cache clear", "finml notebooks cache clear 00-quickstart.ipynb");
        command.SetAction(result =>
        {
            var cache = Workbench.Cache(result.GetValue(output) ?? Workbench.Artifacts());
            var name = result.GetValue(notebook);
            var (count, bytes) = cache.Clear(name is null ? null : Path.GetFileName(name));
            if (count == 0 && name is not null)
                return CommandLine.Fail($"the cache holds no result of {Path.GetFileName(name)}.");
            Console.WriteLine($"removed {count} results, {Size(bytes)}");
            return ExitCode.Success;
        });
        return command;
    }

    private static Option<string?> OutputOption() => new("--output")
    {
        Description = "The folder that 'finml run' was given. [default: artifacts]",
        HelpName = "DIR",
    };

    private static JsonObject Json(CellCacheEntry entry, long bytes) => new()
    {
        ["notebook"] = entry.Notebook,
        ["cell"] = entry.Cell,
        ["made"] = entry.Made.UtcDateTime,
        ["commit"] = entry.Commit,
        ["dirty"] = entry.Dirty,
        ["seconds"] = entry.Seconds,
        ["variables"] = new JsonArray([.. entry.Variables.Keys.Select(name => (JsonNode)name)]),
        ["data"] = JsonSerializer.SerializeToNode(entry.Data),
        ["key"] = entry.Key,
        ["bytes"] = bytes,
    };

    private static string Size(long bytes) => bytes < 1 << 20
        ? FormattableString.Invariant($"{bytes / 1024.0:0.0} KiB")
        : FormattableString.Invariant($"{bytes / 1048576.0:0.0} MiB");
}
