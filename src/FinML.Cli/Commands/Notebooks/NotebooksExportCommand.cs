using System.CommandLine;
using FinML.Cli.Terminal;
using FinML.Figures;
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
        var interactive = new Option<bool>("--interactive")
        {
            Description = "Figures of an html page that can be zoomed and asked for values: the page has plotly.js in it "
                + "(5 MB; from the cache, else from your npm registry).",
        };
        var command = new Command("export", "Write a notebook as html, md, pdf or cs; nothing is run.")
        {
            file, format, output, interactive,
        };
        command.WithExamples(
            "finml notebooks export artifacts/00-quickstart.ipynb html",
            "finml notebooks export artifacts/00-quickstart.ipynb html --interactive",
            "finml notebooks export paper.ipynb pdf --output paper-v2.pdf",
            "finml notebooks export notebooks/00-quickstart.ipynb cs --output artifacts/quickstart.cs");
        command.SetAction((result, stop) =>
            ExportAsync(result.GetValue(file)!, result.GetValue(format)!, result.GetValue(output),
                result.GetValue(interactive), stop));
        return command;
    }

    private static async Task<int> ExportAsync(
        string file, string format, string? output, bool interactive, CancellationToken stop)
    {
        if (!Formats.Contains(format))
            throw new UserErrorException($"The formats are {string.Join(", ", Formats)}, but was '{format}'.");
        if (interactive && format != "html")
            throw new UserErrorException($"--interactive is for html, but the format was '{format}'.");
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
                HtmlPage.Write(notebook, name, folder, path, interactive ? await PlotlyAsync(stop) : null);
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

    /// <summary>plotly.js; where it cannot be had, that is said and the page shows the pictures.</summary>
    private static async Task<string?> PlotlyAsync(CancellationToken stop)
    {
        try
        {
            return await PlotlyScript.GetAsync(stop);
        }
        catch (FigureExportException error)
        {
            Console.Error.WriteLine($"{error.Message} The page shows the figures as pictures.");
            return null;
        }
    }

    /// <summary>The usings of a notebook that a C# file finds in the workbench's libraries.</summary>
    private static IReadOnlyList<string> Usings() => ScriptDocument.Existing(Workbench.HostOptions("."));
}
