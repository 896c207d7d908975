using System.Text;
using FinML.Figures;
using FinML.Shared;

namespace FinML.Evaluation;

/// <summary>Writes a report to a folder: report.html, report.md, report.json and a picture a figure.</summary>
public static class EvidenceFiles
{
    /// <summary>Writes the files, each whole or not at all; those of an earlier report are replaced.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Made where it is not there.</param>
    /// <returns>The paths, the page first.</returns>
    public static IReadOnlyList<string> Write(EvidenceReport report, string folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        // All is rendered before anything is written: a report that cannot be drawn leaves the folder as it was.
        List<(string Name, string Text)> files =
        [
            ("report.html", EvidencePage.Render(report)),
            ("report.md", EvidenceMarkdown.Render(report)),
            ("report.json", EvidenceJson.Render(report)),
            .. EvidenceSections.Figures(report).Select(f => ($"{f.File}.svg", f.Figure.ToSvg())),
        ];
        var paths = new List<string>();
        foreach ((string name, string text) in files)
        {
            paths.Add(Path.Combine(folder, name));
            AtomicFile.Write(paths[^1], Encoding.UTF8.GetBytes(text));
        }

        return paths;
    }
}
