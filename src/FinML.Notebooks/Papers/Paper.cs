using System.Text;
using FinML.Shared;
using MarkdownTree = Markdig.Syntax.MarkdownDocument;

namespace FinML.Notebooks.Papers;

/// <summary>A paper's folder as its authors wrote it: paper.md, claims.json and the bibliography.</summary>
public sealed class Paper
{
    /// <summary>The file's name in a paper's folder.</summary>
    public const string FileName = "paper.md";

    private Paper(string directory, string shown)
    {
        Directory = directory;
        Shown = shown;
    }

    /// <summary>The folder's name, which is what commands call the paper.</summary>
    public string Name => Path.GetFileName(Directory);

    /// <summary>The paper's folder.</summary>
    public string Directory { get; }

    /// <summary>The title.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The authors in their order.</summary>
    public IReadOnlyList<string> Authors { get; private set; } = [];

    /// <summary>The notebooks, from the folder that holds papers/.</summary>
    public IReadOnlyList<string> Notebooks { get; private set; } = [];

    /// <summary>The claims in the order of claims.json.</summary>
    public IReadOnlyList<Claim> Claims { get; private set; } = [];

    /// <summary>What is wrong with the files, found before any notebook is looked at.</summary>
    public IReadOnlyList<PaperProblem> Problems => problems;

    /// <summary>The folder that holds papers/, from which notebooks are named.</summary>
    public string Root => Path.GetDirectoryName(Path.GetDirectoryName(Directory)!)!;

    private readonly List<PaperProblem> problems = [];

    /// <summary>What messages call the folder.</summary>
    internal string Shown { get; }

    internal string File => $"{Shown}/{FileName}";

    internal PaperFrontMatter Head { get; private set; } = null!;

    internal MarkdownTree Document { get; private set; } = null!;

    internal IReadOnlyList<BibEntry> Bibliography { get; private set; } = [];

    /// <summary>The .bib files, from the paper's folder.</summary>
    internal IReadOnlyList<string> BibliographyFiles { get; private set; } = [];

    /// <summary>The papers of a folder, by name: its folders that hold a paper.md.</summary>
    public static IReadOnlyList<string> Find(string papers) => System.IO.Directory.Exists(papers)
        ? [.. System.IO.Directory.GetDirectories(papers)
            .Where(folder => System.IO.File.Exists(Path.Combine(folder, FileName)))
            .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Reads a paper; mistakes in its files are in <see cref="Problems"/>.</summary>
    /// <param name="directory">The folder papers/NAME.</param>
    /// <param name="shown">What messages call it; null for papers/NAME.</param>
    /// <exception cref="PaperException">There is no paper.md.</exception>
    public static Paper Read(string directory, string? shown = null)
    {
        directory = Path.GetFullPath(directory).TrimEnd(Path.DirectorySeparatorChar);
        var paper = new Paper(directory, (shown ?? $"papers/{Path.GetFileName(directory)}").Replace('\\', '/'));
        var path = Path.Combine(directory, FileName);
        if (!System.IO.File.Exists(path))
            throw new PaperException(paper.File, 0, "there is no such file: a paper is a folder with a paper.md.");
        paper.ReadText(System.IO.File.ReadAllText(path, Encoding.UTF8).ReplaceLineEndings("\n"));
        paper.ReadClaims();
        paper.ReadBibliography();
        paper.CheckNotebooks();
        return paper;
    }

    private void ReadText(string text)
    {
        var lines = text.Split('\n');
        Head = PaperFrontMatter.Parse(lines, File, problems);
        Title = Head.Text("title") ?? Name;
        Authors = Head.List("authors");
        Notebooks = [.. Head.List("notebooks").Select(name => name.Replace('\\', '/'))];
        // Empty lines in the place of the head: the lines of messages are those of the file.
        Document = PaperMarkdown.Parse(
            string.Concat(Enumerable.Repeat("\n", Head.Lines)) + string.Join('\n', lines.Skip(Head.Lines)));
    }

    private void ReadClaims()
    {
        var path = Path.Combine(Directory, ClaimsFile.Name);
        if (!System.IO.File.Exists(path))
            return; // a paper may claim nothing
        try
        {
            Claims = ClaimsFile.Read(path, $"{Shown}/{ClaimsFile.Name}");
        }
        catch (PaperException error)
        {
            problems.AddRange(error.Problems);
        }

        foreach (var claim in Claims.Where(claim => !Notebooks.Contains(claim.Notebook)))
        {
            var near = Nearest.Of(claim.Notebook, Notebooks);
            problems.Add(new(claim.File, claim.Line, $"the notebook {claim.Notebook} of \"{claim.Id}\" is not among "
                + "the notebooks of the paper's head" + (near is null ? "." : $": did you mean {near}?")));
        }
    }

    private void ReadBibliography()
    {
        BibliographyFiles = Head.List("bibliography");
        var entries = new Dictionary<string, BibEntry>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < BibliographyFiles.Count; i++)
        {
            var path = Path.Combine(Directory, BibliographyFiles[i]);
            if (!System.IO.File.Exists(path))
            {
                problems.Add(new(File, Head.Line("bibliography", i),
                    $"there is no bibliography {BibliographyFiles[i]} in {Shown}."));
                continue;
            }

            var (read, mistakes) = BibFile.Parse(
                System.IO.File.ReadAllText(path, Encoding.UTF8), $"{Shown}/{BibliographyFiles[i]}");
            problems.AddRange(mistakes);
            foreach (var entry in read)
            {
                if (!entries.TryAdd(entry.Key, entry))
                {
                    problems.Add(new(entry.File, entry.Line, FormattableString.Invariant(
                        $"the key {entry.Key} is in {entries[entry.Key].File}:{entries[entry.Key].Line} too.")));
                }
            }
        }

        Bibliography = [.. entries.Values];
    }

    private void CheckNotebooks()
    {
        for (var i = 0; i < Notebooks.Count; i++)
        {
            if (!System.IO.File.Exists(Path.Combine(Root, Notebooks[i])))
            {
                problems.Add(new(File, Head.Line("notebooks", i),
                    $"there is no notebook {Notebooks[i]}; notebooks are named from the folder that holds papers/."));
            }
            else if (Notebooks.Take(i).Contains(Notebooks[i]))
            {
                problems.Add(new(File, Head.Line("notebooks", i), $"the notebook {Notebooks[i]} stands twice."));
            }
        }
    }
}
