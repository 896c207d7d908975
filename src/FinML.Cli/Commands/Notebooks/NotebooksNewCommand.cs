using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml notebooks new</c>: a notebook to begin with.</summary>
internal static class NotebooksNewCommand
{
    public static Command Create()
    {
        var template = new Argument<string>("TEMPLATE")
        {
            Description = string.Join("; ", NotebookTemplate.All.Select(each => $"{each.Name}: {each.Description}")),
            HelpName = string.Join('|', NotebookTemplate.All.Select(each => each.Name)),
        };
        var output = new Option<string?>("--output")
        {
            Description = "The file to make; one that exists is left alone. [default: TEMPLATE.ipynb]",
            HelpName = "FILE",
        };
        var command = new Command("new", "Begin a notebook from a template that runs as it stands.")
        {
            template, output,
        };
        command.WithExamples(
            "finml notebooks new empty",
            "finml notebooks new experiment --output notebooks/20-my-question.ipynb",
            "finml notebooks new backtest --output mine.ipynb");
        command.SetAction(result =>
        {
            var chosen = NotebookTemplate.Find(result.GetValue(template)!);
            var path = result.GetValue(output) ?? $"{chosen.Name}.ipynb";
            if (File.Exists(path) || Directory.Exists(path))
                throw new UserErrorException($"{path} is there already: name another file with --output.");
            NotebookFile.Write(chosen.Read(), path);
            Console.WriteLine($"wrote {Workbench.Display(path)}");
            Console.WriteLine($"  run it with: finml run {Workbench.Display(path)}");
            return ExitCode.Success;
        });
        return command;
    }
}
