using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary><c>finml papers new</c>: a paper to begin with.</summary>
internal static class PapersNewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The paper's folder in papers/: letters, digits, '-', '_' and '.'.",
        };
        var command = new Command("new", "Begin a paper: a folder with paper.md, claims.json and references.bib.")
        {
            name,
        };
        command.WithExamples("finml papers new my-paper");
        command.SetAction(result =>
        {
            var paper = result.GetValue(name)!;
            if (paper.Length == 0 || !paper.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                || !char.IsAsciiLetterOrDigit(paper[0]))
            {
                throw new UserErrorException(
                    $"a paper's name is letters, digits, '-', '_' and '.', such as my-paper; got '{paper}'.");
            }

            var folder = Path.Combine(PaperFolders.Home(), paper);
            if (Directory.Exists(folder) || File.Exists(folder))
                throw new UserErrorException($"{Workbench.Display(folder)} is there already: take another name.");
            foreach (var file in PaperTemplate.Files)
                file.Write(folder);
            Console.WriteLine($"wrote {Workbench.Display(folder)}/ with "
                + string.Join(", ", PaperTemplate.Files.Select(file => file.Path)));
            Console.WriteLine($"  build it with: finml papers build {paper}");
            return ExitCode.Success;
        });
        return command;
    }
}
