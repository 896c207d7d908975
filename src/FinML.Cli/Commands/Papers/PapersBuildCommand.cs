using System.CommandLine;
using System.Text.Json.Nodes;
using FinML.Cli.Terminal;
using FinML.Notebooks;
using FinML.Notebooks.Papers;

namespace FinML.Cli.Commands;

/// <summary><c>finml papers build</c>: a paper as a page, a PDF and a LaTeX document, from stored runs.</summary>
internal static class PapersBuildCommand
{
    private static readonly string[] Formats = ["html", "pdf", "latex"];

    private sealed record Settings(IReadOnlySet<string> Formats, bool PdfAsked, string Output, bool Json);

    public static Command Create()
    {
        var names = PaperFolders.Names();
        var format = new Option<string[]>("--format")
        {
            Description = "What to make; can be given several times. [default: html, latex, and pdf where Chromium is]",
            HelpName = string.Join('|', Formats),
            AllowMultipleArgumentsPerToken = false,
        };
        var output = new Option<string?>("--output")
        {
            Description = "The folder for NAME/. [default: artifacts/papers]",
            HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Print what was made as a JSON list." };
        var command = new Command(
            "build",
            "Fill a paper with what its stored notebooks reported, and write it as HTML, PDF and LaTeX; nothing is run."
            + "\nExit code 1: a mistake in the paper; 3: a claim differs and says no reason.")
        {
            names, format, output, json,
        };
        command.WithExamples(
            "finml papers build stylized-facts",
            "finml papers build",
            "finml papers build best-of-n --format html --output public");
        command.SetAction(async (result, stop) =>
        {
            var asked = result.GetValue(format) ?? [];
            if (asked.FirstOrDefault(each => !Formats.Contains(each)) is { } wrong)
                throw new UserErrorException($"The formats are {string.Join(", ", Formats)}, but was '{wrong}'.");
            var settings = new Settings(
                (asked.Length > 0 ? asked : Formats).ToHashSet(StringComparer.Ordinal), asked.Contains("pdf"),
                result.GetValue(output) ?? Path.Combine(Workbench.Artifacts(), "papers"), result.GetValue(json));
            var codes = new List<int>();
            var made = new JsonArray();
            foreach (var paper in PaperFolders.Read(result.GetValue(names) ?? []))
            {
                var (code, report) = await BuildAsync(paper, settings, stop);
                codes.Add(code);
                made.Add(report);
            }

            if (settings.Json)
                Console.WriteLine(made.ToJsonString());
            return ChildRuns.Worst(codes);
        });
        return command;
    }

    private static async Task<(int Code, JsonObject Report)> BuildAsync(
        Paper paper, Settings settings, CancellationToken stop)
    {
        var build = PaperBuild.Of(paper, PaperBuild.Stored(paper));
        var report = new JsonObject
        {
            ["name"] = paper.Name,
            ["files"] = new JsonArray(),
            ["claims"] = new JsonArray([.. build.Results.Select(result => (JsonNode)ClaimRow.Of(result))]),
            ["warnings"] = new JsonArray([.. build.Warnings.Select(each => (JsonNode)each.ToString())]),
            ["problems"] = new JsonArray([.. build.Problems.Select(each => (JsonNode)each.ToString())]),
        };
        if (build.Problems.Count > 0)
        {
            PaperFolders.Say(build.Problems);
            var code = build.Mistakes.Count > 0 ? ExitCode.Failure : ExitCode.Drift;
            CommandLine.Fail($"{paper.Name} was not built: {PaperFolders.Count(build.Problems.Count, "mistake")}.");
            return (code, report);
        }

        PaperFolders.Say(build.Warnings, "note: ");
        var folder = Path.Combine(settings.Output, paper.Name);
        var written = await WriteAsync(paper, build, folder, settings, stop);
        foreach (var file in written)
            ((JsonArray)report["files"]!).Add((JsonNode)file);
        if (!settings.Json)
            Report(paper, build, written);
        return (ExitCode.Success, report);
    }

    private static void Report(Paper paper, PaperBuild build, IReadOnlyList<string> written)
    {
        var state = build.Results.Count == 0 ? "" : $": {ReproductionBadge.Summary(build.Results)}";
        Console.WriteLine($"{paper.Name}{state}");
        foreach (var stamp in build.Stamps)
            Console.WriteLine($"  from the stored run of {stamp}");
        foreach (var file in written.Where(file => Path.GetExtension(file) is ".html" or ".tex" or ".pdf"
            && !file.Contains("figures", StringComparison.Ordinal)))
            Console.WriteLine($"  {Path.GetExtension(file)[1..],-5}  {Workbench.Display(file)}");
        if (build.Results.Any(result => result.Verdict == ClaimVerdict.NotRun))
            Console.WriteLine("  what is not run yet is marked so: run the notebooks, and commit them executed.");
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(
        Paper paper, PaperBuild build, string folder, Settings settings, CancellationToken stop)
    {
        var written = new List<string>();
        foreach (var file in build.Files())
        {
            var wanted = file.Path.StartsWith("latex/", StringComparison.Ordinal) ? "latex" : "html";
            if (!settings.Formats.Contains(wanted))
                continue;
            written.Add(file.Write(folder));
        }

        var figures = settings.Formats.Contains("latex") ? build.Figures() : [];
        var pages = settings.Formats.Contains("pdf") ? 1 : 0;
        if (figures.Count + pages == 0)
            return written;
        if (PdfDocument.FindBrowser() is null && !settings.PdfAsked)
        {
            Console.Error.WriteLine(
                "finml: there is no Chromium here, which prints PDFs: the paper's PDF is left out, and the figures "
                + "of the LaTeX document stay SVG (apt install chromium, or name its file in "
                + $"{PdfDocument.Variable}).");
            return written;
        }

        await RunDisplay.BarAsync("pdf", figures.Count + pages, async step =>
        {
            foreach (var (path, svg) in figures)
            {
                var pdf = Path.Combine(folder, "latex", path + ".pdf");
                await PdfDocument.WriteAsync(PaperBuild.PicturePage(svg), pdf, stop);
                written.Add(pdf);
                step($"figure {Path.GetFileName(path)}");
            }

            if (pages == 0)
                return;
            var page = Path.Combine(folder, $"{paper.Name}.pdf");
            await PdfDocument.WriteAsync(build.Html(), page, stop);
            written.Add(page);
            step("the paper");
        });
        return written;
    }
}
