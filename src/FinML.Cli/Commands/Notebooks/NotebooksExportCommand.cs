using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Notebooks;

namespace FinML.Cli.Commands;

/// <summary><c>finml notebooks export</c>: a notebook as a page, as Markdown, as a PDF, as C#.</summary>
internal static class NotebooksExportCommand
{
    private static readonly string[] Formats = ["html", "md", "pdf", "cs"];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The notebook; what it stores is what is shown." };
        var format = new Argument<string>("FORMAT")
        {
            Description = "html: one page that opens offline; md: Markdown with its images in NAME_files beside it; "
                + "pdf: the page printed by Chromium; cs: the code as one file for 'dotnet run'.",
            HelpName = string.Join('|', Formats),
        };
        var output = new Option<string?>("--output")
        {
            Description = "The file to write. [default: the notebook's name with the format's extension, beside it]",
            HelpName = "FILE",
        };
        var command = new Command("export", "Write a notebook as html, md, pdf or cs; nothing is run.")
        {
            file, format, output,
        };
        command.WithExamples(
            "finml notebooks export artifacts/00-quickstart.ipynb html",
            "finml notebooks export paper.ipynb pdf --output paper-v2.pdf",
            "finml notebooks export notebooks/00-quickstart.ipynb cs --output artifacts/quickstart.cs");
        command.SetAction((result, stop) =>
            ExportAsync(result.GetValue(file)!, result.GetValue(format)!, result.GetValue(output), stop));
        return command;
    }

    private static async Task<int> ExportAsync(string file, string format, string? output, CancellationToken stop)
    {
        if (!Formats.Contains(format))
            throw new UserErrorException($"The formats are {string.Join(", ", Formats)}, but was '{format}'.");
        var notebook = NotebookFile.Read(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var path = output ?? Path.ChangeExtension(file, format);
        if (Path.GetFullPath(path) == Path.GetFullPath(file))
            throw new UserErrorException($"{path} is the notebook itself: write to another file.");
        var images = 0;
        switch (format)
        {
            case "html":
                HtmlPage.Write(notebook, name, folder, path);
                break;
            case "md":
                images = MarkdownDocument.Write(notebook, path).Files.Count;
                break;
            case "pdf":
                await PdfDocument.WriteAsync(HtmlPage.Render(notebook, name, folder), path, stop);
                break;
            default:
                ScriptDocument.Write(notebook, name, Usings(), Workbench.StaticUsings, path, folder);
                break;
        }

        Console.WriteLine($"wrote {Workbench.Display(path)}"
            + (images > 0 ? $" and {images} image{(images == 1 ? "" : "s")} beside it" : ""));
        return ExitCode.Success;
    }

    /// <summary>The usings of a notebook that a C# file finds in the workbench's libraries.</summary>
    private static IReadOnlyList<string> Usings() => ScriptDocument.Existing(Workbench.HostOptions("."));
}
