using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml notebooks clear</c>: takes outputs and execution counts out of notebooks.</summary>
internal static class NotebooksClearCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILES")
        {
            Description = "Notebooks, or folders of them; each is replaced whole or not at all.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("clear", "Take outputs, execution counts and the record of the run out.") { files };
        command.WithExamples("finml notebooks clear draft.ipynb", "finml notebooks clear notebooks");
        command.SetAction(result =>
        {
            // All are read before the first is written: a bad file leaves every file as it was.
            List<(string File, byte[] Before, byte[] After)> notebooks = [];
            foreach (var file in NotebookOptions.Expand(result.GetValue(files)!))
            {
                var notebook = NotebookFile.Read(file);
                notebooks.Add((
                    file, File.ReadAllBytes(file), NotebookFile.ToBytes(NotebookClearing.Clear(notebook))));
            }

            foreach (var (file, before, after) in notebooks)
            {
                var changed = !before.AsSpan().SequenceEqual(after);
                if (changed)
                    NotebookFile.WriteBytes(after, file);
                Console.WriteLine($"{(changed ? "cleared" : "was clear")}  {file}");
            }

            return ExitCode.Success;
        });
        return command;
    }
}
